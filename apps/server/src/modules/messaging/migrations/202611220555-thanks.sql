-- Thank-you cards as those keep them who gave and got them.

create table thanks_card (
  tenant_id       text collate "C" not null references tenant,
  conversation_id text collate "C" not null,
  seq             bigint not null,
  -- Whose row it is: of who gave it, or of one of those who got it.
  member_id       text collate "C" not null,
  sent            boolean not null,
  sender          text collate "C" not null,
  sent_at         timestamptz not null,
  body            jsonb not null,
  primary key (tenant_id, conversation_id, seq, member_id)
);
create index thanks_card_of on thanks_card (tenant_id, member_id, sent, sent_at desc, conversation_id desc, seq desc);
