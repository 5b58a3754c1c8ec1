package dev.tenure.organization.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Runs statements that tell receivers what they do. Where nobody listens the lighter form does: it
/// finds that out by itself, and where somebody listens it does nothing. Which organizations are
/// listened to is remembered, so that these cost one round trip, too.
final class Telling {
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int REMEMBERED_MAX = 10_000;
  private final Cache<String, Boolean> heard =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(REMEMBERED_MAX).build();

  /// One statement in two forms: `quiet` has no effect where its organization has a stream, `aloud`
  /// always has, and tells.
  record Statement(String quiet, String aloud) {
    private static final String NOBODY =
        "not exists (select from signal_stream where organization = :organization)";

    /// `change` is the beginning: CTEs, the last of them `done`, that do nothing unless `@unheard`
    /// holds. `told` is the CTE of that name (see [SignalSql]), `rest` the end.
    static Statement of(String change, String told, String rest) {
      return new Statement(
          change.replace("@unheard", NOBODY) + rest,
          change.replace("@unheard", "true") + told + SignalSql.INSERT + rest);
    }

    /// The same statement with the claims of its part `rows` (see [UniqueStore#claiming]).
    Statement claiming(String rows, Table table) {
      return new Statement(
          UniqueStore.claiming(quiet, rows, table), UniqueStore.claiming(aloud, rows, table));
    }
  }

  /// Does the `work` with the statement's text. `undone` says of a result that nothing happened:
  /// because somebody listens, or because nothing was to be done.
  <T> T run(
      Map<String, @Nullable Object> values,
      Statement statement,
      Function<String, T> work,
      Predicate<T> undone) {
    var organization = String.valueOf(values.get("organization"));
    if (heard.getIfPresent(organization) == null) {
      var result = work.apply(statement.quiet());
      if (!undone.test(result)) return result;
    }
    var result = work.apply(statement.aloud());
    if (!undone.test(result)) heard.put(organization, true);
    return result;
  }
}
