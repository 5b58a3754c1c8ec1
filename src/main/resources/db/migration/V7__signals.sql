-- Shared signals: the streams of receivers, what waits in them, and the keys that sign it. An event
-- is written by the statement of the change that it tells of, once for each stream that wants it, and
-- goes when its receiver has it. What is keyed by organization can be distributed by it.
create table signal_stream (
  organization text           not null,
  id           uuid           not null,
  client       text           not null,      -- the receiver; nobody else sees the stream
  issuer       text           not null,
  audience     text           not null,
  method       text           not null check (method in ('push', 'poll')),
  endpoint     text,                         -- where to push
  header       text,                         -- Authorization of a push: a secret, never shown
  requested    text[],                       -- event types as asked for; null: the usual ones
  delivered    text[]         not null,
  format       text           not null,      -- of users in CAEP and RISC events: iss_sub, email
  description  text,
  status       text           not null check (status in ('enabled', 'paused', 'disabled')),
  reason       text,
  created      timestamptz(3) not null,
  verified_at  timestamptz(3),               -- the last time that a verification was asked for
  failures     integer        not null default 0,
  next_at      timestamptz(3),               -- no push before
  lease_until  timestamptz(3),
  leased_by    text,
  primary key (organization, id)
);

-- Subjects that the receiver removed from its stream: `Users/ID`, or an address in lower case.
create table signal_subject (
  organization text not null,
  stream       uuid not null,
  subject      text not null,
  primary key (organization, stream, subject),
  foreign key (organization, stream) references signal_stream on delete cascade
);

-- `id` is the order of events of one subject: it is taken while the row that changes is locked.
-- `txn` is the same in all events of one change; both together are the token's `jti`.
create table signal_event (
  organization text           not null,
  stream       uuid           not null,
  id           bigint         generated always as identity,
  txn          uuid           not null,
  subject      text           not null,      -- `Users/ID`, `Groups/ID`; `stream` for its own events
  type         text           not null,
  urgent       boolean        not null,      -- somebody lost access
  external_id  text,
  email        text,
  session      uuid,
  version      bigint,
  cause        text           not null,      -- what the audit log calls the change
  attributes   text[],                       -- names of those that changed
  joined       uuid[],                       -- members that came
  parted       uuid[],                       -- members that went
  content      text,                         -- the document after the change, where it is told
  at           timestamptz(3) not null,
  attempts     integer        not null default 0,
  next_at      timestamptz(3),               -- this event failed: no push of its subject before
  primary key (organization, stream, id),
  foreign key (organization, stream) references signal_stream on delete cascade
);
create index signal_event_of_subject on signal_event (organization, stream, subject, id);
create index signal_event_urgent on signal_event (organization, stream, id) where urgent;
create index signal_event_waiting on signal_event (organization, stream, subject) where next_at is not null;

-- The keys of all organizations: a small reference table. The newest that may sign does; the one
-- before it stays published for a while.
create table signal_key (
  generation integer        primary key,
  jwk        text           not null,        -- with its private part
  signs_from timestamptz(3) not null
);
