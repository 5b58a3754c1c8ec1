-- Who looks after Tenure: people who sign in to the console. Small tables that everybody reads.
create table console_user (
  name        text        primary key,
  role        text        not null check (role in ('VIEWER', 'OPERATOR', 'ADMINISTRATOR')),
  password    text        not null,               -- Argon2id, as a PHC string
  made_at     timestamptz not null,
  password_at timestamptz not null,
  temporary   boolean     not null                -- somebody else knows this password
);

-- Somebody who is signed in; removed with the user by the statement that removes the user.
create table console_session (
  hash     bytea       primary key,               -- SHA-256 of what the cookie says
  name     text        not null,
  begun_at timestamptz not null,
  seen_at  timestamptz not null,                  -- to the minute
  remote   text        not null,
  agent    text        not null
);
create index console_session_of_user on console_session (name);

-- Sign-ins that failed, by who was named and from where.
create table console_failure (
  key      text        primary key,
  failures integer     not null,
  last_at  timestamptz not null
);
