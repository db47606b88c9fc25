-- Company notices. Whom one is for is words: `all`, a department, `role:admin`; who that is, is looked up when it is asked.

create table notice (
  tenant_id    text collate "C" not null references tenant,
  id           text collate "C" not null,
  author       text collate "C" not null,
  title        text not null,
  text         text not null,
  -- What it says of the files it carries.
  files        jsonb not null default '[]',
  audience     text[] not null,
  must_read    boolean not null,
  comments_on  boolean not null,
  comments     int not null default 0,
  state        text not null check (state in ('scheduled', 'published', 'withdrawn')),
  publish_at   timestamptz not null,
  edited_at    timestamptz,
  archived_at  timestamptz,
  -- When the rest was reminded, the last few times.
  reminded     timestamptz[] not null default '{}',
  created_at   timestamptz not null,
  version      int not null default 1,
  primary key (tenant_id, id)
);
create index notice_order on notice (tenant_id, publish_at desc, id desc);

-- Who opened it, and who said that they have read it. A row of its own for each, so that ten thousand do not wait for one.
create table notice_read (
  tenant_id    text collate "C" not null,
  notice_id    text collate "C" not null,
  member_id    text collate "C" not null,
  read_at      timestamptz not null,
  confirmed_at timestamptz,
  primary key (tenant_id, notice_id, member_id),
  foreign key (tenant_id, notice_id) references notice (tenant_id, id) on delete cascade
);

create table notice_comment (
  tenant_id text collate "C" not null,
  notice_id text collate "C" not null,
  id        text collate "C" not null,
  member_id text collate "C" not null,
  text      text not null,
  at        timestamptz not null,
  primary key (tenant_id, notice_id, id),
  foreign key (tenant_id, notice_id) references notice (tenant_id, id) on delete cascade
);
create index notice_comment_of on notice_comment (tenant_id, notice_id, member_id);

-- Who may post besides owners and admins.
create table notice_publisher (
  tenant_id text collate "C" not null references tenant,
  member_id text collate "C" not null,
  primary key (tenant_id, member_id)
);
