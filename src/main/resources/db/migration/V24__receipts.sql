-- What reading a leaver's account again showed after the change was done: confirmed, unread. None
-- where it was not read again.
alter table change add column read_back text;
