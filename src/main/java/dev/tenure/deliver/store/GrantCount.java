package dev.tenure.deliver.store;

import dev.tenure.id.FlowId;
import dev.tenure.plan.Grants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Counts who has which roles and licences in a flow's target, by what it and the flows beside it
/// saw there.
final class GrantCount {
  /// Accounts are counted in the index alone; of those that have the same, one is looked at.
  private static final String OWN =
      """
      select g.active, g.size, a.resource -> 'roles' as roles,
        a.resource -> 'entitlements' as entitlements
      from (
        select active, grants, count(*) as size from flow_account
        where flow = :flow and grants is not null group by active, grants) g
        cross join lateral (
          select resource from flow_account
          where flow = :flow and active = g.active and grants = g.grants limit 1) a\
      """;

  private static final String SWEPT =
      """
      select coalesce(max(swept_at), 'epoch') from flow_state where flow = :flow\
      """;

  private static final String ROWS =
      """
      select account, seen_at, active, resource -> 'roles' as roles,
        resource -> 'entitlements' as entitlements
      from flow_account
      where flow = :flow and\
      """;

  private static final String SINCE = ROWS + " seen_at > :since";
  private static final String THESE = ROWS + " account = any(:accounts)";

  private final Handle handle;
  private final FlowId flow;

  GrantCount(Handle handle, FlowId flow) {
    this.handle = handle;
    this.flow = flow;
  }

  /// What an account had when it was seen.
  private record Sight(Instant at, Grants grants) {
    Sight orLater(Sight other) {
      return other.at.isAfter(at) ? other : this;
    }
  }

  Map<Grants, Long> of(Set<FlowId> others) {
    var counts = new HashMap<Grants, Long>();
    Binding.flow(handle.createQuery(OWN), flow)
        .map((row, _) -> counts.merge(grants(row), row.getLong("size"), Long::sum))
        .forEach(_ -> {});
    if (!others.isEmpty()) correct(counts, others);
    counts.remove(Grants.NONE);
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  /// By what the others saw after this flow's last whole read.
  private void correct(Map<Grants, Long> counts, Set<FlowId> others) {
    var since = Binding.flow(handle.createQuery(SWEPT), flow).mapTo(Instant.class).one();
    var theirs = new HashMap<String, Sight>();
    for (var other : others) {
      Binding.flow(handle.createQuery(SINCE), other)
          .bind("since", since)
          .map((row, _) -> theirs.merge(row.getString("account"), sight(row), Sight::orLater))
          .forEach(_ -> {});
    }
    var ours = new HashMap<String, Sight>();
    Binding.flow(handle.createQuery(THESE), flow)
        .bind("accounts", theirs.keySet().toArray(String[]::new))
        .map((row, _) -> ours.put(row.getString("account"), sight(row)))
        .forEach(_ -> {});
    theirs.forEach((account, seen) -> {
      var own = ours.getOrDefault(account, new Sight(Instant.MIN, Grants.NONE));
      if (!seen.at().isAfter(own.at())) return;
      counts.merge(own.grants(), -1L, Long::sum);
      counts.merge(seen.grants(), 1L, Long::sum);
    });
  }

  private static Sight sight(ResultSet row) throws SQLException {
    Timestamp at = row.getTimestamp("seen_at");
    return new Sight(at.toInstant(), grants(row));
  }

  private static Grants grants(ResultSet row) throws SQLException {
    var account = JsonNodeFactory.instance.objectNode().put("active", row.getBoolean("active"));
    for (var name : List.of("roles", "entitlements")) {
      var value = row.getString(name);
      if (value != null) account.set(name, JsonMapper.shared().readTree(value));
    }
    return Grants.of(account);
  }
}
