-- What may bring an account a seat, in short: accounts with the same are counted without being
-- looked at. Null where it has neither roles nor licences. A hash, for an index does not take what
-- is longer than a third of a page.
alter table flow_account add column grants bigint generated always as (
  case when resource ->> 'roles' is not null or resource ->> 'entitlements' is not null
    then hashtextextended(coalesce(resource ->> 'roles', '') || chr(10)
      || coalesce(resource ->> 'entitlements', ''), 0) end) stored;
create index flow_account_grants on flow_account (flow, active, grants) where grants is not null;

-- The pools of each target elsewhere day by day, as they were last seen on that day (UTC). Its name
-- is that of the configuration.
create table target_licence_day (
  target       text    not null,
  sku          text    not null,
  day          date    not null,
  seats        bigint  not null,
  used         bigint  not null,
  reserved     bigint  not null,
  reclaimable  bigint  not null,
  primary key (target, sku, day)
);
