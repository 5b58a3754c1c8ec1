-- A userName changes hands within a plan: who takes one waits until it was given up. Where all of a
-- circle wait, one of them first gets another name: `detour`. `passed` says that it has it: the
-- version of its account then, empty where the target keeps none.
alter table change
  add gives  text,
  add takes  text,
  add detour text,
  add passed text;
create index change_gives on change (flow, gives, plan desc) where gives is not null;

-- Creations that may have happened though they ended otherwise.
create index change_doubted on change (flow, person)
  where request->>'kind' = 'create' and (doubtful or leased_by is not null)
    and state in ('superseded', 'stale', 'refused', 'dead');
