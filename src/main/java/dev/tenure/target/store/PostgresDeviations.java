package dev.tenure.target.store;

import dev.tenure.id.Correlation;
import dev.tenure.target.Deviation;
import dev.tenure.target.DeviationBook;
import dev.tenure.target.Deviations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/// A row for each deviation of a target. It counts for [#COUNTS], so that a target that was mended
/// is found out.
public final class PostgresDeviations implements DeviationBook {
  /// How long a deviation is believed after it was last seen.
  public static final Duration COUNTS = Duration.ofDays(30);

  private static final String LOG = "system/targets";

  /// Other nodes learn too: so long nobody asks for what they know.
  private static final Duration FRESH = Duration.ofMinutes(1);

  /// The log is told where nothing was known.
  private static final String LEARN =
      """
      with before as (
        select seen_at from target_deviation
        where target = :target and deviation = :deviation and seen_at > :since::timestamptz),
      seen as (
        insert into target_deviation (target, deviation, seen_at, words)
        values (:target, :deviation, :now::timestamptz, :words)
        on conflict (target, deviation) do update
          set seen_at = excluded.seen_at, words = excluded.words)
      insert into audit_entry (log, actor, action, subject, correlation, detail)
      select :log, :actor, 'target.deviates', :target, :correlation,
        jsonb_build_object('deviation', :deviation::text, 'answer', :words::text)
      where not exists (select 1 from before)\
      """;

  private static final String KNOWN =
      """
      select deviation from target_deviation
      where target = :target and seen_at > :since::timestamptz\
      """;

  private static final String ALL =
      """
      select target, deviation, seen_at, words from target_deviation
      where seen_at > :since::timestamptz
      order by target, deviation\
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  public PostgresDeviations(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public Deviations of(String target) {
    return new OfTarget(target);
  }

  @Override
  public List<Seen> all() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(ALL)
            .bind("since", since())
            .map((row, _) ->
                new Seen(
                    row.getString("target"),
                    Deviation.valueOf(row.getString("deviation")),
                    row.getTimestamp("seen_at").toInstant(),
                    row.getString("words")))
            .list());
  }

  private Instant since() {
    return clock.instant().minus(COUNTS);
  }

  /// Remembers for a moment what it read.
  private final class OfTarget implements Deviations {
    private final String target;
    private volatile Read read = new Read(Set.of(), Instant.MIN);

    private record Read(Set<Deviation> known, Instant until) {}

    OfTarget(String target) {
      this.target = target;
    }

    @Override
    public Set<Deviation> known() {
      var now = clock.instant();
      if (now.isBefore(read.until())) return read.known();
      var known =
          jdbi.withHandle(handle ->
              handle
                  .createQuery(KNOWN)
                  .bind("target", target)
                  .bind("since", since())
                  .mapTo(String.class)
                  .map(Deviation::valueOf)
                  .collect(Collectors.toUnmodifiableSet()));
      read = new Read(known, now.plus(FRESH));
      return known;
    }

    @Override
    public void learned(Deviation deviation, String words) {
      var correlation = Correlation.current();
      jdbi.useHandle(handle ->
          handle
              .createUpdate(LEARN)
              .bind("log", LOG)
              .bind("target", target)
              .bind("deviation", deviation.name())
              .bind("now", clock.instant())
              .bind("since", since())
              .bind("words", words)
              .bind("actor", correlation.actor())
              .bind("correlation", correlation.id())
              .execute());
      read = new Read(Set.of(), Instant.MIN);
    }
  }
}
