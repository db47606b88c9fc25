-- What finds messages. Filled from the outbox; all of it can be made again from the messages, so a backup leaves it out,
-- and nothing refers to tenants.

-- How far each conversation is in the index. `behind`: more happened than a reader of the outbox takes at once, and a
-- job is catching up.
create table search_progress (
  tenant_id       text collate "C" not null,
  conversation_id text collate "C" not null,
  rev             bigint not null default 0,
  behind          boolean not null default false,
  -- Of its rows in search_tail.
  tail            int not null default 0,
  tail_chars      int not null default 0,
  primary key (tenant_id, conversation_id)
) with (fillfactor = 70);
create index search_behind on search_progress (tenant_id, conversation_id) where behind;

-- The newest messages of a conversation, folded, until they fill a block.
create table search_tail (
  tenant_id       text collate "C" not null,
  conversation_id text collate "C" not null,
  seq             bigint not null,
  sent_at         timestamptz not null,
  folded          text not null,
  marks           int[] not null,
  primary key (tenant_id, conversation_id, seq)
);

-- Consecutive messages of a conversation: their folded texts, one on each line, and the numbers of everything by which
-- one of them may be found.
create table search_block (
  tenant_id       text collate "C" not null,
  conversation_id text collate "C" not null,
  first_seq       bigint not null,
  last_seq        bigint not null,
  first_at        timestamptz not null,
  last_at         timestamptz not null,
  -- Of each message: its distance from first_seq, and from first_at in whole seconds.
  places          int[] not null,
  seconds         int[] not null,
  folded          text not null,
  grams           int[] not null,
  primary key (tenant_id, conversation_id, first_seq)
);
alter table search_block alter column grams set storage external;
create index search_grams on search_block using gin (grams) with (gin_pending_list_limit = 2048);
