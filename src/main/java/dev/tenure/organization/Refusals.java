package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.RefusalStore;
import dev.tenure.organization.store.RefusalStore.RefusalRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what was refused into the organization's audit log.
///
/// A conflict is a row, always, and a missing right is one, up to 60 in a minute; they are there
/// before the client has its answer. Of wrong credentials and of requests over the limit the first
/// is a row; those that follow within a minute are counted, and the count is one row more at the
/// minute's end. So whoever hammers at the door writes two rows a minute, and makes no request of
/// the database while doing so. Counts of the last minute are lost if the process is killed.
public final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final long MINUTE = 60;
  private static final int REMOTES_MAX = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Executor BESIDE = work -> Thread.ofVirtual().start(work);

  private final RefusalStore store;
  private final Clock clock;
  private final Map<Key, Tally> tallies = new ConcurrentHashMap<>();
  private final Set<Thread> writing = ConcurrentHashMap.newKeySet();

  Refusals(Database database, Clock clock) {
    this.store = new RefusalStore(database);
    this.clock = clock;
  }

  /// Why a request was refused. `rows`: so many of them in a minute are rows of their own.
  public enum Kind {
    UNAUTHORIZED(401, "request.unauthorized", 1),
    FORBIDDEN(403, "request.forbidden", 60),
    CONFLICT(409, "request.conflict", Integer.MAX_VALUE),
    LIMITED(429, "request.limited", 1);

    private final int status;
    private final String action;
    private final int rows;

    Kind(int status, String action, int rows) {
      this.status = status;
      this.action = action;
      this.rows = rows;
    }

    public int status() {
      return status;
    }

    /// Whether the row is written before the answer is sent.
    private boolean first() {
      return this == FORBIDDEN || this == CONFLICT;
    }
  }

  /// A refused request. `client`: who called, as far as it is known. `facts`: method, path, reason;
  /// for a conflict `attribute`, `value`, `holder` and `person`.
  public record Refusal(
      Kind kind,
      OrganizationId organization,
      String client,
      String correlation,
      String remote,
      Map<String, String> facts) {}

  private record Key(OrganizationId organization, String client, Kind kind) {}

  /// What came within a minute.
  private static final class Tally {
    private final Instant begun;
    private final TreeSet<String> remotes = new TreeSet<>();
    private int rows;
    private long counted;

    Tally(Instant begun) {
      this.begun = begun;
    }
  }

  /// Writes or counts it.
  public void add(Refusal refusal) {
    if (!isRow(refusal)) return;
    if (refusal.kind().first()) {
      store.add(row(refusal));
    } else {
      writeBeside(row(refusal));
    }
  }

  /// Writes the counts that there are now, and waits for what is being written.
  public void flush() {
    tallies.keySet().forEach(this::close);
    try {
      for (var writer : List.copyOf(writing)) writer.join(PATIENCE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeBeside(RefusalRow row) {
    var writer =
        Thread.ofVirtual()
            .unstarted(() -> {
              write(row);
              writing.remove(Thread.currentThread());
            });
    writing.add(writer);
    writer.start();
  }

  private boolean isRow(Refusal refusal) {
    var key = new Key(refusal.organization(), refusal.client(), refusal.kind());
    if (refusal.kind().rows == Integer.MAX_VALUE) return true;
    var row = new boolean[1];
    tallies.compute(
        key,
        (_, known) -> {
          var tally = known == null ? begin(key) : known;
          row[0] = tally.rows < key.kind().rows;
          if (row[0]) {
            tally.rows++;
          } else {
            tally.counted++;
            if (tally.remotes.size() < REMOTES_MAX) tally.remotes.add(refusal.remote());
          }
          return tally;
        });
    return row[0];
  }

  private Tally begin(Key key) {
    CompletableFuture.delayedExecutor(MINUTE, TimeUnit.SECONDS, BESIDE).execute(() -> close(key));
    return new Tally(clock.instant());
  }

  private void close(Key key) {
    var tally = tallies.remove(key);
    if (tally != null && tally.counted > 0) write(row(key, tally));
  }

  private void write(RefusalRow row) {
    try {
      store.add(row);
    } catch (RuntimeException e) {
      LOG.error("a refusal could not be written to the audit log", e);
    }
  }

  private RefusalRow row(Refusal refusal) {
    var detail = new java.util.TreeMap<String, Object>(refusal.facts());
    var person = refusal.facts().getOrDefault("person", "");
    detail.remove("person");
    detail.put("status", refusal.kind().status());
    detail.put("remote", refusal.remote());
    return new RefusalRow(
        refusal.organization(),
        now(),
        refusal.client(),
        refusal.kind().action,
        person,
        refusal.correlation(),
        detail);
  }

  private RefusalRow row(Key key, Tally tally) {
    Map<String, Object> detail =
        Map.of(
            "status", key.kind().status(),
            "count", tally.counted,
            "from", tally.begun.truncatedTo(ChronoUnit.MILLIS).toString(),
            "remotes", List.copyOf(tally.remotes));
    return new RefusalRow(
        key.organization(), now(), key.client(), key.kind().action, "", "-", detail);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
