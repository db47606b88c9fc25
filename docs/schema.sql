-- The schema that the migrations make. Made by `npm run schema`; do not edit it by hand.
-- Tables by name, columns in their own order; "not null" of a primary key is left out.
--
-- 202611210900-kernel.sql
-- 202611210910-identity.sql
-- 202611210920-directory.sql
-- 202611210930-files.sql
-- 202611210940-messaging.sql
-- 202611211720-group-life.sql
-- 202611212230-outbox-reader.sql
-- 202611212240-receipts.sql
-- 202611212250-edits-reactions.sql
-- 202611212255-scheduled.sql
-- 202611212300-records.sql
-- 202611212300-search.sql
-- 202611212310-notifications.sql
-- 202611212310-rest.sql
-- 202611212330-voices.sql
-- 202611220020-message-todo.sql
-- 202611220021-todos.sql
-- 202611220200-threads.sql
-- 202611220205-kept.sql
-- 202611220210-reminders.sql
-- 202611220220-export-policy.sql
-- 202611220300-notice-files.sql
-- 202611220301-notices.sql
-- 202611220310-group-notices.sql
-- 202611220400-linkcards.sql
-- 202611220401-message-files.sql
-- 202611220402-file-texts.sql
-- 202611220403-read-policy.sql
-- 202611220520-moderation.sql
-- 202611220529-sticker-files.sql
-- 202611220530-department-groups.sql
-- 202611220530-polls.sql
-- 202611220531-stickers.sql
-- 202611220545-purge.sql
-- 202611220550-anniversaries.sql
-- 202611220555-thanks.sql
-- 202611220910-transcripts.sql
-- 202611220950-scheduled-files.sql
-- 202611220951-scheduled-parts.sql
-- 202611220952-poll-ends.sql
-- 202611220953-contact-cards.sql

create table anniversary (
  tenant_id text collate "C",
  member_id text collate "C",
  month     integer,
  day       integer,
  joined_on date,
  hidden    boolean not null default false,
  primary key (tenant_id, member_id),
  foreign key (tenant_id) references tenant(id),
  check ((month is null) = (day is null))
);
create index anniversary_birthday on anniversary (tenant_id, month, day, member_id) where month is not null;
create index anniversary_joined on anniversary (tenant_id, EXTRACT(month FROM joined_on), EXTRACT(day FROM joined_on), member_id) where joined_on is not null;

create table anniversary_policy (
  tenant_id    text collate "C",
  birthdays    boolean not null,
  joining_days boolean not null,
  greeted_on   date,
  primary key (tenant_id),
  foreign key (tenant_id) references tenant(id)
);

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
  notice_seq      bigint,
  department_id   text collate "C",
  welcome         text,
  welcome_by      text collate "C",
  welcomed_at     timestamptz,
  welcome_due     timestamptz,
  purge_at        timestamptz,
  purge_seq       bigint,
  purged_at       timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, direct_key),
  foreign key (tenant_id) references tenant(id),
  check ((notice_text is null) = (notice_by is null) and (notice_text is null) = (notice_at is null)),
  check (kind = any (array['direct', 'group']))
);

create table conversation_pin (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  by              text collate "C" not null,
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, seq),
  foreign key (tenant_id) references tenant(id)
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

create table department_group (
  tenant_id       text collate "C",
  department_id   text collate "C",
  conversation_id text collate "C" not null,
  below           boolean not null,
  by              text collate "C" not null,
  named           boolean not null default false,
  filled          boolean not null default false,
  joined          integer not null default 0,
  joiners         text[] not null default '{}',
  gone            integer not null default 0,
  goers           text[] not null default '{}',
  primary key (tenant_id, department_id),
  unique (tenant_id, conversation_id),
  foreign key (tenant_id) references tenant(id)
);

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

create table dissolve_policy (
  tenant_id        text collate "C",
  purge_after_days integer not null,
  primary key (tenant_id),
  foreign key (tenant_id) references tenant(id),
  check (purge_after_days >= 0)
);

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

