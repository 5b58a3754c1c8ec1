-- What one flow saw of a target after another one's last whole read of it.
create index flow_account_seen on flow_account (flow, seen_at);

-- The steps of a leaver that were done before the change was sent once more.
alter table change add column steps_before jsonb;
