-- A plan may be about some people only: of theirs, what an older plan is sending goes on to its
-- end, but is not tried once more.
alter table change
  add column overtaken boolean not null default false;  -- a newer plan knows better of this person
