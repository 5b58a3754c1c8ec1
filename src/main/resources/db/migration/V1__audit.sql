-- One append-only log for organizations and flows. `log` is `organization/NAME` or `flow/NAME` and is
-- the distribution column. A row is written by the statement that makes the change it tells of.
create table audit_entry (
  log         text        not null,
  id          bigint      generated always as identity,
  at          timestamptz not null default now(),
  actor       text        not null,
  action      text        not null,          -- user.created, user.deactivated, change.done …
  subject     text        not null,          -- the id of what was changed
  person      text,                          -- the person's key or the userName, for searching
  correlation text        not null,
  detail      jsonb       not null default '{}',
  primary key (log, id)
);
create index audit_entry_subject on audit_entry (log, subject, id);
create index audit_entry_person on audit_entry (log, person, id) where person is not null;
