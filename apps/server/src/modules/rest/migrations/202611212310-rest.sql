-- When people rest: what each has chosen, the working hours of a company, its days off, who is on duty.

create table rest_member (
  tenant_id       text collate "C" not null references tenant,
  member_id       text collate "C" not null,
  until_at        timestamptz,
  -- The rest of the schedule was ended by hand; it begins again then.
  awake_until     timestamptz,
  note            text not null default '',
  pass_urgent     boolean not null default true,
  pass_chosen     boolean not null default false,
  chosen          text[] not null default '{}',
  suggest_later   boolean not null default true,
  follow_schedule boolean not null default true,
  -- Seven days of {from, to} or null, Monday first; null are the hours of the company.
  week            jsonb,
  primary key (tenant_id, member_id)
);

create table rest_policy (
  tenant_id text collate "C" primary key references tenant,
  week      jsonb,
  urgent    text not null default 'duty' check (urgent in ('everybody', 'duty', 'nobody'))
);

create table rest_holiday (
  tenant_id text collate "C" not null references tenant,
  on_date   date not null,
  kind      text not null check (kind in ('holiday', 'workday')),
  name      text not null,
  primary key (tenant_id, on_date)
);

create table rest_duty (
  tenant_id text collate "C" not null references tenant,
  member_id text collate "C" not null,
  from_at   timestamptz not null,
  until_at  timestamptz not null check (until_at > from_at),
  primary key (tenant_id, member_id, from_at)
);
