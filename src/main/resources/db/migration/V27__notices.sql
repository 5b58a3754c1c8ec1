-- What receivers are told of: what is so and was told, the messages that wait, and how it stands with
-- each receiver. A node that looks holds an advisory lock, so that the same is never told twice.
-- These are small tables that all nodes share; they are about flows, organizations and targets alike.
create table notice (
  kind     text        not null,
  subject  text        not null,                   -- flow/NAME …: of what it is so
  since    timestamptz not null,
  seen_at  timestamptz not null,                   -- when it was first seen
  told_at  timestamptz,                            -- null: not told yet, it may pass by itself
  gone_at  timestamptz,                            -- since when it is not seen any more
  marks    integer[]   not null default '{}',      -- what of it was told, as hashes
  flows    text[]      not null default '{}',      -- as they were told
  details  jsonb       not null default '{}',      -- as they were told; no name of a person
  primary key (kind, subject)
);

-- In the order in which a receiver gets them. `event` is the same for all receivers of an event.
create table notice_message (
  id       bigint      generated always as identity primary key,
  receiver text        not null,                   -- its name in the configuration
  event    uuid        not null,
  type     text        not null,
  at       timestamptz not null,
  content  jsonb       not null,
  refusals integer     not null default 0
);
create index notice_message_waiting on notice_message (receiver, id);

create table notice_receiver (
  receiver    text        primary key,
  failures    integer     not null default 0,      -- in a row
  next_at     timestamptz,                         -- nothing is sent before
  lease_until timestamptz,
  leased_by   text,
  answered_at timestamptz,
  answer      text        not null default ''      -- the last one, in a few words
);
