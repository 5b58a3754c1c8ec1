-- What targets were seen to do otherwise than the RFCs and they themselves say. It counts for a
-- while, then it is tried again.
create table target_deviation (
  target    text        not null,
  deviation text        not null,
  seen_at   timestamptz not null,
  words     text        not null,
  primary key (target, deviation)
);
