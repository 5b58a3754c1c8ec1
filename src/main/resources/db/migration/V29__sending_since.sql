-- Since when changes are being sent whose failures nobody has looked at yet: of a turn that is under
-- way, or that was killed.
alter table flow_state add column sending_since timestamptz;
