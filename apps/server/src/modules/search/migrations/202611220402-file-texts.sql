-- The text inside files, by the message that carries each: waits, is read, and is found by its numbers as blocks are.
create table search_file (
  tenant_id       text collate "C" not null,
  conversation_id text collate "C" not null,
  seq             bigint not null,
  file_id         text collate "C" not null,
  name            text not null,
  sent_at         timestamptz not null,
  state           text not null default 'waiting' check (state in ('waiting', 'read', 'nothing')),
  -- Of a file that is being read: how often that was begun, and until when nobody else begins.
  tries           int not null default 0,
  claimed_until   timestamptz,
  content         text not null default '',
  folded          text not null default '',
  grams           int[] not null default '{}',
  primary key (tenant_id, conversation_id, seq)
);
alter table search_file alter column grams set storage external;
create index search_file_grams on search_file using gin (grams) with (gin_pending_list_limit = 2048);
create index search_file_waiting on search_file (sent_at desc) where state = 'waiting';
