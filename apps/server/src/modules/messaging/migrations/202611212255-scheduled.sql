-- Texts that wait for their time. A job sends each; the version it bears tells whether it is still the one meant.
create table scheduled_message (
  tenant_id       text collate "C" not null references tenant (id),
  id              text collate "C" not null,
  member_id       text collate "C" not null,
  conversation_id text collate "C" not null,
  body            jsonb not null,
  quote           bigint,
  receipt         text check (receipt in ('tap', 'open')),
  ladder          jsonb,
  send_at         timestamptz not null,
  failed          text,
  version         int not null default 1,
  primary key (tenant_id, id)
);
create index scheduled_message_of on scheduled_message (tenant_id, member_id);
