-- People whom somebody locked out by hand, whatever the source says of them, until that is lifted.
create table flow_eviction (
  flow       text        not null,
  person     text        not null,
  evicted_at timestamptz not null,
  actor      text        not null,
  reason     text        not null,
  primary key (flow, person)
);
