-- Files and cards wait for their time as well, with a text or without.
alter table scheduled_message alter column body drop not null;
alter table scheduled_message add column parts jsonb;
alter table scheduled_message add check (body is not null or parts is not null);
