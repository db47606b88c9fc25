-- What becomes of the history of a dissolved group; a company without a row keeps it.
create table dissolve_policy (
  tenant_id        text collate "C" primary key references tenant,
  purge_after_days int not null check (purge_after_days >= 0)
);

alter table conversation
  -- When the history of a dissolved group is to go; null where it is kept.
  add column purge_at  timestamptz,
  -- The line that says it is gone: what stands before it is nobody’s to read from then on.
  add column purge_seq bigint,
  -- When the last of it was deleted.
  add column purged_at timestamptz;
