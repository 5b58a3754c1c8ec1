package dev.tenure.audit;

import dev.tenure.audit.Checkpoint.Purpose;
import dev.tenure.audit.Verdict.Broken;
import dev.tenure.audit.Verdict.Intact;
import java.util.BitSet;
import java.util.Optional;

/// Goes through a log from its beginning: first the statement of how it ends, then each row in
/// order, with the checkpoints between them. Memory: a bit for each row.
final class Verification {
  /// The action of the row that names those whose details were erased, in `detail.rows`.
  static final String ERASED = "person.erased";

  private final PublicKeys keys;
  private final Checkpoint end;
  private final Purpose purpose;
  private final BitSet erased = new BitSet();
  private final BitSet told = new BitSet();
  private Chain chain;
  private long signed;
  private long checkpoints;
  private long line = 1;

  private Verification(PublicKeys keys, Checkpoint end, Purpose purpose) {
    this.keys = keys;
    this.end = end;
    this.purpose = purpose;
    this.chain = Chain.begin(end.log());
  }

  /// Begins; `end` says how the log ends, and `purpose` for what it must have been said.
  static Verification of(Checkpoint end, Purpose purpose, PublicKeys keys) {
    return new Verification(keys, end, purpose);
  }

  /// What is wrong with the statement of how the log ends.
  Optional<Broken> begin() {
    if (end.purpose() != purpose) {
      return Optional.of(broken(0, "this says nothing about the end of a log"));
    }
    return keys.objection(end)
        .map(objection -> broken(0, "the statement of how the log ends " + objection));
  }

  /// The place of the row that must come next.
  long expected() {
    return chain.seq() + 1;
  }

  /// The next row.
  Optional<Broken> next(SealedRow row) {
    line++;
    var expected = chain.seq() + 1;
    if (row.seq() > expected)
      return Optional.of(broken(expected, "row " + expected + " is missing"));
    if (row.seq() < expected) {
      return Optional.of(
          broken(expected, "row " + row.seq() + " stands where row " + expected + " belongs"));
    }
    if (row.seq() > end.seq()) {
      return Optional.of(broken(expected, "the log ended with row " + end.seq()));
    }
    if (!row.after(chain.hash()).equals(row.hash())) {
      return Optional.of(broken(expected, "row " + expected + " is not what was chained"));
    }
    var details = row.details();
    if (details.isPresent() && !details.get().commitment().equals(row.commitment())) {
      return Optional.of(broken(expected, "the details of row " + expected + " were changed"));
    }
    chain = chain.with(row.hash());
    return remember(row);
  }

  /// The checkpoint that stands after the last row.
  Optional<Broken> next(Checkpoint checkpoint) {
    line++;
    var first = signed + 1;
    if (checkpoint.purpose() != Purpose.CHECKPOINT) {
      return Optional.of(broken(chain.seq() + 1, "a second first line"));
    }
    var objection = keys.objection(checkpoint);
    if (objection.isPresent()) {
      return Optional.of(broken(first, "the checkpoint " + objection.get()));
    }
    if (!checkpoint.fits(chain)) {
      return Optional.of(
          broken(
              first, "the checkpoint of row " + checkpoint.seq() + " was signed over other rows"));
    }
    signed = checkpoint.seq();
    checkpoints++;
    return Optional.empty();
  }

  /// What it came to when nothing follows.
  Verdict end() {
    line++;
    if (chain.seq() < end.seq()) {
      var missing = chain.seq() + 1;
      return broken(missing, "row " + missing + " is missing, and all after it");
    }
    if (!end.fits(chain)) return broken(signed + 1, "the log was signed over other rows");
    if (purpose == Purpose.EXPORT && checkpoints != end.checkpoints()) {
      return broken(0, "there were " + end.checkpoints() + " checkpoints, not " + checkpoints);
    }
    var erasedRows = erased.cardinality();
    erased.andNot(told);
    if (!erased.isEmpty()) {
      var row = erased.nextSetBit(0);
      return new Broken(
          0, row, "the details of row " + row + " are gone, and no erasure tells why");
    }
    return new Intact(end.log(), chain.seq(), erasedRows, end.at());
  }

  private Optional<Broken> remember(SealedRow row) {
    if (row.details().isEmpty()) erased.set(Math.toIntExact(row.seq()));
    if (row.heading().action().equals(ERASED)) {
      row.details()
          .ifPresent(d -> Erasure.rows(d.detail()).forEach(range -> tell(range, row.seq())));
    }
    return Optional.empty();
  }

  /// A row tells of rows before it only.
  private void tell(Erasure.Range range, long before) {
    var from = Math.clamp(range.first(), 0, before);
    var to = Math.clamp(range.last() + 1, from, before);
    told.set(Math.toIntExact(from), Math.toIntExact(to));
  }

  private Broken broken(long row, String what) {
    return new Broken(line, row, what);
  }
}
