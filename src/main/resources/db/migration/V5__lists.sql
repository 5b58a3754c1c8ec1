-- Lists are read in the order of a key and then the id, from any place on: the key is compared code
-- point by code point whatever the database's locale is, and stands in an index together with the id.
alter table scim_user
  alter column user_name_key    type text collate "C",
  alter column external_id      type text collate "C",
  alter column display_name_key type text collate "C",
  alter column department_key   type text collate "C",
  alter column employee_key     type text collate "C",
  alter column manager          type text collate "C";
alter table scim_group
  alter column display_name_key type text collate "C",
  alter column external_id      type text collate "C";

drop index scim_user_by_display_name;
create index scim_user_by_display_name on scim_user (organization, display_name_key, id);
drop index scim_user_by_modified;
create index scim_user_by_modified on scim_user (organization, modified, id);
drop index scim_group_by_display_name;
create index scim_group_by_display_name on scim_group (organization, display_name_key, id);

-- What the cursors of an organization are sealed with. They carry no rights, so that a key may stand
-- here as it is; it must be the same for all nodes. Older ones are kept while cursors live.
create table cursor_key (
  organization text           not null,
  id           bigint         not null,
  secret       bytea          not null,
  made_at      timestamptz(3) not null,
  primary key (organization, id)
);

-- What the client wants to see after a PATCH: 200 with the resource, or 204.
alter table client add column patch_status smallint not null default 200;
