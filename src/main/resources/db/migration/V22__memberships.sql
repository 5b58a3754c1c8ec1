-- A change of a group concerns many people: for each of its reasons on `groups` the person and what
-- their account is called. Empty for a change of one account.
alter table change
  add column members jsonb not null default '[]';

create index change_members on change using gin (members jsonb_path_ops) where members <> '[]';