create table export_policy (
  tenant_id text collate "C",
  who       text not null,
  primary key (tenant_id),
  foreign key (tenant_id) references tenant(id),
  check (who = any (array['off', 'owners', 'members']))
);

create table favourite (
  tenant_id         text collate "C",
  member_id         text collate "C",
  id                text collate "C",
  conversation_id   text collate "C" not null,
  seq               bigint not null,
  conversation_name text not null,
  item              jsonb not null,
  file              text collate "C",
  words             text not null,
  tags              text[] not null default '{}',
  saved_at          timestamptz not null,
  primary key (tenant_id, member_id, id),
  unique (tenant_id, member_id, conversation_id, seq),
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
  tenant_id                text collate "C",
  id                       text collate "C",
  owner                    text collate "C" not null,
  name                     text not null,
  mime                     text not null,
  size_bytes               bigint not null,
  width                    integer,
  height                   integer,
  digest                   text collate "C" not null,
  thumbnail                text collate "C",
  created_at               timestamptz not null,
  unreferenced_at          timestamptz,
  transcript               text,
  transcript_claimed_until timestamptz,
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
  check (kind = any (array['message', 'avatar', 'notice', 'sticker', 'scheduled']))
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

create table group_ban (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  member_id       text collate "C",
  by              text collate "C" not null,
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, member_id),
  foreign key (tenant_id) references tenant(id)
);
create index group_ban_latest on group_ban (tenant_id, conversation_id, at desc, member_id desc);
create index group_ban_of_member on group_ban (tenant_id, member_id);

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

create table group_newcomer (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  member_id       text collate "C",
  n               bigint generated always as identity,
  primary key (tenant_id, conversation_id, member_id),
  foreign key (tenant_id) references tenant(id)
);

create table group_notice (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  text            text not null,
  by              text collate "C" not null,
  at              timestamptz not null,
  confirm         boolean not null,
  primary key (tenant_id, conversation_id, seq),
  foreign key (tenant_id) references tenant(id)
);

create table group_silence (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  member_id       text collate "C",
  until           timestamptz,
  by              text collate "C" not null,
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, member_id),
  foreign key (tenant_id) references tenant(id)
);
create index group_silence_of_member on group_silence (tenant_id, member_id);

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

create table ladder (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  sender          text collate "C" not null,
  steps           jsonb not null,
  state           text not null default 'running',
  created_at      timestamptz not null,
  primary key (tenant_id, conversation_id, seq),
  foreign key (tenant_id) references tenant(id),
  check (state = any (array['running', 'done', 'stopped']))
);

create table ladder_step (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  step            integer,
  fired_at        timestamptz not null,
  resting         integer not null,
  capped          integer not null,
  unreachable     integer not null,
  primary key (tenant_id, conversation_id, seq, step),
  foreign key (tenant_id, conversation_id, seq) references ladder(tenant_id, conversation_id, seq)
);

create table link_card (
  tenant_id   text collate "C",
  digest      text collate "C",
  title       text,
  description text not null default '',
  site        text not null default '',
  image       text,
  read_at     timestamptz not null,
  expires_at  timestamptz not null,
  primary key (tenant_id, digest),
  foreign key (tenant_id) references tenant(id)
);
create index link_card_expires on link_card (expires_at);
create index link_card_read on link_card (tenant_id, read_at);

