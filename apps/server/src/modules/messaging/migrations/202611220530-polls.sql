-- Polls and relay lists: until when they are answered, and the answers. What they say is the body of their message; how
-- they stand is counted into it, as reactions are.

alter table message add column poll jsonb;
alter table message add column relay jsonb;

create table poll (
  tenant_id       text collate "C" not null references tenant (id),
  conversation_id text collate "C" not null,
  seq             bigint not null,
  kind            text not null check (kind in ('poll', 'relay')),
  owner           text collate "C" not null,
  -- None for a relay list.
  options         int not null,
  multiple        boolean not null,
  anonymous       boolean not null,
  ends_at         timestamptz,
  ended_at        timestamptz,
  primary key (tenant_id, conversation_id, seq)
);

create table poll_vote (
  tenant_id       text collate "C" not null references tenant (id),
  conversation_id text collate "C" not null,
  seq             bigint not null,
  member_id       text collate "C" not null,
  options         int[] not null,
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, seq, member_id)
);

create table relay_line (
  tenant_id       text collate "C" not null references tenant (id),
  conversation_id text collate "C" not null,
  seq             bigint not null,
  member_id       text collate "C" not null,
  text            text not null,
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, seq, member_id)
);
