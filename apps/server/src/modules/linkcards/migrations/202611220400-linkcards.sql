-- Whether a company lets the server look at what links lead to; off where there is no row.
create table link_policy (
  tenant_id text collate "C" primary key references tenant,
  is_on     boolean not null
);

-- What pages said about themselves, for a while; null titles are pages that said nothing.
create table link_card (
  tenant_id   text collate "C" not null references tenant,
  digest      text collate "C" not null,
  title       text,
  description text not null default '',
  site        text not null default '',
  image       text,
  read_at     timestamptz not null,
  expires_at  timestamptz not null,
  primary key (tenant_id, digest)
);
create index link_card_expires on link_card (expires_at);
create index link_card_read on link_card (tenant_id, read_at);