create table link_policy (
  tenant_id text collate "C",
  is_on     boolean not null,
  primary key (tenant_id),
  foreign key (tenant_id) references tenant(id)
);

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
  slot            integer not null,
  primary key (tenant_id, conversation_id, member_id),
  foreign key (tenant_id, conversation_id) references conversation(tenant_id, id),
  foreign key (tenant_id) references tenant(id),
  check (role = any (array['owner', 'admin', 'member']))
);
create index membership_nickname on membership (tenant_id, conversation_id, nickname_rev) where nickname_rev is not null;
create index membership_of_member on membership (tenant_id, member_id) where left_rev is null;
create index membership_order on membership (tenant_id, conversation_id, array_position(array['owner', 'admin', 'member'], role), joined_at, member_id) where left_rev is null;
create unique index membership_slot on membership (tenant_id, conversation_id, slot);

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
  receipt         text,
  edited_at       timestamptz,
  reactions       jsonb,
  todo            jsonb,
  root            bigint,
  thread          jsonb,
  poll            jsonb,
  relay           jsonb,
  primary key (tenant_id, conversation_id, seq),
  check (receipt = any (array['tap', 'open'])),
  check (state = any (array['sent', 'recalled']))
);
create index message_card on message (tenant_id, (body ->> 'member')) where kind = 'contact' and state = 'sent';
create index message_changed on message (tenant_id, conversation_id, rev) where rev <> seq;
create index message_file on message (tenant_id, conversation_id, seq) where (kind = any (array['image', 'file'])) and state = 'sent';
create unique index message_key on message (tenant_id, conversation_id, sender, key);
create index message_named on message using gin ((body -> 'mentions') jsonb_path_ops) where body ? 'mentions';
create index message_named_all on message (tenant_id, conversation_id, seq) where (body -> 'mentions') @> '[{"principal": "all"}]'::jsonb;
create index message_thread on message (tenant_id, conversation_id, root, seq) where root is not null;

create table message_edit (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  n               integer,
  body            jsonb not null,
  until           timestamptz not null,
  primary key (tenant_id, conversation_id, seq, n),
  foreign key (tenant_id) references tenant(id)
);

create table message_record (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  items           jsonb not null,
  files           text[] not null,
  primary key (tenant_id, conversation_id, seq),
  foreign key (tenant_id) references tenant(id)
);

create table message_reminder (
  tenant_id       text collate "C",
  member_id       text collate "C" not null,
  id              text collate "C",
  conversation_id text collate "C" not null,
  seq             bigint not null,
  remind_at       timestamptz not null,
  reminded_at     timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, member_id, conversation_id, seq),
  foreign key (tenant_id) references tenant(id)
);

create table message_tally (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, seq),
  foreign key (tenant_id) references tenant(id)
);

create table migration (
  name       text collate "C",
  applied_at timestamptz not null default now(),
  primary key (name)
);

create table notice (
  tenant_id   text collate "C",
  id          text collate "C",
  author      text collate "C" not null,
  title       text not null,
  text        text not null,
  files       jsonb not null default '[]',
  audience    text[] not null,
  must_read   boolean not null,
  comments_on boolean not null,
  comments    integer not null default 0,
  state       text not null,
  publish_at  timestamptz not null,
  edited_at   timestamptz,
  archived_at timestamptz,
  reminded    timestamptz[] not null default '{}'::timestamp with time zone[],
  created_at  timestamptz not null,
  version     integer not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenant(id),
  check (state = any (array['scheduled', 'published', 'withdrawn']))
);
create index notice_order on notice (tenant_id, publish_at desc, id desc);

create table notice_comment (
  tenant_id text collate "C",
  notice_id text collate "C",
  id        text collate "C",
  member_id text collate "C" not null,
  text      text not null,
  at        timestamptz not null,
  primary key (tenant_id, notice_id, id),
  foreign key (tenant_id, notice_id) references notice(tenant_id, id) on delete cascade
);
create index notice_comment_of on notice_comment (tenant_id, notice_id, member_id);

create table notice_publisher (
  tenant_id text collate "C",
  member_id text collate "C",
  primary key (tenant_id, member_id),
  foreign key (tenant_id) references tenant(id)
);

create table notice_read (
  tenant_id    text collate "C",
  notice_id    text collate "C",
  member_id    text collate "C",
  read_at      timestamptz not null,
  confirmed_at timestamptz,
  primary key (tenant_id, notice_id, member_id),
  foreign key (tenant_id, notice_id) references notice(tenant_id, id) on delete cascade
);

