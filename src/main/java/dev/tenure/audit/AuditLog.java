package dev.tenure.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Searches what was done.
public interface AuditLog {
  /// At most so many entries are answered.
  int ENTRIES_MAX = 10_000;

  /// What is looked for; everything that is given must fit. `log` is a whole name, or
  /// `organization/` or `flow/` for all of that kind, or empty for all. `person` also fits an entry
  /// whose subject is that. `action` is a whole name, or `change.` for all that start so. `from`
  /// inclusive, `to` exclusive. `countMax` is cut to [#ENTRIES_MAX].
  record Search(
      String log,
      Optional<String> person,
      Optional<String> actor,
      Optional<String> action,
      Optional<String> correlation,
      Optional<Instant> from,
      Optional<Instant> to,
      int countMax) {
    /// The newest entries of a log.
    public static Search newest(String log, int countMax) {
      return new Search(
          log,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          countMax);
    }
  }

  /// The entries that fit, newest first.
  List<AuditEntry> search(Search search);
}
