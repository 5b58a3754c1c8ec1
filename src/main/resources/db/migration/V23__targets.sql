-- How each target stands, for all flows and nodes that lead to it: what may be sent to it, and
-- whether it works at all.
create table target_state (
  target text  primary key,
  state  jsonb not null default '{}'
);
-- A flow that somebody stopped: its plans are made, but not sent.
create table flow_pause (
  flow      text        primary key,
  paused_at timestamptz not null,
  actor     text        not null,
  reason    text        not null,
  leavers   boolean     not null                   -- whether leavers go on
);
