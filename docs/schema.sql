-- The schema that the migrations make. Made by `npm run schema`; do not edit it by hand.
-- Tables by name, columns in their own order; "not null" of a primary key is left out.
--
-- 202611210900-kernel.sql
-- 202611210910-identity.sql
-- 202611210920-directory.sql
-- 202611210930-files.sql
-- 202611210940-messaging.sql
-- 202611211720-group-life.sql

create table audit (
  tenant_id  text collate "C",
  id         text collate "C",
  at         timestamptz not null,
  action     text not null,
  actor      text,
  actor_name text not null,
  subject    text,
  data       jsonb not null default '{}',
  address    text,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenant(id)
);

create table blob (
  digest     text collate "C",
  size_bytes bigint not null,
  created_at timestamptz not null,
  primary key (digest)
);

create table contact (
  tenant_id       text collate "C",
  id              text collate "C",
  person_id       text collate "C",
  other_tenant_id text collate "C",
  other_member_id text collate "C",
  name            text not null,
  created_at      timestamptz not null,
  primary key (tenant_id, id),
  foreign key (other_tenant_id) references tenant(id),
  foreign key (person_id) references person(id),
  foreign key (tenant_id) references tenant(id),
  foreign key (tenant_id, id) references principal(tenant_id, id),
  check ((person_id is null) <> (other_member_id is null)),
  check ((other_tenant_id is null) = (other_member_id is null))
);
create index contact_person on contact (person_id) where person_id is not null;

create table conversation (
  tenant_id       text collate "C",
  id              text collate "C",
  kind            text not null,
  name            text not null default '',
  owner           text collate "C",
  direct_key      text collate "C",
  external        boolean not null default false,
  mute_all        boolean not null default false,
  history_visible boolean not null default false,
  dissolved       boolean not null default false,
  created_at      timestamptz not null,
  notice_text     text,
  notice_by       text collate "C",
  notice_at       timestamptz,
  member_links    boolean not null default false,
  primary key (tenant_id, id),
  unique (tenant_id, direct_key),
  foreign key (tenant_id) references tenant(id),
  check ((notice_text is null) = (notice_by is null) and (notice_text is null) = (notice_at is null)),
  check (kind = any (array['direct', 'group']))
);

create table department (
  tenant_id text collate "C",
  id        text collate "C",
  parent_id text collate "C",
  name      text not null,
  position  bigint not null default 0,
  leaders   text[] not null default '{}',
  version   integer not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenant(id),
  foreign key (tenant_id, parent_id) references department(tenant_id, id)
);
create index department_children on department (tenant_id, parent_id, "position", id);

create table department_member (
  tenant_id     text collate "C",
  department_id text collate "C",
  member_id     text collate "C",
  main          boolean not null,
  sort_key      text collate "C" not null,
  primary key (tenant_id, department_id, member_id),
  foreign key (tenant_id, department_id) references department(tenant_id, id),
  foreign key (tenant_id) references tenant(id)
);
create index department_member_of on department_member (tenant_id, member_id);
create index department_member_order on department_member (tenant_id, department_id, sort_key, member_id);

create table directory_word (
  tenant_id text collate "C",
  word      text collate "C",
  kind      text not null,
  object_id text collate "C",
  weight    integer not null,
  primary key (tenant_id, word, object_id) include (kind, weight),
  foreign key (tenant_id) references tenant(id),
  check (kind = any (array['member', 'department']))
);
create index directory_word_object on directory_word (tenant_id, object_id);

create table draft (
  tenant_id       text collate "C",
  member_id       text collate "C",
  conversation_id text collate "C",
  text            text not null,
  quote           bigint,
  saved_at        timestamptz not null,
  primary key (tenant_id, member_id, conversation_id),
  foreign key (tenant_id) references tenant(id)
);

create table feed (
  tenant_id text collate "C",
  id        text collate "C",
  rev       bigint not null default 0,
  epoch     bigint not null default 0,
  last_seq  bigint not null default 0,
  last_at   timestamptz,
  xid       xid8 not null default pg_current_xact_id(),
  primary key (tenant_id, id)
) with (fillfactor = 50);

create table feed_entry (
  tenant_id text collate "C",
  feed      text collate "C",
  kind      text collate "C",
  object    text collate "C",
  rev       bigint not null,
  removed   boolean not null default false,
  primary key (tenant_id, feed, kind, object),
  unique (tenant_id, feed, rev)
);
create index feed_entry_audience on feed_entry (tenant_id, kind, object) where not removed;

