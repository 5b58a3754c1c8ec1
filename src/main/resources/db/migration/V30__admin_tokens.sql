-- Tokens of the admin API: programs that look after Tenure. A small table that everybody reads.
create table admin_token (
  prefix     text        primary key,             -- told in lists; says nothing of the secret
  name       text        not null unique,
  role       text        not null check (role in ('VIEWER', 'OPERATOR', 'ADMINISTRATOR')),
  hash       bytea       not null,                -- SHA-256 of the whole token
  made_at    timestamptz not null,
  expires_at timestamptz,
  seen_at    timestamptz                          -- to the minute
);
