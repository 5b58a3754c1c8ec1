package dev.tenure.store;

import dev.tenure.database.Database;
import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.id.FlowId;
import dev.tenure.plan.Change;
import dev.tenure.plan.Lane;
import dev.tenure.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/// The changes of a plan, page by page in the order in which they are sent.
public final class ChangeStore {
  private static final String DEPARTMENT =
      """
      coalesce(p.record #>> '{attributes,department,0}',
        p.record #>> '{attributes,departmentNumber,0}', p.record #>> '{attributes,Department,0}',
        p.record #>> '{attributes,ou,0}')\
      """;

  private static final String PAGE =
      """
      select c.seq, c.lane, c.person, c.name, c.request ->> 'kind' as kind, c.account, c.reasons,
        c.held, c.cluster, c.state, c.attempts, c.problem, c.reference, c.settled_at
      from change c
      where c.flow = :flow and c.plan = :plan and c.seq > :after
        and (cast(:lane as smallint) is null or c.lane = :lane)
        and (cast(:state as text) is null or c.state = :state)
        and (cast(:cluster as text) is null or c.cluster = :cluster)
        and (cast(:reason as text) is null or exists (
          select from jsonb_array_elements(c.reasons) as r(v) where r.v ->> 'because' = :reason))
        and (cast(:who as text) is null
          or position(lower(:who) in lower(c.name || ' ' || c.person)) > 0)
        and (cast(:department as text) is null or exists (
          select from flow_person p where p.flow = :flow and p.person = c.person
            and @department = :department))
      order by c.seq limit :count\
      """
          .replace("@department", DEPARTMENT);

  private static final String CLUSTERS =
      """
      select cluster, count(*) as size, count(*) filter (where state = 'held') as held,
        count(*) filter (where state in ('waiting', 'leased')) as sendable,
        max(held_by_hand ->> 'by') filter (where state = 'held') as held_by,
        max(held_by_hand ->> 'reason') filter (where state = 'held') as reason
      from change where flow = :flow and plan = :plan and cluster <> ''
      group by cluster order by held desc, cluster limit 50\
      """;

  private static final String DEPARTMENTS =
      """
      select @department as name, count(*) as size
      from change c join flow_person p on p.flow = :flow and p.person = c.person
      where c.flow = :flow and c.plan = :plan group by 1 having @department is not null
      order by size desc, name limit 20\
      """
          .replace("@department", DEPARTMENT);

  private final Database database;

  public ChangeStore(Database database) {
    this.database = database;
  }

  /// One plan.
  public record Of(FlowId flow, PlanNumber plan) {}

  /// Which changes are shown; everything that is given must fit. `who`: a part of the name or key.
  public record Wanted(
      Optional<Lane> lane,
      Optional<ChangeState> state,
      Optional<String> cluster,
      Optional<String> reason,
      Optional<String> department,
      Optional<String> who,
      long after,
      int count) {
    /// The lane or state of this word, such as `mover-down`; absent where there is none.
    public static <E extends Enum<E>> Optional<E> named(Class<E> type, String word) {
      return Arrays.stream(type.getEnumConstants())
          .filter(c -> c.name().replace('_', '-').equalsIgnoreCase(word))
          .findFirst();
    }
  }

  /// A change as a page shows it: without what is sent.
  public record Row(
      int seq,
      Lane lane,
      String person,
      String name,
      String kind,
      Optional<String> account,
      List<Change.Reason> reasons,
      boolean held,
      String cluster,
      ChangeState state,
      int attempts,
      Optional<Problem> problem,
      Optional<String> reference,
      Optional<Instant> settledAt) {}

  /// Those after the last one of the page before.
  public List<Row> page(Of of, Wanted wanted) {
    return database
        .jdbi()
        .withHandle(h ->
            bound(h.createQuery(PAGE), of)
                .bind("after", wanted.after())
                .bind("lane", wanted.lane().map(Lane::rank).orElse(null))
                .bind("state", wanted.state().map(ChangeState::wire).orElse(null))
                .bind("cluster", wanted.cluster().orElse(null))
                .bind("reason", wanted.reason().orElse(null))
                .bind("department", wanted.department().orElse(null))
                .bind("who", wanted.who().orElse(null))
                .bind("count", wanted.count())
                .map((row, _) -> row(row))
                .list());
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getInt("seq"),
        Lane.of(row.getInt("lane")),
        row.getString("person"),
        row.getString("name"),
        row.getString("kind"),
        Optional.ofNullable(row.getString("account")),
        ChangeJson.reasons(ChangeJson.parse(row.getString("reasons"))),
        row.getBoolean("held"),
        row.getString("cluster"),
        ChangeState.of(row.getString("state")),
        row.getInt("attempts"),
        Optional.ofNullable(row.getString("problem"))
            .map(ChangeJson::parse)
            .map(ChangeJson::problem),
        Optional.ofNullable(row.getString("reference")),
        Optional.ofNullable(row.getTimestamp("settled_at")).map(t -> t.toInstant()));
  }

  /// What the guard found suspicious together, or somebody holds by hand; `held` of them still wait
  /// for an approval, `sendable` are still to be sent. `heldBy`: who holds some of it by hand;
  /// `reason`: why, it may be empty.
  public record Cluster(
      String name,
      long size,
      long held,
      long sendable,
      Optional<String> heldBy,
      Optional<String> reason) {}

  public List<Cluster> clusters(Of of) {
    return database
        .jdbi()
        .withHandle(h ->
            bound(h.createQuery(CLUSTERS), of)
                .map((row, _) ->
                    new Cluster(
                        row.getString("cluster"),
                        row.getLong("size"),
                        row.getLong("held"),
                        row.getLong("sendable"),
                        Optional.ofNullable(row.getString("held_by")),
                        Optional.ofNullable(row.getString("reason"))))
                .list());
  }

  /// So many changes have this in common.
  public record Facet(String name, long size) {}

  /// The departments with the most changes.
  public List<Facet> departments(Of of) {
    return database
        .jdbi()
        .withHandle(h ->
            bound(h.createQuery(DEPARTMENTS), of)
                .map((row, _) -> new Facet(row.getString("name"), row.getLong("size")))
                .list());
  }

  private static <S extends SqlStatement<S>> S bound(S statement, Of of) {
    return statement.bind("flow", of.flow().value()).bind("plan", of.plan().value());
  }
}
