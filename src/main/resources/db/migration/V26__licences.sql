-- What a change brings that may take a seat of the target: roles and licences by name. Plans made
-- meanwhile count what is still to be sent.
alter table change add column gains text[] not null default '{}';
create index change_taking on change (flow) where gains <> '{}' and state in ('waiting', 'held', 'leased');

-- The pools of each organization day by day, as they were last seen on that day (UTC).
create table licence_day (
  organization text    not null,
  sku          text    not null,
  day          date    not null,
  seats        bigint  not null,
  used         bigint  not null,
  reserved     bigint  not null,
  reclaimable  bigint  not null,
  primary key (organization, sku, day)
);
