-- The schemas and resource types that an organization declares itself, as SCIM documents. Without a
-- row it has the standard ones only.
create table scim_registry (
  organization text  primary key,
  document     jsonb not null
);

-- Resources of the types that an organization declares itself. `document` is the resource without
-- id and meta.
create table scim_resource (
  organization text           not null,
  type         text           not null,
  id           uuid           not null,
  external_id  text,
  version      bigint         not null default 1,
  created      timestamptz(3) not null,
  modified     timestamptz(3) not null,
  document     jsonb          not null,
  primary key (organization, type, id)
);
create index scim_resource_by_external_id on scim_resource (organization, type, external_id) where external_id is not null;
create index scim_resource_by_modified on scim_resource (organization, type, modified);

-- Values of attributes with the uniqueness `server`, of users, groups and resources alike. The
-- attribute is named with its URN; the key is folded to lower case where its case does not matter.
create table unique_value (
  organization text not null,
  attribute    text not null,
  value_key    text not null,
  user_id      uuid,
  group_id     uuid,
  type         text,
  resource_id  uuid,
  primary key (organization, attribute, value_key),
  foreign key (organization, user_id) references scim_user on delete cascade,
  foreign key (organization, group_id) references scim_group on delete cascade,
  foreign key (organization, type, resource_id) references scim_resource on delete cascade
);
create index unique_value_of_user on unique_value (organization, user_id) where user_id is not null;
create index unique_value_of_group on unique_value (organization, group_id) where group_id is not null;
create index unique_value_of_resource on unique_value (organization, type, resource_id) where resource_id is not null;

alter table organization add column reading text not null default 'TOLERANT';
