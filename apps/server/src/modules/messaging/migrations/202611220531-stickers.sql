-- Stickers of the company. What is taken out of a pack keeps its row, for the messages that show it.

create table sticker_pack (
  tenant_id text collate "C" not null references tenant (id),
  id        text collate "C" not null,
  name      text not null,
  position  int not null,
  retired   boolean not null default false,
  version   int not null default 1,
  primary key (tenant_id, id)
);

create table sticker (
  tenant_id text collate "C" not null references tenant (id),
  id        text collate "C" not null,
  pack_id   text collate "C" not null,
  picture   text collate "C" not null,
  label     text not null,
  width     int not null,
  height    int not null,
  -- Null for what is offered no longer.
  position  int,
  primary key (tenant_id, id),
  foreign key (tenant_id, pack_id) references sticker_pack (tenant_id, id)
);
create index sticker_by_pack on sticker (tenant_id, pack_id, position);
