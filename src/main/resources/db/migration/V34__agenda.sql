-- What the rules said of each person, and when to ask them again, apart from the person's record:
-- it changes with every decision, and the record has indexes that are expensive to write.
create table flow_agenda (
  flow           text        not null,
  person         text        not null,
  due_at         timestamptz,                      -- the rules are asked again
  open           boolean     not null default false,   -- in doubt, or waits for somebody
  standing       text,                             -- in, left, unclear, protected
  standing_since timestamptz,
  primary key (flow, person),
  foreign key (flow, person) references flow_person on delete cascade
);
insert into flow_agenda (flow, person, due_at, open, standing, standing_since)
select flow, person, due_at, open, standing, standing_since from flow_person;
create index flow_agenda_due on flow_agenda (flow, due_at) where due_at is not null;
create index flow_agenda_open on flow_agenda (flow) where open;

alter table flow_person drop column due_at, drop column open, drop column standing,
  drop column standing_since;
