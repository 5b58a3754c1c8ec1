-- The groups of each target that a flow manages, and who is in them, as a flow last saw them: by
-- whole reads, and by what was sent since. A turn about one person need not read them.
create table flow_group (
  flow     text not null,
  group_id text not null,                          -- the target's id
  name     text not null,
  primary key (flow, group_id)
);

create table flow_member (
  flow     text not null,
  group_id text not null,
  account  text not null,
  primary key (flow, group_id, account)
);
create index flow_member_account on flow_member (flow, account);

-- They are known once they were read whole; and everybody has to be decided on where there are others.
alter table flow_state add column groups_at timestamptz;
alter table flow_state add column groups_due boolean not null default true;

-- Which groups were made is looked for after each delivery.
create index change_group_made on change (flow, settled_at) where request->>'kind' = 'create-group';
