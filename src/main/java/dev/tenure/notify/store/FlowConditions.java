package dev.tenure.notify.store;

import dev.tenure.notify.Condition;
import dev.tenure.notify.Kind;
import dev.tenure.notify.Notices.Ends;
import dev.tenure.notify.Notices.Look;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What is so with the flows of the configuration and their targets.
final class FlowConditions {
  /// So many clusters of a flow are told of.
  private static final int CLUSTERS_MAX = 50;

  /// So many leavers of a flow are looked at, the longest first.
  private static final int LEAVERS_MAX = 1_000;

  /// A cluster is called the same in the next plan.
  private static final String HELD =
      """
      select c.cluster, count(*) as size, max(c.plan) as plan, min(p.made_at) as since
      from change c join plan p on p.flow = :flow and p.number = c.plan
      where c.flow = :flow and c.state = 'held' and p.state in ('applying', 'applied', 'held')
      group by c.cluster order by c.cluster limit :max\
      """;

  /// As in `tenure receipts`, but a leaver whom a newer plan said again counts from the first plan
  /// since something was last done for them.
  private static final String LATE =
      """
      select count(*) as size, min(o.since) as since,
        array_agg(distinct hashtext(o.person)) as marks
      from (
        select c.person, (
          select min(q.made_at) from change e join plan q on q.flow = :flow and q.number = e.plan
          where e.flow = :flow and e.person = c.person and e.lane = 0
            and e.plan > coalesce((
              select max(d.plan) from change d
              where d.flow = :flow and d.person = c.person and d.state = 'done'), 0)) as since
        from (
          select person, plan, members from change
          where flow = :flow and lane = 0 and state in ('waiting', 'held')
          union all
          select person, plan, members from change
          where flow = :flow and lane = 0 and state = 'leased'
          union all
          select f.person, f.plan, f.members from change f
          where f.flow = :flow and f.lane = 0 and f.state in ('refused', 'dead') and not exists (
            select 1 from change n
            where n.flow = :flow and n.person = f.person and n.plan > f.plan
              and n.state <> 'superseded')) c
          join plan p on p.flow = :flow and p.number = c.plan
        where c.members = '[]' and p.state <> 'open'
        order by p.made_at, c.person limit :max) o
      where o.since < :before\
      """;

  private static final String FAILING =
      """
      select problem->>'code' as code from flow_state
      where flow = :flow and problem is not null\
      """;

  /// Who is in conflict, and what of the source could not be read.
  private static final String FINDINGS =
      """
      select f->>'code' as code, count(*) as size,
        array_agg(distinct hashtext(coalesce(f->'details'->>'person', f->>'message'))) as marks
      from flow_state s cross join lateral jsonb_array_elements(s.findings) f
      where s.flow = :flow and f->>'code' = any(cast(:codes as text[]))
      group by 1 order by 1\
      """;

  private static final String QUARANTINED =
      """
      select state->'quarantine'->>'since' as since, state->'quarantine'->'problem'->>'code' as code
      from target_state
      where target = :target and state->'quarantine' is not null\
      """;

  private static final String CONFLICT = "MATCH_CONFLICT";

  /// What is found where a source does not give all that it has.
  private static final List<String> UNREAD =
      List.of(
          "SOURCE_UNREACHABLE",
          "SOURCE_REFUSED",
          "SOURCE_TLS",
          "SOURCE_INCOMPLETE",
          "SOURCE_EMPTY",
          "SOURCE_FILE",
          "SOURCE_SHRUNK");

  private final Handle handle;
  private final Look look;
  private final List<Condition> found = new ArrayList<>();

  private FlowConditions(Handle handle, Look look) {
    this.handle = handle;
    this.look = look;
  }

  static List<Condition> of(Handle handle, Look look) {
    var conditions = new FlowConditions(handle, look);
    for (var ends : look.flows()) conditions.flow(ends.flow());
    conditions.targets();
    return conditions.found;
  }