create table file (
  tenant_id       text collate "C",
  id              text collate "C",
  owner           text collate "C" not null,
  name            text not null,
  mime            text not null,
  size_bytes      bigint not null,
  width           integer,
  height          integer,
  digest          text collate "C" not null,
  thumbnail       text collate "C",
  created_at      timestamptz not null,
  unreferenced_at timestamptz,
  primary key (tenant_id, id),
  foreign key (digest) references blob(digest),
  foreign key (tenant_id) references tenant(id),
  foreign key (thumbnail) references blob(digest),
  check ((width is null) = (height is null))
);
create index file_digest on file (digest);
create index file_thumbnail on file (thumbnail) where thumbnail is not null;
create index file_unreferenced on file (unreferenced_at) where unreferenced_at is not null;

create table file_ref (
  tenant_id text collate "C",
  file_id   text collate "C",
  kind      text,
  object    text collate "C",
  primary key (tenant_id, file_id, kind, object),
  foreign key (tenant_id, file_id) references file(tenant_id, id),
  foreign key (tenant_id) references tenant(id),
  check (kind = any (array['message', 'avatar']))
);
create index file_ref_object on file_ref (tenant_id, kind, object);

create table file_secret (
  one boolean default true,
  key text not null,
  primary key (one),
  check (one)
);

create table file_usage (
  tenant_id        text collate "C",
  used_bytes       bigint not null default 0,
  files            integer not null default 0,
  quota_bytes      bigint,
  file_limit_bytes bigint not null,
  primary key (tenant_id),
  foreign key (tenant_id) references tenant(id)
);

create table generation (
  id      text not null,
  made_at timestamptz not null default now()
);

create table group_join_request (
  tenant_id       text collate "C",
  id              text collate "C",
  conversation_id text collate "C" not null,
  member_id       text collate "C" not null,
  invited_by      text collate "C" not null,
  created_at      timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, conversation_id, member_id),
  foreign key (tenant_id, conversation_id) references conversation(tenant_id, id)
);
create index group_join_request_of_member on group_join_request (tenant_id, member_id);

create table group_link (
  tenant_id       text collate "C",
  id              text collate "C",
  conversation_id text collate "C" not null,
  token_hash      bytea not null,
  token           text not null,
  approval        boolean not null,
  created_by      text collate "C" not null,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  revoked_at      timestamptz,
  primary key (tenant_id, id),
  unique (token_hash),
  foreign key (tenant_id, conversation_id) references conversation(tenant_id, id)
);
create index group_link_of on group_link (tenant_id, conversation_id, expires_at) where revoked_at is null;

create table hidden_message (
  tenant_id       text collate "C",
  member_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  primary key (tenant_id, member_id, conversation_id, seq),
  foreign key (tenant_id) references tenant(id)
);

create table invitation (
  tenant_id     text collate "C",
  id            text collate "C",
  token_hash    bytea not null,
  token         text not null,
  department_id text collate "C",
  approval      boolean not null,
  max_uses      integer not null,
  uses          integer not null default 0,
  expires_at    timestamptz not null,
  revoked_at    timestamptz,
  created_by    text not null,
  created_at    timestamptz not null,
  primary key (tenant_id, id),
  unique (token_hash),
  foreign key (tenant_id) references tenant(id)
);

create table job (
  id         text collate "C",
  kind       text not null,
  unique_key text,
  data       jsonb not null,
  state      text not null default 'waiting',
  run_at     timestamptz not null,
  tries      integer not null default 0,
  last_error text,
  created_at timestamptz not null,
  primary key (id),
  unique (unique_key),
  check (state = any (array['waiting', 'dead']))
);
create index job_due on job (run_at) where state = 'waiting';

create table join_request (
  tenant_id     text collate "C",
  id            text collate "C",
  person_id     text collate "C" not null,
  name          text not null,
  login         text not null,
  department_id text collate "C",
  invitation_id text collate "C" not null,
  created_at    timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, person_id),
  foreign key (person_id) references person(id),
  foreign key (tenant_id) references tenant(id)
);
create index join_request_person on join_request (person_id);

create table login (
  value     text collate "C",
  kind      text not null,
  person_id text collate "C" not null,
  primary key (value),
  foreign key (person_id) references person(id),
  check (kind = any (array['account', 'phone', 'email']))
);
create unique index login_person on login (person_id, kind);

create table member (
  tenant_id  text collate "C",
  id         text collate "C",
  person_id  text collate "C" not null,
  name       text not null,
  role       text not null default 'member',
  state      text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (id),
  foreign key (person_id) references person(id),
  foreign key (tenant_id) references tenant(id),
  foreign key (tenant_id, id) references principal(tenant_id, id),
  check (role = any (array['owner', 'admin', 'member'])),
  check (state = any (array['invited', 'active', 'disabled', 'removed']))
);
create unique index member_once on member (tenant_id, person_id) where state <> 'removed';
create index member_person on member (person_id);

