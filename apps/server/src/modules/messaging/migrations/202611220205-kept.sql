-- What one comes back to: messages pinned to the top of a conversation, and a member’s favourites.

create table conversation_pin (
  tenant_id       text collate "C" not null references tenant (id),
  conversation_id text collate "C" not null,
  seq             bigint not null,
  by              text collate "C" not null,
  at              timestamptz not null,
  primary key (tenant_id, conversation_id, seq)
);

-- Copies: what is recalled, or where its keeper is no longer, stays as it was kept (docs/decisions/0017).
create table favourite (
  tenant_id         text collate "C" not null references tenant (id),
  member_id         text collate "C" not null,
  id                text collate "C" not null,
  conversation_id   text collate "C" not null,
  seq               bigint not null,
  conversation_name text not null,
  item              jsonb not null,
  -- The file that it carries, for whoever asks whether its keeper may read it.
  file              text collate "C",
  -- Folded, for searching.
  words             text not null,
  tags              text[] not null default '{}',
  saved_at          timestamptz not null,
  primary key (tenant_id, member_id, id),
  unique (tenant_id, member_id, conversation_id, seq)
);

-- Messages that name somebody: a small part of all, so that sending the others costs nothing.
create index message_named on message using gin ((body -> 'mentions') jsonb_path_ops) where body ? 'mentions';
create index message_named_all on message (tenant_id, conversation_id, seq) where body -> 'mentions' @> '[{"principal": "all"}]';