create table notification (
  tenant_id       text collate "C",
  id              text collate "C",
  member_id       text collate "C" not null,
  key             text collate "C" not null,
  conversation_id text collate "C",
  seq             bigint,
  reason          text not null,
  channel         text,
  target_id       text collate "C",
  target          text not null default '',
  state           text not null,
  count           integer not null default 1,
  detail          jsonb,
  released_by     text collate "C",
  tries           integer not null default 0,
  cost_micros     bigint not null default 0,
  failure         text,
  created_at      timestamptz not null,
  due_at          timestamptz not null,
  sent_at         timestamptz,
  accepted_at     timestamptz,
  shown_at        timestamptz,
  opened_at       timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, key),
  foreign key (tenant_id) references tenant(id),
  check (channel = any (array['push', 'mail', 'sms', 'own'])),
  check (state = any (array['held', 'released', 'queued', 'sending', 'accepted', 'shown', 'opened', 'dropped', 'failed']))
);
create index notification_about on notification (tenant_id, conversation_id, seq, member_id) where conversation_id is not null;
create index notification_due on notification (due_at) where state = 'queued';
create index notification_held on notification (tenant_id, member_id) where state = 'held';
create index notification_of_member on notification (tenant_id, member_id, id);
create index notification_old on notification (created_at);
create index notification_sending on notification (sent_at) where state = 'sending';

create table notify_hold (
  tenant_id text collate "C",
  member_id text collate "C",
  primary key (tenant_id, member_id),
  foreign key (tenant_id) references tenant(id)
);

create table notify_policy (
  tenant_id    text collate "C",
  everybody    text not null default 'everyone',
  digest_hours integer not null default 24,
  daily_cap    integer not null default 5,
  primary key (tenant_id),
  foreign key (tenant_id) references tenant(id),
  check (everybody = any (array['everyone', 'heads', 'nobody']))
);

create table notify_setting (
  tenant_id text collate "C",
  member_id text collate "C",
  keywords  text[] not null default '{}',
  digest    boolean not null default true,
  primary key (tenant_id, member_id),
  foreign key (tenant_id) references tenant(id)
);

create table notify_silent (
  tenant_id       text collate "C",
  member_id       text collate "C",
  conversation_id text collate "C",
  primary key (tenant_id, member_id, conversation_id),
  foreign key (tenant_id) references tenant(id)
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

create table outbox_reader (
  name       text collate "C",
  generation text not null,
  mark       xid8 not null,
  looked_at  timestamptz not null,
  primary key (name)
);

create table own_channel (
  tenant_id        text collate "C",
  id               text collate "C",
  member_id        text collate "C" not null,
  name             text not null,
  url              text not null,
  body             text not null,
  level            text not null default 'mentions',
  content          boolean not null default true,
  created_at       timestamptz not null,
  last_accepted_at timestamptz,
  last_failure     text,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenant(id),
  check (level = any (array['all', 'mentions', 'none']))
);
create index own_channel_of_member on own_channel (tenant_id, member_id);

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

create table played (
  tenant_id       text collate "C",
  member_id       text collate "C",
  conversation_id text collate "C",
  seqs            bigint[] not null,
  primary key (tenant_id, member_id, conversation_id),
  foreign key (tenant_id) references tenant(id)
);

create table poll (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  kind            text not null,
  owner           text collate "C" not null,
  options         integer not null,
  multiple        boolean not null,
  anonymous       boolean not null,
  ends_at         timestamptz,
  ended_at        timestamptz,
  told            boolean not null default false,
  primary key (tenant_id, conversation_id, seq),
  foreign key (tenant_id) references tenant(id),
  check (kind = any (array['poll', 'relay']))
);

create table poll_vote (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  member_id       text collate "C",
  options         integer[] not null,
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, seq, member_id),
  foreign key (tenant_id) references tenant(id)
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

create table push_device (
  tenant_id        text collate "C",
  id               text collate "C",
  member_id        text collate "C" not null,
  session_id       text collate "C" not null,
  name             text not null,
  endpoint         text not null,
  p256dh           text not null,
  auth             text not null,
  level            text not null default 'all',
  content          boolean not null default true,
  created_at       timestamptz not null,
  last_accepted_at timestamptz,
  last_shown_at    timestamptz,
  primary key (tenant_id, id),
  unique (endpoint),
  foreign key (tenant_id) references tenant(id),
  check (level = any (array['all', 'mentions', 'none']))
);
create index push_device_of_member on push_device (tenant_id, member_id);

create table push_key (
  one         boolean default true,
  public_key  text not null,
  private_key text not null,
  primary key (one),
  check (one)
);

create table reaction (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  emoji           text collate "C",
  member_id       text collate "C",
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, seq, emoji, member_id),
  foreign key (tenant_id) references tenant(id)
);

