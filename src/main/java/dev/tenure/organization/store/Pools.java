package dev.tenure.organization.store;

import dev.tenure.database.Database;
import java.sql.Connection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Lets seats be taken. Where pools refuse what goes beyond their seats, takers queue at the pool:
/// a second one could not see what the first has taken. Elsewhere nobody waits for anybody.
final class Pools {
  private static final String LOCK =
      """
      select sku from licence_pool where organization = :organization and when_full = 'REFUSE'
      order by sku for update\
      """;

  private static final String USE =
      """
      select p.sku, p.seats, (select count(*) from seat s
        where s.organization = :organization and s.sku = p.sku) as used
      from licence_pool p where p.organization = :organization and p.when_full = 'REFUSE'\
      """;

  private final Database database;

  Pools(Database database) {
    this.database = database;
  }

  private record Use(String sku, int seats, long used) {}

  /// Does the work, which is one statement. Throws [PoolFull] where it took a seat that there is
  /// not; then it has done nothing.
  <T> T run(Terms terms, Function<Connection, T> work) {
    if (!terms.refuses()) return Raced.retried(() -> database.on(work));
    return Raced.retried(
        () -> database.jdbi().inTransaction(handle -> queued(handle, terms, work)));
  }

  private static <T> T queued(Handle handle, Terms terms, Function<Connection, T> work) {
    var values = Rows.of(terms.organization());
    handle.createQuery(LOCK).bindMap(values).mapTo(String.class).list();
    var before = use(handle, values);
    var result = work.apply(handle.getConnection());
    for (var after : use(handle, values).values()) {
      var earlier = before.get(after.sku());
      boolean took = earlier == null || after.used() > earlier.used();
      if (took && after.used() > after.seats()) throw new PoolFull(after.sku(), after.seats());
    }
    return result;
  }

  private static Map<String, Use> use(Handle handle, Map<String, @Nullable Object> values) {
    return handle
        .createQuery(USE)
        .bindMap(values)
        .map((row, _) -> new Use(row.getString("sku"), row.getInt("seats"), row.getLong("used")))
        .stream()
        .collect(Collectors.toMap(Use::sku, Function.identity()));
  }
}
