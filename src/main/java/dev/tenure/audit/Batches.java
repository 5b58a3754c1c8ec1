package dev.tenure.audit;

import dev.tenure.audit.ChainStore.Batch;
import dev.tenure.audit.ChainStore.End;
import dev.tenure.audit.ChainStore.Waiting;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Brings rows into their places, and signs.
final class Batches {
  /// Between the checkpoints that are kept: who finds a broken one knows where to look.
  private static final int KEPT_ROWS = 1_000;

  private static final Duration KEPT_TIME = Duration.ofHours(1);

  private final Supplier<PublicKeys> open;
  private final Clock clock;
  private final RandomGenerator random;
  private final Map<String, Checkpoint> signedHere = new ConcurrentHashMap<>();

  /// `open`: the keys that may have signed what is there.
  Batches(Supplier<PublicKeys> open, Clock clock, RandomGenerator random) {
    this.open = open;
    this.clock = clock;
    this.random = random;
  }

  /// Throws [dev.tenure.problem.Problem.Found] with `AUDIT_BROKEN` where what is there is not what
  /// was signed: nothing is added to a chain that somebody bent.
  Batch seal(SigningKey key, End end, List<Waiting> waiting) {
    requireSigned(end);
    var chain = end.chain();
    var rows = new ArrayList<SealedRow>(waiting.size());
    for (var row : waiting) {
      rows.add(sealed(chain, row));
      chain = chain.with(rows.getLast().hash());
    }
    var now = now();
    var signed = Checkpoint.sign(chain, key, now);
    signedHere.put(chain.log(), signed);
    return new Batch(rows, chain, signed, kept(end, chain, now));
  }

  /// The statement of how a log ends, for an export. Throws as [#seal].
  Checkpoint exported(SigningKey key, End end, long checkpoints) {
    requireSigned(end);
    return Checkpoint.export(end.chain(), checkpoints, key, now());
  }

  private void requireSigned(End end) {
    var chain = end.chain();
    if (end.signed().isEmpty() && chain.seq() == 0) return;
    var known = Optional.ofNullable(signedHere.get(chain.log()));
    if (known.isPresent() && known.equals(end.signed()) && known.get().fits(chain)) return;
    var fitting = end.signed().filter(s -> s.fits(chain));
    if (fitting.isPresent() && open.get().objection(fitting.get()).isEmpty()) return;
    throw new Problem(
            Code.AUDIT_BROKEN,
            "the end of the log '" + chain.log() + "' is not what was signed",
            Map.of("log", chain.log(), "row", Long.toString(chain.seq())),
            "tenure audit verify " + chain.log() + "; new rows wait, none is lost")
        .found();
  }

  private SealedRow sealed(Chain chain, Waiting row) {
    var salt = new byte[Details.SALT_BYTES];
    random.nextBytes(salt);
    var details =
        new Details(HexFormat.of().formatHex(salt), row.subject(), row.person(), row.detail());
    var commitment = details.commitment();
    var seq = chain.seq() + 1;
    var hash = SealedRow.hash(chain.hash(), row.heading(), seq, commitment);
    return new SealedRow(row.heading(), seq, commitment, hash, Optional.of(details));
  }

  private static boolean kept(End end, Chain chain, Instant now) {
    return chain.seq() - end.keptSeq() >= KEPT_ROWS
        || end.keptAt().map(at -> at.plus(KEPT_TIME).isBefore(now)).orElse(true);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