create table read_policy (
  tenant_id text collate "C",
  visible   boolean not null,
  primary key (tenant_id),
  foreign key (tenant_id) references tenant(id)
);

create table receipt (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  taken           bytea not null default '\x'::bytea,
  count           integer not null default 0,
  reminded_at     timestamptz,
  primary key (tenant_id, conversation_id, seq),
  foreign key (tenant_id) references tenant(id)
);

create table receipt_tap (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  first           integer,
  slots           integer[] not null,
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, seq, first),
  foreign key (tenant_id) references tenant(id)
);

create table relay_line (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  member_id       text collate "C",
  text            text not null,
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, seq, member_id),
  foreign key (tenant_id) references tenant(id)
);

create table request (
  actor      text collate "C",
  request_id text collate "C",
  digest     text not null,
  answer     jsonb not null,
  created_at timestamptz not null,
  primary key (actor, request_id)
);
create index request_age on request (created_at);

create table rest_duty (
  tenant_id text collate "C",
  member_id text collate "C",
  from_at   timestamptz,
  until_at  timestamptz not null,
  primary key (tenant_id, member_id, from_at),
  foreign key (tenant_id) references tenant(id),
  check (until_at > from_at)
);

create table rest_holiday (
  tenant_id text collate "C",
  on_date   date,
  kind      text not null,
  name      text not null,
  primary key (tenant_id, on_date),
  foreign key (tenant_id) references tenant(id),
  check (kind = any (array['holiday', 'workday']))
);

create table rest_member (
  tenant_id       text collate "C",
  member_id       text collate "C",
  until_at        timestamptz,
  awake_until     timestamptz,
  note            text not null default '',
  pass_urgent     boolean not null default true,
  pass_chosen     boolean not null default false,
  chosen          text[] not null default '{}',
  suggest_later   boolean not null default true,
  follow_schedule boolean not null default true,
  week            jsonb,
  primary key (tenant_id, member_id),
  foreign key (tenant_id) references tenant(id)
);

create table rest_policy (
  tenant_id text collate "C",
  week      jsonb,
  urgent    text not null default 'duty',
  primary key (tenant_id),
  foreign key (tenant_id) references tenant(id),
  check (urgent = any (array['everybody', 'duty', 'nobody']))
);

create table scheduled_message (
  tenant_id       text collate "C",
  id              text collate "C",
  member_id       text collate "C" not null,
  conversation_id text collate "C" not null,
  body            jsonb,
  quote           bigint,
  receipt         text,
  ladder          jsonb,
  send_at         timestamptz not null,
  failed          text,
  version         integer not null default 1,
  parts           jsonb,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenant(id),
  check (body is not null or parts is not null),
  check (receipt = any (array['tap', 'open']))
);
create index scheduled_message_of on scheduled_message (tenant_id, member_id);

create table search_block (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  first_seq       bigint,
  last_seq        bigint not null,
  first_at        timestamptz not null,
  last_at         timestamptz not null,
  places          integer[] not null,
  seconds         integer[] not null,
  folded          text not null,
  grams           integer[] not null,
  primary key (tenant_id, conversation_id, first_seq)
);
create index search_grams on search_block using gin (grams) with (gin_pending_list_limit='2048');

