-- That a poll or a relay list ended is told once, in the conversation. What ended before is not told any more.
alter table poll add column told boolean not null default false;
update poll set told = true where ended_at is not null or ends_at <= now();
insert into job (id, kind, data, run_at, created_at)
select 'job_' || md5(tenant_id || conversation_id || seq), 'messaging.tellPollEnd',
  jsonb_build_object('tenantId', tenant_id, 'conversation', conversation_id, 'seq', seq), ends_at, now()
from poll where not told and ends_at is not null;
