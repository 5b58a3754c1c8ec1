-- Hosted organizations. Every key starts with the organization, unique constraints contain it, no
-- foreign key leaves it: all tables but `organization` can be distributed by that column.
create table organization (
  organization text        primary key,
  profile      text        not null,
  deactivation text        not null,
  created      timestamptz not null default now()
);

create table division (
  organization text not null,
  name         text not null,
  primary key (organization, name)
);

create table licence_pool (
  organization text    not null,
  sku          text    not null,
  name         text    not null,
  seats        integer not null,
  price        numeric not null,             -- for one seat and month
  currency     text    not null,
  primary key (organization, sku)
);

create table role (
  organization text not null,
  name         text not null,
  sku          text,                         -- the licence that comes with it
  primary key (organization, name)
);

-- `document` is the resource without id, meta and groups. The columns beside it are copies of what
-- is asked for often; `_key` means folded to lower case by the application. The claims are filled
-- only where the organization wants these values to be unique.
create table scim_user (
  organization      text           not null,
  id                uuid           not null,
  user_name_key     text           not null,
  external_id       text,
  external_id_claim text,
  email_claim       text,
  email_keys        text[]         not null,
  active            boolean        not null,
  display_name_key  text,
  division          text,
  department_key    text,
  employee_key      text,
  manager           text,
  session_round     integer        not null default 0,  -- sessions of an earlier round are over
  version           bigint         not null default 1,
  created           timestamptz(3) not null,
  modified          timestamptz(3) not null,
  document          jsonb          not null,
  primary key (organization, id),
  constraint scim_user_user_name unique (organization, user_name_key),
  constraint scim_user_external_id unique (organization, external_id_claim),
  constraint scim_user_email unique (organization, email_claim)
);
create index scim_user_by_external_id on scim_user (organization, external_id) where external_id is not null;
create index scim_user_by_email on scim_user using gin (email_keys);
create index scim_user_by_display_name on scim_user (organization, display_name_key);
create index scim_user_by_department on scim_user (organization, department_key) where department_key is not null;
create index scim_user_by_employee on scim_user (organization, employee_key) where employee_key is not null;
create index scim_user_by_manager on scim_user (organization, manager) where manager is not null;
create index scim_user_by_modified on scim_user (organization, modified);
create index scim_user_inactive on scim_user (organization, id) where not active;

create table scim_group (
  organization     text           not null,
  id               uuid           not null,
  display_name_key text           not null,
  external_id      text,
  version          bigint         not null default 1,
  created          timestamptz(3) not null,
  modified         timestamptz(3) not null,
  document         jsonb          not null,
  primary key (organization, id)
);
create index scim_group_by_display_name on scim_group (organization, display_name_key);
create index scim_group_by_external_id on scim_group (organization, external_id) where external_id is not null;

-- A member is a user or a group of the same organization.
create table group_member (
  organization text not null,
  group_id     uuid not null,
  user_id      uuid,
  nested_id    uuid,
  member_id    uuid generated always as (coalesce(user_id, nested_id)) stored,
  primary key (organization, group_id, member_id),
  foreign key (organization, group_id) references scim_group on delete cascade,
  foreign key (organization, user_id) references scim_user on delete cascade,
  foreign key (organization, nested_id) references scim_group on delete cascade
);
create index group_member_user on group_member (organization, user_id) where user_id is not null;
create index group_member_nested on group_member (organization, nested_id) where nested_id is not null;

create table user_role (
  organization text not null,
  user_id      uuid not null,
  role         text not null,
  primary key (organization, user_id, role),
  foreign key (organization, user_id) references scim_user on delete cascade
);
create index user_role_by_role on user_role (organization, role);

create table seat (
  organization text not null,
  user_id      uuid not null,
  sku          text not null,
  primary key (organization, user_id, sku),
  foreign key (organization, user_id) references scim_user on delete cascade
);
create index seat_by_sku on seat (organization, sku);

-- A session lives while it is not ended, not expired, its user is active and the round is the
-- user's: a deactivation ends those too that are registered at the same moment.
create table session (
  organization text           not null,
  id           uuid           not null,
  user_id      uuid           not null,
  round        integer        not null,
  token_hash   bytea          not null,
  application  text           not null,
  started_at   timestamptz(3) not null,
  expires_at   timestamptz(3) not null,
  ended_at     timestamptz(3),
  ended_by     text,
  primary key (organization, id),
  constraint session_token unique (organization, token_hash),
  foreign key (organization, user_id) references scim_user on delete cascade
);
create index session_of_user on session (organization, user_id) where ended_at is null;

create table client (
  organization text        not null,
  name         text        not null,
  role         text        not null,
  scopes       text[]      not null,
  secret_hash  bytea,                        -- SHA-256 of a secret with 128 bits of chance or more
  declared     boolean     not null,
  disabled     boolean     not null default false,
  created      timestamptz not null default now(),
  primary key (organization, name)
);

create table token (
  organization text           not null,
  hash         bytea          not null,      -- SHA-256
  client       text           not null,
  kind         text           not null,      -- declared, issued, access
  expires_at   timestamptz(3),
  last_used    timestamptz(3),
  created      timestamptz(3) not null,
  primary key (organization, hash),
  foreign key (organization, client) references client on delete cascade
);
create index token_of_client on token (organization, client);
