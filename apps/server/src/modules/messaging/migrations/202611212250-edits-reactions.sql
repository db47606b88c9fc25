-- Texts that were put right, with what they said before, and emojis as answers. What a message counts stands in its own
-- row, renewed at most once a second, so that whoever holds the message holds its counts.

alter table message add column edited_at timestamptz;
alter table message add column reactions jsonb;

create table message_edit (
  tenant_id       text collate "C" not null references tenant (id),
  conversation_id text collate "C" not null,
  seq             bigint not null,
  n               int not null,
  body            jsonb not null,
  until           timestamptz not null,
  primary key (tenant_id, conversation_id, seq, n)
);

create table reaction (
  tenant_id       text collate "C" not null references tenant (id),
  conversation_id text collate "C" not null,
  seq             bigint not null,
  emoji           text collate "C" not null,
  member_id       text collate "C" not null,
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, seq, emoji, member_id)
);

-- When the counts of a message were renewed last.
create table message_tally (
  tenant_id       text collate "C" not null references tenant (id),
  conversation_id text collate "C" not null,
  seq             bigint not null,
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, seq)
);
