-- Who may export conversations; a company without a row lets those do it who run a group.
create table export_policy (
  tenant_id text collate "C" primary key references tenant (id),
  who       text not null check (who in ('off', 'owners', 'members'))
);
