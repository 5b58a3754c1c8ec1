-- People whom somebody took out of the scope of a flow by hand, until a time or until that is
-- lifted. A row stays when it is over: earlier times are explained by it.
create table flow_exclusion (
  flow      text        not null,
  person    text        not null,
  made_at   timestamptz not null,
  actor     text        not null,
  reason    text        not null,
  until     timestamptz,
  lifted_at timestamptz,
  lifted_by text,
  primary key (flow, person, made_at)
);

-- Every second a server asks for the last change of each flow that it runs.
create index flow_exclusion_changed on flow_exclusion (flow, (greatest(made_at, lifted_at)));
