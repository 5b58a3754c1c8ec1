-- What was ended besides what the request itself asked for, step by step: a list of {step, at,
-- readBack, reference}. None where the target ends everything with the lock.
alter table change add column steps jsonb;

-- Receipts tell which groups a leaver left, in whatever later plan.
create index change_leaver_groups on change (flow, plan) where lane = 0 and members <> '[]';
