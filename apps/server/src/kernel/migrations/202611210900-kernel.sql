-- What every feed-carrying module stands on. Ids are compared by bytes (collate "C"), for they decide lock order.

create table generation (id text not null, made_at timestamptz not null default now());
insert into generation (id) values (replace(gen_random_uuid()::text, '-', ''));

create table feed (
  tenant_id text collate "C" not null,
  id        text collate "C" not null,
  rev       bigint not null default 0,
  epoch     bigint not null default 0,
  last_seq  bigint not null default 0,
  last_at   timestamptz,
  xid       xid8 not null default pg_current_xact_id(),
  primary key (tenant_id, id)
) with (fillfactor = 50);

create table feed_entry (
  tenant_id text collate "C" not null,
  feed      text collate "C" not null,
  kind      text collate "C" not null,
  object    text collate "C" not null,
  rev       bigint not null,
  removed   boolean not null default false,
  primary key (tenant_id, feed, kind, object),
  unique (tenant_id, feed, rev)
);
create index feed_entry_audience on feed_entry (tenant_id, kind, object) where not removed;

-- One row for each transaction that changed feeds: heads are [[tenant, feed, prev, rev], …], control tells every copy
-- something else, such as sessions that ended. Kept an hour.
create table outbox (
  id         bigint generated always as identity primary key,
  xid        xid8 not null default pg_current_xact_id(),
  heads      jsonb not null,
  control    jsonb,
  created_at timestamptz not null default now()
);
create index outbox_xid on outbox (xid);

-- Work behind a transaction, written in it. A schedule is a job that comes back.
create table job (
  id         text collate "C" primary key,
  kind       text not null,
  unique_key text unique,
  data       jsonb not null,
  state      text not null default 'waiting' check (state in ('waiting', 'dead')),
  run_at     timestamptz not null,
  tries      int not null default 0,
  last_error text,
  created_at timestamptz not null
);
create index job_due on job (run_at) where state = 'waiting';

-- Answers of writing operations, so that a repeat under the same id returns the first.
create table request (
  actor      text collate "C" not null,
  request_id text collate "C" not null,
  digest     text not null,
  answer     jsonb not null,
  created_at timestamptz not null,
  primary key (actor, request_id)
);
create index request_age on request (created_at);
