-- What is said of a flow's ends, apart from its rules: where only the rules differ, neither end is
-- read again.
alter table flow_state add column ends text;
