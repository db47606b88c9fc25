-- Threads: replies are messages of the same conversation that name their root. What stands below the root is counted in a
-- row of its own, and in the root at most once a second. Who follows a thread has a place in it.

alter table message add column root bigint;
alter table message add column thread jsonb;
create index message_thread on message (tenant_id, conversation_id, root, seq) where root is not null;

create table thread (
  tenant_id       text collate "C" not null references tenant (id),
  conversation_id text collate "C" not null,
  root            bigint not null,
  replies         int not null,
  last_seq        bigint not null,
  last_at         timestamptz not null,
  -- Who answered last, each once, the last first.
  members         text[] collate "C" not null,
  primary key (tenant_id, conversation_id, root)
);
create index thread_latest on thread (tenant_id, conversation_id, last_seq desc);

create table thread_follow (
  tenant_id       text collate "C" not null references tenant (id),
  member_id       text collate "C" not null,
  conversation_id text collate "C" not null,
  root            bigint not null,
  -- False for whoever left it by hand: only writing or being named in it brings them back.
  following       boolean not null,
  read_seq        bigint not null,
  primary key (tenant_id, member_id, conversation_id, root)
);
create index thread_followers on thread_follow (tenant_id, conversation_id, root) where following;
