-- What the console's pages ask for, so that none of them reads a whole table.
create index change_joined_left on change (flow, settled_at, lane)
  where state = 'done' and lane in (0, 2);
create index change_cluster on change (flow, plan, cluster) where cluster <> '';
create index audit_record_limited on audit_record (log, at) where action = 'request.limited';
create index flow_person_words on flow_person
  using gin (to_tsvector('simple', record -> 'attributes'));
