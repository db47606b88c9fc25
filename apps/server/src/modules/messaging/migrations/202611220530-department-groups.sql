-- Groups whose members are those of a department, and what groups say to people who join.

alter table conversation
  add column department_id text collate "C",
  add column welcome text,
  add column welcome_by text collate "C",
  add column welcomed_at timestamptz,
  -- When the next welcome is said; null while nobody waits for one.
  add column welcome_due timestamptz;

create table department_group (
  tenant_id       text collate "C" not null references tenant,
  department_id   text collate "C" not null,
  conversation_id text collate "C" not null,
  -- Whether people of the departments below belong to it.
  below           boolean not null,
  -- Who switched it on.
  by              text collate "C" not null,
  -- Somebody gave it a name of its own: it no longer follows the department’s.
  named           boolean not null default false,
  -- Everybody was put in once: from here on lines tell who comes and goes.
  filled          boolean not null default false,
  -- Who came and went in bites of which nothing was told yet.
  joined          int not null default 0,
  joiners         text[] not null default '{}',
  gone            int not null default 0,
  goers           text[] not null default '{}',
  primary key (tenant_id, department_id),
  unique (tenant_id, conversation_id)
);

-- People who joined a group and were not welcomed yet.
create table group_newcomer (
  tenant_id       text collate "C" not null references tenant,
  conversation_id text collate "C" not null,
  member_id       text collate "C" not null,
  n               bigint generated always as identity,
  primary key (tenant_id, conversation_id, member_id)
);
