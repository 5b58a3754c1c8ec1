-- What a flow has planned, sends, and keeps. Everything is keyed first by `flow`, the distribution
-- column: no constraint and no statement reaches from one flow into another.

-- The last cycle, and the number that the next plan gets: its row is what plans of one flow queue at.
create table flow_state (
  flow       text        primary key,
  last_plan  bigint      not null default 0,
  started_at timestamptz,
  ended_at   timestamptz,
  outcome    text,                                 -- done, failed
  counts     jsonb       not null default '{}',
  findings   jsonb       not null default '[]',
  problem    jsonb
);

create table plan (
  flow        text        not null,
  number      bigint      not null,
  made_at     timestamptz not null,
  made_by     text        not null,
  state       text        not null check (state in ('open', 'applying', 'held', 'applied', 'superseded')),
  config      text,                                -- hash of the configuration it was made with
  population  jsonb       not null,
  findings    jsonb       not null,
  links       jsonb       not null,                -- kept when the plan is applied
  approved_by text,
  approved_at timestamptz,
  primary key (flow, number)
);
create index plan_unfinished on plan (flow, number) where state in ('open', 'applying', 'held');

create table change (
  flow        text        not null,
  plan        bigint      not null,
  seq         int         not null,
  lane        smallint    not null,                -- 0 leaver … 4 cosmetic
  person      text        not null,
  name        text        not null,
  account     text,                                -- the target's id; none for a creation
  request     jsonb       not null,
  reasons     jsonb       not null,
  held        boolean     not null,                -- as planned; approval changes the state only
  digest      text        not null,                -- of person, lane, request and held
  state       text        not null check
    (state in ('waiting', 'leased', 'done', 'stale', 'refused', 'held', 'superseded', 'dead')),
  attempts    int         not null default 0,
  doubtful    boolean     not null default false,  -- may have happened already: look first
  next_at     timestamptz not null,
  lease_until timestamptz,
  leased_by   text,
  problem     jsonb,
  reference   text,                                -- the target's own correlation id
  settled_at  timestamptz,
  primary key (flow, plan, seq)
);
-- The difference is the queue: one open change per person. One that is being sent may stand beside
-- its successor, which waits for it.
create unique index change_open on change (flow, person) where state in ('waiting', 'held');
create index change_due on change (flow, plan, lane, seq) where state in ('waiting', 'leased');
create index change_leased on change (flow, person) where state = 'leased';
create index change_failed on change (flow, settled_at) where state in ('refused', 'dead');

create table link (
  flow    text        not null,
  person  text        not null,
  account text        not null,
  made_at timestamptz not null,
  made_by text        not null,
  primary key (flow, person),
  unique (flow, account)
);
