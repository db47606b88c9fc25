-- A notice of a group may ask to be confirmed; those it had are kept by the lines that told of them.

alter table conversation add column notice_seq bigint;

create table group_notice (
  tenant_id       text collate "C" not null references tenant,
  conversation_id text collate "C" not null,
  seq             bigint not null,
  text            text not null,
  by              text collate "C" not null,
  at              timestamptz not null,
  confirm         boolean not null,
  primary key (tenant_id, conversation_id, seq)
);

-- Of those from before only the last is known, and not its line; whoever has always been there finds it.
insert into group_notice (tenant_id, conversation_id, seq, text, by, at, confirm)
select tenant_id, id, 1, notice_text, notice_by, notice_at, false from conversation where notice_text is not null;
