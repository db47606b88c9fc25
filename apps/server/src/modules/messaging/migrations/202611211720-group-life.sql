-- A group’s notice, its members’ nicknames, and links by which colleagues join it.

alter table conversation
  add column notice_text  text,
  add column notice_by    text collate "C",
  add column notice_at    timestamptz,
  add column member_links boolean not null default false,
  add check ((notice_text is null) = (notice_by is null) and (notice_text is null) = (notice_at is null));

alter table membership
  add column nickname     text,
  -- The rev of the group’s feed at which it last changed; null while there never was one. Who leaves keeps theirs: what
  -- they said is still read.
  add column nickname_rev bigint;
create index membership_nickname on membership (tenant_id, conversation_id, nickname_rev) where nickname_rev is not null;

create table group_link (
  tenant_id       text collate "C" not null,
  id              text collate "C" not null,
  conversation_id text collate "C" not null,
  -- Found by its hash, and kept so that it can be shown again to whoever may.
  token_hash      bytea not null unique,
  token           text not null,
  approval        boolean not null,
  created_by      text collate "C" not null,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  revoked_at      timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, conversation_id) references conversation
);
create index group_link_of on group_link (tenant_id, conversation_id, expires_at) where revoked_at is null;

create table group_join_request (
  tenant_id       text collate "C" not null,
  id              text collate "C" not null,
  conversation_id text collate "C" not null,
  member_id       text collate "C" not null,
  invited_by      text collate "C" not null,
  created_at      timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, conversation_id, member_id),
  foreign key (tenant_id, conversation_id) references conversation
);
create index group_join_request_of_member on group_join_request (tenant_id, member_id);
