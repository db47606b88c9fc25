-- Birthdays and joining days, and whether a company tells of them. Of which year somebody was born is not kept.

create table anniversary_policy (
  tenant_id    text collate "C" primary key references tenant,
  birthdays    boolean not null,
  joining_days boolean not null,
  -- The last day, where the company is, of which people were told.
  greeted_on   date
);

create table anniversary (
  tenant_id text collate "C" not null references tenant,
  member_id text collate "C" not null,
  month     int,
  day       int,
  joined_on date,
  hidden    boolean not null default false,
  primary key (tenant_id, member_id),
  check ((month is null) = (day is null))
);
create index anniversary_birthday on anniversary (tenant_id, month, day, member_id) where month is not null;
create index anniversary_joined on anniversary (tenant_id, (extract(month from joined_on)), (extract(day from joined_on)), member_id) where joined_on is not null;
