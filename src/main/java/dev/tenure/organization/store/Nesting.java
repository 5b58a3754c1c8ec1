package dev.tenure.organization.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.BelongSql.Depth;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/// Reads users with their groups. Most organizations have no groups in groups, and are spared the
/// search for them: what is read then tells whether that was right. Which organizations have some
/// is remembered, so that these cost one round trip, too.
final class Nesting {
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int REMEMBERED_MAX = 10_000;
  private final Cache<OrganizationId, Boolean> nested =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(REMEMBERED_MAX).build();

  /// Reads flatly, and deeper where that left something `unread`.
  <T> T read(OrganizationId organization, Function<Depth, T> reading, Predicate<T> unread) {
    if (nested.getIfPresent(organization) == null) {
      var result = reading.apply(Depth.FLAT);
      if (!unread.test(result)) return result;
      nested.put(organization, true);
    }
    return reading.apply(Depth.NESTED);
  }
}
