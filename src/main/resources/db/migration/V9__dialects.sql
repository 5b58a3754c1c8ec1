-- How clients of organizations speak SCIM, for people who look after them. Nodes add to the rows
-- every few seconds, beside the requests.
create table client_trait (
  organization text        not null,
  client       text        not null,
  credential   text        not null,          -- the beginning of a token's hash; '': access tokens
  trait        text        not null,          -- an oddity by its name; '': the requests themselves
  times        bigint      not null,
  first_seen   timestamptz not null,
  last_seen    timestamptz not null,
  agent        text        not null default '',  -- the last User-Agent, cut
  primary key (organization, client, credential, trait)
);
