-- Bytes are kept once by their digest, files are what people see, refs say which objects carry a file.

create table blob (
  digest     text collate "C" primary key,
  size_bytes bigint not null,
  created_at timestamptz not null
);

create table file (
  tenant_id       text collate "C" not null references tenant,
  id              text collate "C" not null,
  owner           text collate "C" not null,
  name            text not null,
  mime            text not null,
  size_bytes      bigint not null,
  width           int,
  height          int,
  digest          text collate "C" not null references blob,
  thumbnail       text collate "C" references blob,
  created_at      timestamptz not null,
  -- Since when nothing carries it; null while something does. A day later it goes.
  unreferenced_at timestamptz,
  primary key (tenant_id, id),
  check ((width is null) = (height is null))
);
create index file_digest on file (digest);
create index file_thumbnail on file (thumbnail) where thumbnail is not null;
create index file_unreferenced on file (unreferenced_at) where unreferenced_at is not null;

create table file_ref (
  tenant_id text collate "C" not null references tenant,
  file_id   text collate "C" not null,
  kind      text not null check (kind in ('message', 'avatar')),
  object    text collate "C" not null,
  primary key (tenant_id, file_id, kind, object),
  foreign key (tenant_id, file_id) references file
);
create index file_ref_object on file_ref (tenant_id, kind, object);

-- An upload that is under way; it becomes the file of the same id. Its bytes lie in the uploads folder.
create table upload (
  tenant_id  text collate "C" not null references tenant,
  id         text collate "C" not null,
  owner      text collate "C" not null,
  name       text not null,
  size_bytes bigint not null check (size_bytes >= 0),
  created_at timestamptz not null,
  touched_at timestamptz not null,
  primary key (tenant_id, id)
);
create index upload_touched on upload (touched_at);

create table file_usage (
  tenant_id        text collate "C" primary key references tenant,
  used_bytes       bigint not null default 0,
  files            int not null default 0,
  quota_bytes      bigint,
  file_limit_bytes bigint not null
);

-- The key that signs download addresses: one row, made on first use, the same for all copies of the program.
create table file_secret (
  one boolean primary key default true check (one),
  key text not null
);
