-- A filter over names, departments and whether a user is active is answered from this index alone:
-- it is a fourth of the table's size.
drop index scim_user_by_display_name;
create index scim_user_by_display_name on scim_user (organization, display_name_key, id)
  include (active, department_key);
