-- Whether senders of a company see how many have read; hidden where there is no row.
create table read_policy (
  tenant_id text collate "C" primary key references tenant,
  visible   boolean not null
);
