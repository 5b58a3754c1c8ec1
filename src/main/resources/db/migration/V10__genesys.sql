-- What only the genesys profile has.
alter table organization add column quirks text[] not null default '{}';
update organization set quirks = '{INACTIVE_REMOVES_ROLES}' where profile = 'GENESYS';

-- Skills and languages by which interactions are routed to users.
create table routing_name (
  organization text not null,
  kind         text not null,                -- skill or language
  name         text not null,                -- letter case counts
  primary key (organization, kind, name)
);

-- What platform calls say of a group and SCIM has no attribute for; a group without a row is
-- official, public and has visible rules.
create table group_profile (
  organization  text    not null,
  group_id      uuid    not null,
  type          text    not null,            -- official or social
  visibility    text    not null,            -- public, owners or members
  rules_visible boolean not null,
  description   text,
  primary key (organization, group_id),
  foreign key (organization, group_id) references scim_group on delete cascade
);

-- Queries of the audit log that a client has put, until it has come back for the results.
create table audit_query (
  organization text           not null,
  id           uuid           not null,
  client       text           not null,
  query        jsonb          not null,
  created      timestamptz(3) not null,
  primary key (organization, id)
);
