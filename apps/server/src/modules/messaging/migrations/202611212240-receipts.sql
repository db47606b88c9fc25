-- Receipts. Whoever is in a conversation has a slot there for good; a receipt is one bit for each, and what came when is
-- appended in runs, so that ten thousand answers take some kilobytes and a tap writes no row of its own.

alter table message add column receipt text check (receipt in ('tap', 'open'));

alter table membership add column slot int;
update membership m set slot = n.slot from (
  select tenant_id, conversation_id, member_id, row_number() over (partition by tenant_id, conversation_id order by joined_at, member_id) - 1 as slot from membership
) n where m.tenant_id = n.tenant_id and m.conversation_id = n.conversation_id and m.member_id = n.member_id;
alter table membership alter column slot set not null;
create unique index membership_slot on membership (tenant_id, conversation_id, slot);

create table receipt (
  tenant_id       text collate "C" not null references tenant (id),
  conversation_id text collate "C" not null,
  seq             bigint not null,
  taken           bytea not null default '',
  count           int not null default 0,
  reminded_at     timestamptz,
  primary key (tenant_id, conversation_id, seq)
);

-- Slots that confirmed together; `first` counts those before them.
create table receipt_tap (
  tenant_id       text collate "C" not null references tenant (id),
  conversation_id text collate "C" not null,
  seq             bigint not null,
  first           int not null,
  slots           int[] not null,
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, seq, first)
);
