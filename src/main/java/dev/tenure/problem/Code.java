package dev.tenure.problem;

/// The stable names of problems. Each has its entry in `docs/problems.md` (a test compares them)
/// and the exit code of a command that ends with it: 1 failed, 2 usage or configuration, 3 a guard
/// holds something back.
public enum Code {
  USAGE(2),
  CONFIG_MISSING(2),
  CONFIG_SYNTAX(2),
  CONFIG_UNKNOWN_KEY(2),
  CONFIG_VALUE(2),
  CONFIG_REQUIRED(2),
  CONFIG_REFERENCE(2),
  CONFIG_SECRET(2),
  MAP_EXPRESSION(2),
  MAP_ATTRIBUTE(2),
  MAP_NO_ENTRY(1),
  MAP_FAILED(1),
  MAP_REQUIRED(1),
  MAP_NOT_UNIQUE(1),
  MAP_TEST_FAILED(1),
  SOURCE_UNREACHABLE(1),
  SOURCE_REFUSED(1),
  SOURCE_TLS(1),
  SOURCE_INCOMPLETE(1),
  SOURCE_EMPTY(1),
  SOURCE_ROW(1),
  SOURCE_FILE(1),
  SOURCE_DUPLICATE_KEY(1),
  SOURCE_SHRUNK(1),
  SOURCE_CHANGED(1),
  SOURCE_BEHIND(1),
  SOURCE_FOREIGN(1),
  TARGET_UNREACHABLE(1),
  TARGET_REFUSED(1),
  TARGET_INCOMPLETE(1),
  TARGET_BUSY(1),
  MATCH_CONFLICT(1),
  ACCOUNT_FOREIGN(1),
  CHANGE_STALE(1),
  CHANGE_REFUSED(1),
  CHANGE_UNKNOWN(1),
  GUARD_HELD(3),
  PLAN_UNKNOWN(2),
  PERSON_UNKNOWN(1),
  PLAN_OUTDATED(1),
  CLUSTER_UNKNOWN(2),
  CONFLICT_UNKNOWN(2),
  UNDO_IMPOSSIBLE(1),
  FLOW_BUSY(1),
  AUDIT_UNKNOWN(2),
  AUDIT_BROKEN(1),
  AUDIT_KEY(2),
  ORGANIZATION_UNKNOWN(2),
  ORGANIZATION_EXISTS(2),
  ORGANIZATION_PART_UNKNOWN(2),
  CLIENT_UNKNOWN(2),
  CLIENT_EXISTS(2),
  DECLARED_IN_FILE(2),
  TLS_UNUSABLE(1),
  PORT_IN_USE(1),
  DATA_IN_USE(1),
  DATA_NOT_WRITABLE(1),
  DATA_NEWER(1),
  DATA_DAMAGED(1),
  DISK_FULL(1),
  DATABASE_UNREACHABLE(1),
  DATABASE_TOO_OLD(1),
  DATABASE_START(1),
  PLATFORM_UNSUPPORTED(1),
  INTERNAL(1);

  private final int exit;

  Code(int exit) {
    this.exit = exit;
  }

  /// The exit code of a command that this problem ends.
  public int exit() {
    return exit;
  }
}
