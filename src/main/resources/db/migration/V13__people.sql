-- The people of a flow, as its source had them when they were last read: what is compared with the
-- next read, what a change of a group is about, and what an explanation starts from.
create table flow_person (
  flow       text        not null,
  person     text        not null,
  digest     uuid        not null,                 -- of the record: who differs is written, nobody else
  record     jsonb       not null,                 -- attributes, groups with their paths, disabled
  groups     text[]      not null,                 -- their names, in lower case
  changed_at timestamptz not null,                 -- when the record was last found different
  gone_at    timestamptz,                          -- since when a complete read has them no more
  primary key (flow, person)
);
-- What they were before.
create table flow_person_past (
  flow       text        not null,
  person     text        not null,
  until      timestamptz not null,                 -- when the record was found different
  since      timestamptz not null,
  gone_at    timestamptz,
  record     jsonb       not null,
  primary key (flow, person, until)
);
create index change_person on change (flow, person, plan);
create index flow_person_group on flow_person using gin (groups) where gone_at is null;
