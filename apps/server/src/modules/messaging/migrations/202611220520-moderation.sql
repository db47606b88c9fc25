-- Members of a group whom those who run it have muted, and who may not come back. Both outlast leaving: whoever joins
-- again is still muted.

create table group_silence (
  tenant_id       text collate "C" not null references tenant,
  conversation_id text collate "C" not null,
  member_id       text collate "C" not null,
  -- Null: until it is lifted.
  until           timestamptz,
  by              text collate "C" not null,
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, member_id)
);
create index group_silence_of_member on group_silence (tenant_id, member_id);

create table group_ban (
  tenant_id       text collate "C" not null references tenant,
  conversation_id text collate "C" not null,
  member_id       text collate "C" not null,
  by              text collate "C" not null,
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, member_id)
);
create index group_ban_latest on group_ban (tenant_id, conversation_id, at desc, member_id desc);
create index group_ban_of_member on group_ban (tenant_id, member_id);
