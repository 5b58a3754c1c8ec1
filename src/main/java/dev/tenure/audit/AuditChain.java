package dev.tenure.audit;

import dev.tenure.audit.Checkpoint.Purpose;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The chains of all logs: to seal, export, verify, and to erase what tells of a person.
public final class AuditChain {
  private static final Logger LOG = LoggerFactory.getLogger(AuditChain.class);
  private final ChainStore store;
  private final KeyFile keys;
  private final Batches batches;

  /// `random` makes salts: a `SecureRandom` outside of tests.
  public AuditChain(ChainStore store, KeyFile keys, Clock clock, RandomGenerator random) {
    this.store = store;
    this.keys = keys;
    this.batches = new Batches(store::keys, clock, random);
  }

  /// Makes the key where there is none.
  void prepare() {
    if (!keys.exists()) keys.current();
  }

  /// Seals all rows that wait, but for those of logs that somebody else is sealing. One log that
  /// fails stops no other; the first failure is thrown at the end.
  public void sealWaiting() {
    RuntimeException first = null;
    for (var log : store.waiting()) {
      try {
        seal(log);
      } catch (RuntimeException e) {
        LOG.debug("log {} could not be sealed", log, e);
        if (first == null) first = e;
      }
    }
    if (first != null) throw first;
  }

  private void seal(String log) {
    while (store.seal(log, sealing()).orElse(0) > 0) {
      // A batch is bounded; a log that grows while it is sealed is done when nothing waits.
    }
  }

  /// The key is known to everybody before it signs, whatever becomes of what it signs.
  private ChainStore.Sealing sealing() {
    var key = keys.current();
    return (end, rows) -> batches.seal(key, end, rows);
  }

  /// Writes a log, as far as it is sealed, as JSON lines, that [Export#verify] can read. Throws
  /// [Problem.Found] with `AUDIT_UNKNOWN`, and with `AUDIT_BROKEN` where its end is not what was
  /// signed.
  public void export(String log, OutputStream out) {
    requireKnown(log);
    store.read(log, new Writing(out, keys.current()));
  }

  /// Verifies a log where it is, with the keys that the database has, or better with some that were
  /// kept elsewhere. Throws [Problem.Found] with `AUDIT_UNKNOWN`.
  public Verdict verify(String log, Optional<PublicKeys> known) {
    requireKnown(log);
    var verifying = new Verifying(known.orElseGet(store::keys));
    store.read(log, verifying);
    return verifying.verdict();
  }

  /// How many rows of a log are not sealed yet.
  public long waiting(String log) {
    return store.waiting(log);
  }

  /// Erases what tells of a person in this log, or in all; gives the logs that had any. Who has the
  /// database's older backups still has it.
  public List<Erasure> erase(String person, Optional<String> log) {
    log.ifPresent(this::requireKnown);
    var erasures = new ArrayList<Erasure>();
    for (var name : log.map(Set::of).orElseGet(this::logs)) {
      var erasure = store.erase(name, person, sealing());
      if (erasure.rows() > 0) erasures.add(erasure);
    }
    return erasures;
  }

  /// Those that are not sealed yet, too.
  private Set<String> logs() {
    var logs = new TreeSet<>(store.logs());
    logs.addAll(store.waiting());
    return logs;
  }

  /// The keys that verify what was signed here.
  public PublicKeys keys() {
    keys.current();
    return store.keys();
  }

  /// Signs with a new key from now on. What the old one signed stays valid.
  public PublicKeys rotate() {
    keys.rotate();
    return store.keys();
  }

  private void requireKnown(String log) {
    var logs = store.logs();
    if (logs.contains(log)) return;
    throw new Problem(
            Code.AUDIT_UNKNOWN,
            "there is no log '" + log + "'",
            Map.of("logs", String.join(" ", logs)),
            "use one of these")
        .found();
  }

  /// Writes lines.
  private final class Writing implements ChainStore.Visitor {
    private final OutputStream out;
    private final SigningKey key;

    Writing(OutputStream out, SigningKey key) {
      this.out = out;
      this.key = key;
    }

    @Override
    public boolean end(ChainStore.End end, long checkpoints) {
      return write(new ExportLine.Signed(batches.exported(key, end, checkpoints)));
    }

    @Override
    public boolean row(SealedRow row) {
      return write(new ExportLine.Row(row));
    }

    @Override
    public boolean checkpoint(Checkpoint checkpoint) {
      return write(new ExportLine.Signed(checkpoint));
    }

    private boolean write(ExportLine line) {
      try {
        out.write(Hash.utf8(line.text() + "\n"));
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Verifies what is read, up to the first row that is broken.
  private static final class Verifying implements ChainStore.Visitor {
    private final PublicKeys open;
    private Optional<Verification> verification = Optional.empty();
    private Optional<Verdict.Broken> broken = Optional.empty();

    Verifying(PublicKeys open) {
      this.open = open;
    }

    @Override
    public boolean end(ChainStore.End end, long checkpoints) {
      if (end.signed().isEmpty()) {
        broken = Optional.of(new Verdict.Broken(0, 0, "the end of the log is not signed"));
        return false;
      }
      var begun = Verification.of(end.signed().get(), Purpose.CHECKPOINT, open);
      verification = Optional.of(begun);
      broken = begun.begin();
      return broken.isEmpty();
    }

    @Override
    public boolean row(SealedRow row) {
      broken = verification.orElseThrow().next(row);
      return broken.isEmpty();
    }

    @Override
    public boolean checkpoint(Checkpoint checkpoint) {
      broken = verification.orElseThrow().next(checkpoint);
      return broken.isEmpty();
    }

    Verdict verdict() {
      return broken.isPresent() ? broken.get() : verification.orElseThrow().end();
    }
  }
}
