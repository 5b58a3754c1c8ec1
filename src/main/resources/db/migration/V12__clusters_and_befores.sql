-- What the guard holds back has the name of its cluster; what a change touched is remembered, for
-- who wants to undo it; and a plan may take links away.
alter table change
  add column cluster text  not null default '',    -- empty: the guard does not hold it
  add column before  jsonb not null default '{}';  -- touched attributes as they were

alter table plan
  add column unlinks jsonb not null default '[]';  -- taken away when the plan is applied
