package dev.tenure.audit;

import dev.tenure.audit.SealedRow.Heading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// Where the chains are kept.
public interface ChainStore {
  /// A row that is not sealed yet.
  record Waiting(Heading heading, String subject, Optional<String> person, JsonNode detail) {}

  /// The end of a chain, and the signature over it; none where it has no row. `keptSeq` and
  /// `keptAt` tell of the last checkpoint that was kept.
  record End(Chain chain, Optional<Checkpoint> signed, long keptSeq, Optional<Instant> keptAt) {
    /// The end of a chain without a row.
    public static End of(String log) {
      return new End(Chain.begin(log), Optional.empty(), 0, Optional.empty());
    }
  }

  /// Rows in their places, and the signature over what the chain then is. `kept`: whether this
  /// checkpoint stays when the next one is made.
  record Batch(List<SealedRow> rows, Chain chain, Checkpoint signed, boolean kept) {}

  /// How rows come to their places. `rows` is never empty.
  interface Sealing {
    Batch seal(End end, List<Waiting> rows);
  }

  /// What is read of a log, in order: its end, then rows and, after the row that each is of,
  /// checkpoints.
  interface Visitor {
    /// So many checkpoints will follow. False: no more of it is wanted.
    boolean end(End end, long checkpoints);

    boolean row(SealedRow row);

    boolean checkpoint(Checkpoint checkpoint);
  }

  /// Some of the logs with rows that are not sealed.
  List<String> waiting();

  /// How many rows of this log are not sealed.
  long waiting(String log);

  /// All logs, by name.
  List<String> logs();

  /// Seals some of the waiting rows of a log, all or none of them; gives their number. Absent where
  /// somebody else is sealing this log.
  OptionalInt seal(String log, Sealing sealing);

  /// Erases the details of all rows of this person in a log, and seals what tells of it, at once.
  /// `person`: a key, a userName or the id of an account; whatever goes under the same id as a row
  /// of this name counts as theirs.
  Erasure erase(String log, String person, Sealing sealing);

  /// Reads a log as it is at one moment. What is read survives even a crash of the database.
  void read(String log, Visitor visitor);

  /// All keys that ever signed, the oldest first.
  PublicKeys keys();

  /// Adds a key; one that is known stays as it is.
  void add(PublicKeys.Entry key);

  /// Another key takes this one's place.
  void retire(String key, Instant at);
}
