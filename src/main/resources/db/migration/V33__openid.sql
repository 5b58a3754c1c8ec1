-- Sessions of people for whom an OpenID provider vouched: they have no row in console_user.
alter table console_session
  add column provider text,                       -- fingerprint of what was configured then
  add column role     text check (role in ('VIEWER', 'OPERATOR', 'ADMINISTRATOR')),
  add column id_token text,                       -- names the session there, for its end
  add constraint console_session_external check ((provider is null) = (role is null));
