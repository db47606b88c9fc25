-- The company’s tree and what its people say of themselves.

create table department (
  tenant_id text collate "C" not null references tenant,
  id        text collate "C" not null,
  parent_id text collate "C",
  name      text not null,
  position  bigint not null default 0,
  leaders   text[] not null default '{}',
  version   int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, parent_id) references department
);
create index department_children on department (tenant_id, parent_id, position, id);

create table profile (
  tenant_id    text collate "C" not null references tenant,
  member_id    text collate "C" not null,
  alias        text not null default '',
  position     text not null default '',
  phone        text not null default '',
  email        text not null default '',
  avatar       text collate "C",
  fields       jsonb not null default '{}',
  departments  text[] not null default '{}',
  preferences  jsonb not null default '{}',
  -- Where the name stands in a list: its pinyin.
  sort_key     text collate "C" not null default '',
  -- Kept after somebody left, for the name on what they wrote.
  removed      boolean not null default false,
  version      int not null default 1,
  primary key (tenant_id, member_id)
);
create index profile_without_department on profile (tenant_id, sort_key, member_id) where departments = '{}' and not removed;
create index profile_avatar on profile (tenant_id, avatar) where avatar is not null;

create table department_member (
  tenant_id     text collate "C" not null references tenant,
  department_id text collate "C" not null,
  member_id     text collate "C" not null,
  main          boolean not null,
  sort_key      text collate "C" not null,
  primary key (tenant_id, department_id, member_id),
  foreign key (tenant_id, department_id) references department
);
create index department_member_order on department_member (tenant_id, department_id, sort_key, member_id);
create index department_member_of on department_member (tenant_id, member_id);

-- Folded words that a search may begin with: names, their parts, pinyin, initials, alias, account, phone, mail. A prefix
-- search is a range of the key, whatever the collation of the database.
create table directory_word (
  tenant_id text collate "C" not null references tenant,
  word      text collate "C" not null,
  kind      text not null check (kind in ('member', 'department')),
  object_id text collate "C" not null,
  weight    int not null,
  primary key (tenant_id, word, object_id) include (kind, weight)
);
create index directory_word_object on directory_word (tenant_id, object_id);

create table invitation (
  tenant_id     text collate "C" not null references tenant,
  id            text collate "C" not null,
  token_hash    bytea not null unique,
  -- Kept readable, for an admin may show the link again until it expires.
  token         text not null,
  department_id text collate "C",
  approval      boolean not null,
  max_uses      int not null,
  uses          int not null default 0,
  expires_at    timestamptz not null,
  revoked_at    timestamptz,
  created_by    text not null,
  created_at    timestamptz not null,
  primary key (tenant_id, id)
);

create table join_request (
  tenant_id     text collate "C" not null references tenant,
  id            text collate "C" not null,
  person_id     text collate "C" not null references person,
  name          text not null,
  login         text not null,
  department_id text collate "C",
  invitation_id text collate "C" not null,
  created_at    timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, person_id)
);
create index join_request_person on join_request (person_id);
