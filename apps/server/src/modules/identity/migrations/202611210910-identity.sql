-- Who is who. A person holds credentials; a member is a person inside one tenant; a principal is whatever can speak.

create table tenant (
  id         text collate "C" primary key,
  name       text not null,
  locale     text not null check (locale in ('zh-CN', 'en')),
  time_zone  text not null,
  sample     boolean not null default false,
  state      text not null default 'active' check (state in ('active', 'suspended', 'deleting')),
  created_at timestamptz not null
);

create table person (
  id            text collate "C" primary key,
  password_hash text,
  created_at    timestamptz not null
);

-- What a person signs in with. `value` is folded: lower case, a phone without spaces and dashes.
create table login (
  value     text collate "C" primary key,
  kind      text not null check (kind in ('account', 'phone', 'email')),
  person_id text collate "C" not null references person
);
-- One of each kind: a person has one account, one phone, one mail address.
create unique index login_person on login (person_id, kind);

create table principal (
  tenant_id text collate "C" not null references tenant,
  id        text collate "C" not null,
  kind      text not null check (kind in ('member', 'contact')),
  primary key (tenant_id, id)
);

create table member (
  tenant_id  text collate "C" not null references tenant,
  id         text collate "C" not null,
  person_id  text collate "C" not null references person,
  name       text not null,
  role       text not null default 'member' check (role in ('owner', 'admin', 'member')),
  state      text not null check (state in ('invited', 'active', 'disabled', 'removed')),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (id),
  foreign key (tenant_id, id) references principal
);
create index member_person on member (person_id);
create unique index member_once on member (tenant_id, person_id) where state <> 'removed';

-- A person, or a member of another tenant, as one tenant sees it.
create table contact (
  tenant_id       text collate "C" not null references tenant,
  id              text collate "C" not null,
  person_id       text collate "C" references person,
  other_tenant_id text collate "C" references tenant,
  other_member_id text collate "C",
  name            text not null,
  created_at      timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, id) references principal,
  check ((person_id is null) <> (other_member_id is null)),
  check ((other_tenant_id is null) = (other_member_id is null))
);
create index contact_person on contact (person_id) where person_id is not null;

create table session (
  id           text collate "C" primary key,
  token_hash   bytea not null unique,
  person_id    text collate "C" not null references person,
  tenant_id    text collate "C" not null references tenant,
  member_id    text collate "C" not null,
  device       text not null,
  address      text not null,
  scopes       text[],
  created_at   timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null,
  ended_at     timestamptz
);
create index session_person on session (person_id);
create index session_member on session (member_id);
create index session_tenant on session (tenant_id) where ended_at is null;
create index session_expiry on session (expires_at);

-- One-time links with which somebody chooses a password; only the digest of the token is kept.
create table password_link (
  id         text collate "C" primary key,
  token_hash bytea not null unique,
  person_id  text collate "C" not null references person,
  tenant_id  text collate "C" references tenant,
  expires_at timestamptz not null,
  used_at    timestamptz,
  created_at timestamptz not null
);
create index password_link_person on password_link (person_id);

-- Failed sign-ins by login and by address, for throttling.
create table sign_in_failure (
  key         text collate "C" primary key,
  failures    int not null,
  last_at     timestamptz not null
);
create index sign_in_failure_age on sign_in_failure (last_at);

create table audit (
  tenant_id  text collate "C" not null references tenant,
  id         text collate "C" not null,
  at         timestamptz not null,
  action     text not null,
  actor      text,
  actor_name text not null,
  subject    text,
  data       jsonb not null default '{}',
  address    text,
  primary key (tenant_id, id)
);