create table search_file (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  file_id         text collate "C" not null,
  name            text not null,
  sent_at         timestamptz not null,
  state           text not null default 'waiting',
  tries           integer not null default 0,
  claimed_until   timestamptz,
  content         text not null default '',
  folded          text not null default '',
  grams           integer[] not null default '{}'::integer[],
  primary key (tenant_id, conversation_id, seq),
  check (state = any (array['waiting', 'read', 'nothing']))
);
create index search_file_grams on search_file using gin (grams) with (gin_pending_list_limit='2048');
create index search_file_waiting on search_file (sent_at desc) where state = 'waiting';

create table search_progress (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  rev             bigint not null default 0,
  behind          boolean not null default false,
  tail            integer not null default 0,
  tail_chars      integer not null default 0,
  primary key (tenant_id, conversation_id)
) with (fillfactor = 70);
create index search_behind on search_progress (tenant_id, conversation_id) where behind;

create table search_tail (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  sent_at         timestamptz not null,
  folded          text not null,
  marks           integer[] not null,
  primary key (tenant_id, conversation_id, seq)
);

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

create table sticker (
  tenant_id text collate "C",
  id        text collate "C",
  pack_id   text collate "C" not null,
  picture   text collate "C" not null,
  label     text not null,
  width     integer not null,
  height    integer not null,
  position  integer,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenant(id),
  foreign key (tenant_id, pack_id) references sticker_pack(tenant_id, id)
);
create index sticker_by_pack on sticker (tenant_id, pack_id, "position");

create table sticker_pack (
  tenant_id text collate "C",
  id        text collate "C",
  name      text not null,
  position  integer not null,
  retired   boolean not null default false,
  version   integer not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenant(id)
);

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

create table thanks_card (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  seq             bigint,
  member_id       text collate "C",
  sent            boolean not null,
  sender          text collate "C" not null,
  sent_at         timestamptz not null,
  body            jsonb not null,
  primary key (tenant_id, conversation_id, seq, member_id),
  foreign key (tenant_id) references tenant(id)
);
create index thanks_card_of on thanks_card (tenant_id, member_id, sent, sent_at desc, conversation_id desc, seq desc);

create table thread (
  tenant_id       text collate "C",
  conversation_id text collate "C",
  root            bigint,
  replies         integer not null,
  last_seq        bigint not null,
  last_at         timestamptz not null,
  members         text[] collate "C" not null,
  primary key (tenant_id, conversation_id, root),
  foreign key (tenant_id) references tenant(id)
);
create index thread_latest on thread (tenant_id, conversation_id, last_seq desc);

create table thread_follow (
  tenant_id       text collate "C",
  member_id       text collate "C",
  conversation_id text collate "C",
  root            bigint,
  following       boolean not null,
  read_seq        bigint not null,
  primary key (tenant_id, member_id, conversation_id, root),
  foreign key (tenant_id) references tenant(id)
);
create index thread_followers on thread_follow (tenant_id, conversation_id, root) where following;

create table todo (
  tenant_id       text collate "C",
  id              text collate "C",
  text            text not null,
  creator         text collate "C" not null,
  due_at          timestamptz,
  remind_at       timestamptz,
  reminded_at     timestamptz,
  conversation_id text collate "C",
  seq             bigint,
  created_at      timestamptz not null,
  done_at         timestamptz,
  version         integer not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenant(id),
  check ((conversation_id is null) = (seq is null))
);
create index todo_of_message on todo (tenant_id, conversation_id, seq) where conversation_id is not null;

create table todo_assignee (
  tenant_id text collate "C",
  todo_id   text collate "C",
  member_id text collate "C",
  n         integer not null,
  done_at   timestamptz,
  primary key (tenant_id, todo_id, member_id),
  foreign key (tenant_id, todo_id) references todo(tenant_id, id) on delete cascade
);
create index todo_assignee_of on todo_assignee (tenant_id, member_id);

create table todo_list (
  tenant_id text collate "C",
  member_id text collate "C",
  todo_id   text collate "C",
  done_at   timestamptz,
  due_at    timestamptz,
  primary key (tenant_id, member_id, todo_id),
  foreign key (tenant_id, todo_id) references todo(tenant_id, id) on delete cascade
);
create index todo_list_done on todo_list (tenant_id, member_id, done_at, todo_id) where done_at is not null;

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