  private void flow(String flow) {
    query(HELD, flow)
        .bind("max", CLUSTERS_MAX)
        .map((row, _) -> held(flow, row))
        .forEach(found::add);
    query(LATE, flow)
        .bind("max", LEAVERS_MAX)
        .bind("before", look.now().minus(look.thresholds().leaverLate()))
        .map((row, _) -> late(flow, row))
        .forEach(late -> late.ifPresent(found::add));
    var failure = query(FAILING, flow).mapTo(String.class).findOne();
    failure
        .filter(code -> !UNREAD.contains(code))
        .ifPresent(code -> found.add(coded(Kind.FLOW_FAILING, flow, code)));
    findings(flow, failure.filter(UNREAD::contains));
  }

  private Query query(String statement, String flow) {
    return handle.createQuery(statement).bind("flow", flow);
  }

  private static Condition held(String flow, ResultSet row) throws SQLException {
    var details = details(flow).put("cluster", row.getString("cluster"));
    details.put("plan", row.getLong("plan")).put("changes", row.getLong("size"));
    return new Condition(
        Kind.PLAN_HELD,
        "flow/" + flow + "/" + row.getString("cluster"),
        List.of(flow),
        true,
        instant(row.getTimestamp("since")),
        Set.of(),
        details);
  }

  private static Optional<Condition> late(String flow, ResultSet row) throws SQLException {
    long size = row.getLong("size");
    if (size == 0) return Optional.empty();
    var details = details(flow).put("leavers", size);
    return Optional.of(
        new Condition(
            Kind.LEAVER_LATE,
            "flow/" + flow,
            List.of(flow),
            true,
            instant(row.getTimestamp("since")),
            marks(row),
            details));
  }

  private static Condition coded(Kind kind, String flow, String code) {
    return new Condition(
        kind,
        "flow/" + flow,
        List.of(flow),
        true,
        Optional.empty(),
        Set.of(),
        details(flow).put("code", code));
  }

  private record Finding(String code, long size, Set<Integer> marks) {}

  private void findings(String flow, Optional<String> unread) {
    var codes = Stream.concat(Stream.of(CONFLICT), UNREAD.stream()).toArray(String[]::new);
    var findings =
        query(FINDINGS, flow)
            .bind("codes", codes)
            .map((row, _) -> new Finding(row.getString("code"), row.getLong("size"), marks(row)))
            .list();
    for (var finding : findings) {
      if (finding.code().equals(CONFLICT)) found.add(conflicts(flow, finding));
    }
    unread
        .or(() -> findings.stream().map(Finding::code).filter(c -> !c.equals(CONFLICT)).findFirst())
        .ifPresent(code -> found.add(coded(Kind.SOURCE_UNREADABLE, flow, code)));
  }

  private static Condition conflicts(String flow, Finding finding) {
    return new Condition(
        Kind.CONFLICTS,
        "flow/" + flow,
        List.of(flow),
        true,
        Optional.empty(),
        finding.marks(),
        details(flow).put("conflicts", finding.size()));
  }

  /// Of the flows that are configured; others may have left their row behind.
  private void targets() {
    Map<String, List<String>> flows =
        look.flows().stream()
            .collect(
                Collectors.groupingBy(
                    Ends::target, Collectors.mapping(Ends::flow, Collectors.toList())));
    flows.forEach((target, of) ->
        handle
            .createQuery(QUARANTINED)
            .bind("target", target)
            .map((row, _) -> quarantined(target, of, row))
            .forEach(found::add));
  }

  private static Condition quarantined(String target, List<String> flows, ResultSet row)
      throws SQLException {
    var details = JsonNodeFactory.instance.objectNode().put("target", target);
    details.put("code", row.getString("code"));
    return new Condition(
        Kind.TARGET_QUARANTINED,
        target.startsWith("organization/") ? target : "target/" + target,
        flows,
        true,
        Optional.of(Instant.parse(row.getString("since"))),
        Set.of(),
        details);
  }

  private static ObjectNode details(String flow) {
    return JsonNodeFactory.instance.objectNode().put("flow", flow);
  }

  private static Set<Integer> marks(ResultSet row) throws SQLException {
    return Marks.of(row.getArray("marks"));
  }

  private static Optional<Instant> instant(@Nullable Timestamp time) {
    return Optional.ofNullable(time).map(Timestamp::toInstant);
  }
}
