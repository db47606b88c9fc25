-- Conversations, who is in them, and the message log. A conversation’s id is also the id of its feed.

create table conversation (
  tenant_id       text collate "C" not null references tenant,
  id              text collate "C" not null,
  kind            text not null check (kind in ('direct', 'group')),
  name            text not null default '',
  owner           text collate "C",
  -- Of a direct conversation: the two principals in order, so that there is only one.
  direct_key      text collate "C",
  external        boolean not null default false,
  mute_all        boolean not null default false,
  history_visible boolean not null default false,
  dissolved       boolean not null default false,
  created_at      timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, direct_key)
);

create table membership (
  tenant_id       text collate "C" not null references tenant,
  conversation_id text collate "C" not null,
  member_id       text collate "C" not null,
  -- The rev at which this membership began: another one is another view of the conversation.
  view            bigint not null,
  from_seq        bigint not null,
  read_seq        bigint not null,
  role            text not null default 'member' check (role in ('owner', 'admin', 'member')),
  muted           boolean not null default false,
  pinned          boolean not null default false,
  version         int not null default 1,
  hidden          int not null default 0,
  left_rev        bigint,
  joined_at       timestamptz not null,
  primary key (tenant_id, conversation_id, member_id),
  foreign key (tenant_id, conversation_id) references conversation
);
create index membership_of_member on membership (tenant_id, member_id) where left_rev is null;
-- The members of a conversation in the order in which they are listed.
create index membership_order on membership
  (tenant_id, conversation_id, array_position(array['owner', 'admin', 'member'], role), joined_at, member_id) where left_rev is null;

create table message (
  tenant_id       text collate "C" not null,
  conversation_id text collate "C" not null,
  seq             bigint not null,
  rev             bigint not null,
  sender          text collate "C" not null,
  key             text collate "C" not null,
  kind            text not null,
  body            jsonb,
  quote           bigint,
  state           text not null default 'sent' check (state in ('sent', 'recalled')),
  sent_at         timestamptz not null,
  primary key (tenant_id, conversation_id, seq)
);
create unique index message_key on message (tenant_id, conversation_id, sender, key);
create index message_changed on message (tenant_id, conversation_id, rev) where rev <> seq;

create table hidden_message (
  tenant_id       text collate "C" not null references tenant,
  member_id       text collate "C" not null,
  conversation_id text collate "C" not null,
  seq             bigint not null,
  primary key (tenant_id, member_id, conversation_id, seq)
);

create table draft (
  tenant_id       text collate "C" not null references tenant,
  member_id       text collate "C" not null,
  conversation_id text collate "C" not null,
  text            text not null,
  quote           bigint,
  saved_at        timestamptz not null,
  primary key (tenant_id, member_id, conversation_id)
);
