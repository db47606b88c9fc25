create table todo (
  tenant_id       text collate "C" not null references tenant (id),
  id              text collate "C" not null,
  text            text not null,
  creator         text collate "C" not null,
  due_at          timestamptz,
  remind_at       timestamptz,
  reminded_at     timestamptz,
  conversation_id text collate "C",
  seq             bigint,
  created_at      timestamptz not null,
  done_at         timestamptz,
  version         int not null default 1,
  primary key (tenant_id, id),
  check ((conversation_id is null) = (seq is null))
);
create index todo_of_message on todo (tenant_id, conversation_id, seq) where conversation_id is not null;

-- Who is to do it.
create table todo_assignee (
  tenant_id text collate "C" not null,
  todo_id   text collate "C" not null,
  member_id text collate "C" not null,
  n         int not null,
  done_at   timestamptz,
  primary key (tenant_id, todo_id, member_id),
  foreign key (tenant_id, todo_id) references todo (tenant_id, id) on delete cascade
);
create index todo_assignee_of on todo_assignee (tenant_id, member_id);

-- Whose list it stands in: whoever made it, and whoever is to do it.
create table todo_list (
  tenant_id text collate "C" not null,
  member_id text collate "C" not null,
  todo_id   text collate "C" not null,
  done_at   timestamptz,
  due_at    timestamptz,
  primary key (tenant_id, member_id, todo_id),
  foreign key (tenant_id, todo_id) references todo (tenant_id, id) on delete cascade
);
create index todo_list_done on todo_list (tenant_id, member_id, done_at, todo_id) where done_at is not null;
