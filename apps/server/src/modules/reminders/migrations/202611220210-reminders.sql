-- Messages that somebody wants to be reminded of: one each, for its keeper alone.
create table message_reminder (
  tenant_id       text collate "C" not null references tenant (id),
  member_id       text collate "C" not null,
  id              text collate "C" not null,
  conversation_id text collate "C" not null,
  seq             bigint not null,
  remind_at       timestamptz not null,
  reminded_at     timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, member_id, conversation_id, seq)
);
