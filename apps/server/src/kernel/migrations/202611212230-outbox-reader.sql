-- How far each durable reader of the outbox has come: it saw every transaction before `mark`. Of this installation only,
-- like the outbox itself.
create table outbox_reader (
  name       text collate "C" primary key,
  generation text not null,
  mark       xid8 not null,
  looked_at  timestamptz not null
);
