-- The life of users, what groups carry, and several secrets for one client.
alter table organization
  add column declared          boolean     not null default false,   -- the file owns it
  add column enabled           boolean     not null default true,    -- whether clients may come in
  add column deletion          text        not null default 'HARD',
  add column retention_seconds bigint      not null default 2592000,
  add column recreation        text        not null default 'NEW',
  add column unique_values     text[]      not null default '{}',
  add column changed           timestamptz not null default now();   -- last time that seats may follow

alter table licence_pool add column when_full text not null default 'OVERDRAW';

-- Roles and licences that a user was given directly. `division` empty: the user's own division.
alter table user_role add column division text not null default '';
alter table user_role drop constraint user_role_pkey;
alter table user_role add primary key (organization, user_id, role, division);

create table user_licence (
  organization text not null,
  user_id      uuid not null,
  sku          text not null,
  primary key (organization, user_id, sku),
  foreign key (organization, user_id) references scim_user on delete cascade
);
insert into user_licence
select distinct u.organization, u.id, e.v ->> 'value'
from scim_user u cross join jsonb_array_elements(
  case when jsonb_typeof(u.document -> 'entitlements') = 'array' then u.document -> 'entitlements'
    else '[]' end) as e(v)
where lower(e.v ->> 'type') = 'licence' and e.v ->> 'value' <> '';

-- Grows with each change of grants or seats that makes no new version. Whoever changes these locks
-- the user and goes on only where version and grant_round are still those that it has read.
alter table scim_user add column grant_round integer not null default 0;

-- What a group carries to its direct members; carry_round 0: nothing, ever.
alter table scim_group
  add column carry_round integer not null default 0,
  add column division    text;

create table group_role (
  organization text not null,
  group_id     uuid not null,
  role         text not null,
  division     text not null default '',
  primary key (organization, group_id, role, division),
  foreign key (organization, group_id) references scim_group on delete cascade
);

create table group_licence (
  organization text not null,
  group_id     uuid not null,
  sku          text not null,
  primary key (organization, group_id, sku),
  foreign key (organization, group_id) references scim_group on delete cascade
);

-- Users that were deleted softly: out of reach of everything else, kept until they are purged.
create table deleted_user (
  organization  text           not null,
  id            uuid           not null,
  user_name_key text           not null,
  external_id   text,
  version       bigint         not null,
  created       timestamptz(3) not null,
  deleted_at    timestamptz(3) not null,
  document      jsonb          not null,
  primary key (organization, id)
);
create index deleted_user_by_name on deleted_user (organization, user_name_key);
create index deleted_user_by_external_id on deleted_user (organization, external_id) where external_id is not null;
create index deleted_user_by_time on deleted_user (organization, deleted_at);

create index session_by_expiry on session (organization, expires_at);

-- Several secrets of a client live at once, so that they can be rotated with overlap.
create table client_secret (
  organization text           not null,
  client       text           not null,
  hash         bytea          not null,      -- SHA-256 of a secret with 128 bits of chance or more
  declared     boolean        not null,
  expires_at   timestamptz(3),
  last_used    timestamptz(3),
  created      timestamptz(3) not null,
  primary key (organization, client, hash),
  foreign key (organization, client) references client on delete cascade
);
insert into client_secret (organization, client, hash, declared, created)
select organization, name, secret_hash, declared, created from client where secret_hash is not null;
alter table client drop column secret_hash;

-- How a client proves who it is beside its secret, and from where it may come.
alter table client
  add column addresses    text[] not null default '{}',   -- ranges such as 10.0.0.0/8; none: all
  add column certificates text[] not null default '{}',   -- SHA-256 thumbprints (RFC 8705 x5t#S256)
  add column keys         text;                           -- JWK set with its public keys (RFC 7523)

alter table token add column certificate text;            -- the one that it was issued to

-- Client assertions that were used, until they would have ended anyway (RFC 7523 §3 jti).
create table used_assertion (
  organization text           not null,
  client       text           not null,
  hash         bytea          not null,
  expires_at   timestamptz(3) not null,
  primary key (organization, client, hash),
  foreign key (organization, client) references client on delete cascade
);
