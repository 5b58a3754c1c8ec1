-- What one flow saw of a target after another one's last whole read of it.
create index flow_account_seen on flow_account (flow, seen_at);
