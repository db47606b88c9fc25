-- Several messages sent on as one: the messages as they were, with the messages of records among them.
create table message_record (
  tenant_id       text collate "C" not null references tenant (id),
  conversation_id text collate "C" not null,
  seq             bigint not null,
  items           jsonb not null,
  files           text[] not null,
  primary key (tenant_id, conversation_id, seq)
);
