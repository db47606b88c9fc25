-- How people are told of messages while the app is closed, and what became of it.

create table notify_setting (
  tenant_id text collate "C" not null references tenant,
  member_id text collate "C" not null,
  keywords  text[] not null default '{}',
  digest    boolean not null default true,
  primary key (tenant_id, member_id)
);

-- Conversations of which a member wants to hear nothing, not even that they were named. They are muted as well.
create table notify_silent (
  tenant_id       text collate "C" not null references tenant,
  member_id       text collate "C" not null,
  conversation_id text collate "C" not null,
  primary key (tenant_id, member_id, conversation_id)
);

create table notify_policy (
  tenant_id    text collate "C" primary key references tenant,
  everybody    text not null default 'everyone' check (everybody in ('everyone', 'heads', 'nobody')),
  digest_hours int not null default 24,
  daily_cap    int not null default 5
);

-- One pair of keys for the whole installation: browsers are subscribed to it.
create table push_key (
  one         boolean primary key default true check (one),
  public_key  text not null,
  private_key text not null
);

create table push_device (
  tenant_id        text collate "C" not null references tenant,
  id               text collate "C" not null,
  member_id        text collate "C" not null,
  session_id       text collate "C" not null,
  name             text not null,
  endpoint         text not null unique,
  p256dh           text not null,
  auth             text not null,
  level            text not null default 'all' check (level in ('all', 'mentions', 'none')),
  content          boolean not null default true,
  created_at       timestamptz not null,
  last_accepted_at timestamptz,
  last_shown_at    timestamptz,
  primary key (tenant_id, id)
);
create index push_device_of_member on push_device (tenant_id, member_id);

create table own_channel (
  tenant_id        text collate "C" not null references tenant,
  id               text collate "C" not null,
  member_id        text collate "C" not null,
  name             text not null,
  url              text not null,
  body             text not null,
  level            text not null default 'mentions' check (level in ('all', 'mentions', 'none')),
  content          boolean not null default true,
  created_at       timestamptz not null,
  last_accepted_at timestamptz,
  last_failure     text,
  primary key (tenant_id, id)
);
create index own_channel_of_member on own_channel (tenant_id, member_id);

-- Held by whoever puts aside something for a member at rest, and by whoever releases it.
create table notify_hold (
  tenant_id text collate "C" not null references tenant,
  member_id text collate "C" not null,
  primary key (tenant_id, member_id)
);

-- The ledger, and the queue of what is to be sent.
create table notification (
  tenant_id       text collate "C" not null references tenant,
  id              text collate "C" not null,
  member_id       text collate "C" not null,
  -- What it is about, for whom and by which way: the same is written once.
  key             text collate "C" not null,
  conversation_id text collate "C",
  seq             bigint,
  reason          text not null,
  channel         text check (channel in ('push', 'mail', 'sms', 'own')),
  -- The device or own channel; null for mail, SMS and what is held.
  target_id       text collate "C",
  target          text not null default '',
  state           text not null check (state in ('held', 'released', 'queued', 'sending', 'accepted', 'shown', 'opened', 'dropped', 'failed')),
  count           int not null default 1,
  -- Of a summary or digest: how many conversations and mentions.
  detail          jsonb,
  released_by     text collate "C",
  tries           int not null default 0,
  cost_micros     bigint not null default 0,
  failure         text,
  created_at      timestamptz not null,
  due_at          timestamptz not null,
  sent_at         timestamptz,
  accepted_at     timestamptz,
  shown_at        timestamptz,
  opened_at       timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, key)
);
create index notification_due on notification (due_at) where state = 'queued';
create index notification_sending on notification (sent_at) where state = 'sending';
create index notification_held on notification (tenant_id, member_id) where state = 'held';
create index notification_of_member on notification (tenant_id, member_id, id);
create index notification_about on notification (tenant_id, conversation_id, seq, member_id) where conversation_id is not null;
create index notification_old on notification (created_at);

create table ladder (
  tenant_id       text collate "C" not null references tenant,
  conversation_id text collate "C" not null,
  seq             bigint not null,
  sender          text collate "C" not null,
  steps           jsonb not null,
  state           text not null default 'running' check (state in ('running', 'done', 'stopped')),
  created_at      timestamptz not null,
  primary key (tenant_id, conversation_id, seq)
);

create table ladder_step (
  tenant_id       text collate "C" not null,
  conversation_id text collate "C" not null,
  seq             bigint not null,
  step            int not null,
  fired_at        timestamptz not null,
  resting         int not null,
  capped          int not null,
  unreachable     int not null,
  primary key (tenant_id, conversation_id, seq, step),
  foreign key (tenant_id, conversation_id, seq) references ladder
);
