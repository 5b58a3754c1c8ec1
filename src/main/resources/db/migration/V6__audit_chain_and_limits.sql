-- The audit log as a chain, and the rate limits of clients.

-- A change writes into `audit_entry`. The sealer moves the rows of a log from there, in batches, into
-- `audit_record`, where each has its place in the chain: the place is given when a row is sealed, so
-- it does not matter in which order transactions commit. What still stands in `audit_entry` is not
-- sealed yet; nothing has to remember how far the sealer came.
drop index audit_entry_subject;
drop index audit_entry_person;
alter table audit_entry set
  (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- `hash` covers the hash before it and the columns from `log` to `commitment`. `commitment` covers
-- the salt and the columns after it, which may tell of persons: they can be erased (null), and the
-- chain still holds.
create table audit_record (
  log         text        not null,
  seq         bigint      not null,          -- from 1, without a gap
  id          bigint      not null,          -- as it was in audit_entry
  at          timestamptz not null,
  actor       text        not null,
  action      text        not null,
  correlation text        not null,
  commitment  bytea       not null,
  hash        bytea       not null,
  salt        bytea,                         -- null: erased, with all that follows
  subject     text,
  person      text,
  detail      jsonb,
  primary key (log, seq)
);
create index audit_record_at on audit_record (log, at);
create index audit_record_subject on audit_record (log, subject, seq) where subject is not null;
create index audit_record_person on audit_record (log, person, seq) where person is not null;
create index audit_record_correlation on audit_record (log, correlation);

-- Everything, whether it is sealed already or not.
create view audit_trail as
  select log, id, cast(null as bigint) as seq, at, actor, action, subject, person, correlation,
    detail, false as erased
  from audit_entry
  union all
  select log, id, seq, at, actor, action, coalesce(subject, ''), person, correlation,
    coalesce(detail, '{}'), salt is null
  from audit_record;

-- The end of each chain, with the signature over it. `frontier`: the roots of the perfect subtrees
-- of the Merkle tree (RFC 9162 §2.1), the largest first.
create table audit_chain (
  log            text        primary key,
  seq            bigint      not null default 0,
  hash           bytea       not null default decode(repeat('00', 32), 'hex'),
  frontier       bytea       not null default '',
  kept_seq       bigint      not null default 0,   -- the last one in audit_checkpoint
  kept_at        timestamptz,
  root           bytea,
  signed_at      timestamptz,
  key            text,
  signature      bytea
);

create table audit_checkpoint (
  log       text        not null,
  seq       bigint      not null,
  hash      bytea       not null,
  root      bytea       not null,
  at        timestamptz not null,
  key       text        not null,
  signature bytea       not null,
  primary key (log, seq)
);

-- The public halves of the keys that sign: a small table that everybody reads.
create table audit_key (
  key     text        primary key,
  public  bytea       not null,                  -- SubjectPublicKeyInfo
  made    timestamptz not null,
  retired timestamptz
);

-- Even the owner of these tables changes nothing that the chain covers (a superuser could).
revoke update, truncate on audit_entry from current_user;
revoke update, delete, truncate on audit_record, audit_checkpoint from current_user;
grant update (salt, subject, person, detail) on audit_record to current_user;

-- The nodes that share this database: a small table that everybody reads.
create table node (
  node text        primary key,
  seen timestamptz not null
);

-- What is configured; the row without a client is that of all clients. 0 per minute: no limit.
create table rate_limit (
  organization text    not null,
  client       text    not null default '',
  per_minute   integer not null,
  burst        integer not null,
  by_window    boolean not null,                 -- minute by minute instead of continuously
  flows        boolean not null default false,   -- holds for flows, too
  primary key (organization, client)
);

-- What several nodes draw from. `drawn`: the size of the last draw.
create table client_budget (
  organization text             not null,
  client       text             not null,
  tokens       double precision not null,
  at           timestamptz      not null,
  drawn        integer          not null,
  primary key (organization, client)
);
