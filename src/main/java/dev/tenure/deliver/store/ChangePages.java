package dev.tenure.deliver.store;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.Choice;
import dev.tenure.deliver.PlanChanges.Cluster;
import dev.tenure.deliver.PlanChanges.Facet;
import dev.tenure.deliver.PlanChanges.Row;
import dev.tenure.deliver.PlanChanges.Standing;
import dev.tenure.deliver.PlanChanges.Wanted;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.id.FlowId;
import dev.tenure.plan.Lane;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// The changes of a plan, page by page in the order in which they are sent.
final class ChangePages {
  private static final String DEPARTMENT =
      """
      coalesce(p.record #>> '{attributes,department,0}',
        p.record #>> '{attributes,departmentNumber,0}', p.record #>> '{attributes,Department,0}',
        p.record #>> '{attributes,ou,0}')\
      """;

  /// The changes `c` of a choice that [#chosen] binds.
  static final String CHOSEN =
      """
        and (cast(:lane as smallint) is null or c.lane = :lane)
        and (cast(:cluster as text) is null or c.cluster = :cluster)
        and (cast(:because as text) is null or exists (
          select from jsonb_array_elements(c.reasons) as r(v) where r.v ->> 'because' = :because))
        and (cast(:who as text) is null
          or position(lower(:who) in lower(c.name || ' ' || c.person)) > 0)
        and (cast(:department as text) is null or exists (
          select from flow_person p where p.flow = :flow and p.person = c.person
            and @department = :department))
      """
          .replace("@department", DEPARTMENT);

  private static final String PAGE =
      """
      select c.seq, c.lane, c.person, c.name, c.request ->> 'kind' as kind, c.account, c.reasons,
        c.held, c.cluster, c.state, c.attempts, c.problem, c.reference, c.settled_at
      from change c
      where c.flow = :flow and c.plan = :plan and c.seq > :after
        and (cast(:state as text) is null or c.state = :state)
      @chosen
      order by c.seq limit :count\
      """
          .replace("@chosen", CHOSEN);

  private static final String STANDING =
      """
      select count(*) filter (where c.state = 'held') as held,
        count(*) filter (where c.state in ('waiting', 'leased')) as sendable
      from change c
      where c.flow = :flow and c.plan = :plan and c.state in ('held', 'waiting', 'leased')
      @chosen\
      """
          .replace("@chosen", CHOSEN);

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

  private final Handle handle;
  private final FlowId flow;
  private final PlanNumber plan;

  ChangePages(Handle handle, FlowId flow, PlanNumber plan) {
    this.handle = handle;
    this.flow = flow;
    this.plan = plan;
  }

  List<Row> page(Wanted wanted) {
    return chosen(bound(handle.createQuery(PAGE)), wanted.choice())
        .bind("after", wanted.after())
        .bind("state", wanted.state().map(ChangeState::wire).orElse(null))
        .bind("count", wanted.count())
        .map((row, _) -> row(row))
        .list();
  }

  Standing standing(Choice choice) {
    return chosen(bound(handle.createQuery(STANDING)), choice)
        .map((row, _) -> new Standing(row.getLong("held"), row.getLong("sendable")))
        .one();
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

  List<Cluster> clusters() {
    return bound(handle.createQuery(CLUSTERS))
        .map((row, _) ->
            new Cluster(
                row.getString("cluster"),
                row.getLong("size"),
                row.getLong("held"),
                row.getLong("sendable"),
                Optional.ofNullable(row.getString("held_by")),
                Optional.ofNullable(row.getString("reason"))))
        .list();
  }

  List<Facet> departments() {
    return bound(handle.createQuery(DEPARTMENTS))
        .map((row, _) -> new Facet(row.getString("name"), row.getLong("size")))
        .list();
  }

  /// Binds what [#CHOSEN] asks for, but `:flow`.
  static <S extends SqlStatement<S>> S chosen(S statement, Choice choice) {
    return statement
        .bind("lane", choice.lane().map(Lane::rank).orElse(null))
        .bind("cluster", choice.cluster().orElse(null))
        .bind("because", choice.because().orElse(null))
        .bind("department", choice.department().orElse(null))
        .bind("who", choice.who().orElse(null));
  }

  private <S extends SqlStatement<S>> S bound(S statement) {
    return Binding.flow(statement, flow).bind("plan", plan.value());
  }
}
