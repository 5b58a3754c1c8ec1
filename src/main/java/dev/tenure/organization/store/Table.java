package dev.tenure.organization.store;

/// The table that the rows `u` of a statement are in.
public enum Table {
  USERS,
  GROUPS
}
