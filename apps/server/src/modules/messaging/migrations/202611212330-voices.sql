-- Which voices of a conversation somebody has listened to.
create table played (
  tenant_id       text collate "C" not null references tenant (id),
  member_id       text collate "C" not null,
  conversation_id text collate "C" not null,
  seqs            bigint[] not null,
  primary key (tenant_id, member_id, conversation_id)
);
