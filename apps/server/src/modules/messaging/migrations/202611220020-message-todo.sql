-- How many of the to-dos made from a message are done.
alter table message add column todo jsonb;