create table membership (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  member_id       text collate "C",
  view            bigint not null,
  from_seq        bigint not null,
  read_seq        bigint not null,
  role            text not null default 'member',
  muted           boolean not null default false,
  pinned          boolean not null default false,
  version         integer not null default 1,
  hidden          integer not null default 0,
  left_rev        bigint,
  joined_at       timestamptz not null,
  nickname        text,
  nickname_rev    bigint,
  primary key (tenant_id, conversation_id, member_id),
  foreign key (tenant_id, conversation_id) references conversation(tenant_id, id),
  foreign key (tenant_id) references tenant(id),
  check (role = any (array['owner', 'admin', 'member']))
);
create index membership_nickname on membership (tenant_id, conversation_id, nickname_rev) where nickname_rev is not null;
create index membership_of_member on membership (tenant_id, member_id) where left_rev is null;
create index membership_order on membership (tenant_id, conversation_id, array_position(array['owner', 'admin', 'member'], role), joined_at, member_id) where left_rev is null;

create table message (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  rev             bigint not null,
  sender          text collate "C" not null,
  key             text collate "C" not null,
  kind            text not null,
  body            jsonb,
  quote           bigint,
  state           text not null default 'sent',
  sent_at         timestamptz not null,
  primary key (tenant_id, conversation_id, seq),
  check (state = any (array['sent', 'recalled']))
);
create index message_changed on message (tenant_id, conversation_id, rev) where rev <> seq;
create unique index message_key on message (tenant_id, conversation_id, sender, key);

create table migration (
  name       text collate "C",
  applied_at timestamptz not null default now(),
  primary key (name)
);

create table outbox (
  id         bigint generated always as identity,
  xid        xid8 not null default pg_current_xact_id(),
  heads      jsonb not null,
  control    jsonb,
  created_at timestamptz not null default now(),
  primary key (id)
);
create index outbox_xid on outbox (xid);

create table password_link (
  id         text collate "C",
  token_hash bytea not null,
  person_id  text collate "C" not null,
  tenant_id  text collate "C",
  expires_at timestamptz not null,
  used_at    timestamptz,
  created_at timestamptz not null,
  primary key (id),
  unique (token_hash),
  foreign key (person_id) references person(id),
  foreign key (tenant_id) references tenant(id)
);
create index password_link_person on password_link (person_id);

create table person (
  id            text collate "C",
  password_hash text,
  created_at    timestamptz not null,
  primary key (id)
);

create table principal (
  tenant_id text collate "C",
  id        text collate "C",
  kind      text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenant(id),
  check (kind = any (array['member', 'contact']))
);

create table profile (
  tenant_id   text collate "C",
  member_id   text collate "C",
  alias       text not null default '',
  position    text not null default '',
  phone       text not null default '',
  email       text not null default '',
  avatar      text collate "C",
  fields      jsonb not null default '{}',
  departments text[] not null default '{}',
  preferences jsonb not null default '{}',
  sort_key    text collate "C" not null default '',
  removed     boolean not null default false,
  version     integer not null default 1,
  primary key (tenant_id, member_id),
  foreign key (tenant_id) references tenant(id)
);
create index profile_avatar on profile (tenant_id, avatar) where avatar is not null;
create index profile_without_department on profile (tenant_id, sort_key, member_id) where departments = '{}'[] and not removed;

create table request (
  actor      text collate "C",
  request_id text collate "C",
  digest     text not null,
  answer     jsonb not null,
  created_at timestamptz not null,
  primary key (actor, request_id)
);
create index request_age on request (created_at);

create table session (
  id           text collate "C",
  token_hash   bytea not null,
  person_id    text collate "C" not null,
  tenant_id    text collate "C" not null,
  member_id    text collate "C" not null,
  device       text not null,
  address      text not null,
  scopes       text[],
  created_at   timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null,
  ended_at     timestamptz,
  primary key (id),
  unique (token_hash),
  foreign key (person_id) references person(id),
  foreign key (tenant_id) references tenant(id)
);
create index session_expiry on session (expires_at);
create index session_member on session (member_id);
create index session_person on session (person_id);
create index session_tenant on session (tenant_id) where ended_at is null;

create table sign_in_failure (
  key      text collate "C",
  failures integer not null,
  last_at  timestamptz not null,
  primary key (key)
);
create index sign_in_failure_age on sign_in_failure (last_at);

create table tenant (
  id         text collate "C",
  name       text not null,
  locale     text not null,
  time_zone  text not null,
  sample     boolean not null default false,
  state      text not null default 'active',
  created_at timestamptz not null,
  primary key (id),
  check (locale = any (array['zh-CN', 'en'])),
  check (state = any (array['active', 'suspended', 'deleting']))
);

create table upload (
  tenant_id  text collate "C",
  id         text collate "C",
  owner      text collate "C" not null,
  name       text not null,
  size_bytes bigint not null,
  created_at timestamptz not null,
  touched_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenant(id),
  check (size_bytes >= 0)
);
create index upload_touched on upload (touched_at);
