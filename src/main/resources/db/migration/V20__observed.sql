-- Each target as a flow last saw it, from its answers and from whole reads of it, so that a cycle in
-- which one person changed costs the same among a hundred accounts and a million.
create table flow_account (
  flow      text        not null,
  account   text        not null,
  version   text,                                  -- its ETag, where the target keeps one
  active    boolean     not null,
  digest    uuid        not null,                  -- of the resource: who differs is written, nobody else
  resource  jsonb       not null,
  keys      text[]      not null default '{}',     -- what it is found by, as flow_account_key has it
  unindexed boolean     not null default false,    -- comes from an answer; the next cycle sees to its keys
  seen_at   timestamptz not null,
  primary key (flow, account)
);
create index flow_account_unindexed on flow_account (flow) where unindexed;

create table flow_account_key (
  flow    text not null,
  key     text not null,                           -- u:userName, e:externalId, attribute=value
  account text not null,
  primary key (flow, key, account)
);

-- What the rules said of each person, and when to ask them again.
alter table flow_person add column due_at timestamptz;
alter table flow_person add column open boolean not null default false;   -- in doubt, or waits for somebody
alter table flow_person add column standing text;                         -- in, left, unclear, protected
alter table flow_person add column standing_since timestamptz;
alter table flow_person add column names text[] not null default '{}';    -- its values, in lower case
create index flow_person_due on flow_person (flow, due_at) where due_at is not null;
create index flow_person_open on flow_person (flow) where open;
create index flow_person_name on flow_person using gin (names);

create index change_leaver on change (flow, settled_at) where lane = 0;
create index change_ended on change (flow, settled_at) where state in ('stale', 'refused', 'dead');

-- Where a flow stands between two cycles.
alter table flow_state add column cursor text;              -- the source's feed is read up to here
alter table flow_state add column rules text;               -- hash of the configuration that decided on everybody
alter table flow_state add column read_at timestamptz;      -- the source was last read whole
alter table flow_state add column swept_at timestamptz;     -- the target was last read whole
