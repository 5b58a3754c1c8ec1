-- What became of messages that wait no more, for a month: what receivers were told, or were not. The
-- key is in the order in which they ended. Shared by all nodes, as `notice_message` is.
create table notice_told (
  id         bigint      generated always as identity primary key,
  receiver   text        not null,                 -- its name in the configuration
  event      uuid        not null,
  type       text        not null,                 -- a kind, or test
  at         timestamptz not null,
  content    jsonb       not null,
  taken      boolean     not null,                 -- else it was given up
  settled_at timestamptz not null,
  answer     text        not null                  -- the last one, in a few words
);
create index notice_told_age on notice_told (settled_at);
