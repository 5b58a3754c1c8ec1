package dev.tenure.flow.store;

import dev.tenure.flow.Agenda;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.node.JsonNodeFactory;

/// Rows of `flow_agenda`.
public final class PostgresAgenda implements Agenda {
  private static final int ROWS_PER_STATEMENT = 5000;

  private static final String DUE =
      """
      select person from flow_agenda
      where flow = :flow and due_at <= cast(:by as timestamptz)
      order by due_at, person limit :count\
      """;

  private static final String NEXT_DUE =
      """
      select min(due_at) from flow_agenda where flow = :flow and due_at is not null\
      """;

  private static final String OPEN =
      """
      select person from flow_agenda where flow = :flow and open order by person limit :count\
      """;

  private static final String AHEAD =
      """
      select a.person from flow_agenda a join flow_person p using (flow, person)
      where a.flow = :flow and p.gone_at is null and (a.due_at is not null or a.open)
      order by a.due_at nulls first, a.person limit :count\
      """;

  private static final String ADD =
      """
      update flow_agenda
      set due_at = least(coalesce(due_at, 'infinity'), cast(:due as timestamptz))
      where flow = :flow and person = any(:people)\
      """;

  /// Only rows that differ are written: most people are decided on again and again alike.
  private static final String SETTLE =
      """
      update flow_agenda p
      set due_at = n.due_at, open = n.open, standing = n.standing,
        standing_since = case when p.standing is distinct from n.standing
          then cast(:at as timestamptz) else p.standing_since end
      from jsonb_to_recordset(cast(:rows as jsonb))
        as n(person text, due_at timestamptz, open boolean, standing text)
      where p.flow = :flow and p.person = n.person
        and (p.due_at is null or p.due_at <= cast(:at as timestamptz) or p.due_at > n.due_at
          or p.standing is null)
        and (p.due_at, p.open, p.standing) is distinct from (n.due_at, n.open, n.standing)\
      """;

  private static final String LEFT_SINCE =
      """
      select person, standing_since from flow_agenda
      where flow = :flow and person = any(:people) and standing = 'left'\
      """;

  private static final String COUNTS =
      """
      select a.standing, count(*) from flow_agenda a join flow_person p using (flow, person)
      where a.flow = :flow and p.gone_at is null and a.standing is not null group by a.standing\
      """;

  private final Jdbi jdbi;

  public PostgresAgenda(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<PersonKey> due(FlowId flow, Instant by, int countMax) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(DUE)
            .bind("flow", flow.value())
            .bind("by", by)
            .bind("count", countMax)
            .map((row, _) -> new PersonKey(row.getString("person")))
            .list());
  }

  @Override
  public Optional<Instant> nextDue(FlowId flow) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(NEXT_DUE)
            .bind("flow", flow.value())
            .map((row, _) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant))
            .one());
  }

  @Override
  public List<PersonKey> open(FlowId flow, int countMax) {
    return people(OPEN, flow, countMax);
  }

  @Override
  public List<PersonKey> ahead(FlowId flow, int countMax) {
    return people(AHEAD, flow, countMax);
  }

  private List<PersonKey> people(String sql, FlowId flow, int countMax) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(sql)
            .bind("flow", flow.value())
            .bind("count", countMax)
            .map((row, _) -> new PersonKey(row.getString("person")))
            .list());
  }

  @Override
  public void add(FlowId flow, Collection<PersonKey> people, Instant dueAt) {
    if (people.isEmpty()) return;
    jdbi.useHandle(handle ->
        handle
            .createUpdate(ADD)
            .bind("flow", flow.value())
            .bind("people", texts(people))
            .bind("due", dueAt)
            .execute());
  }

  private static String[] texts(Collection<PersonKey> people) {
    return people.stream().map(PersonKey::value).toArray(String[]::new);
  }

  @Override
  public void settle(FlowId flow, Collection<Settled> people, Instant at) {
    var all = new ArrayList<>(people);
    for (var from = 0; from < all.size(); from += ROWS_PER_STATEMENT) {
      var rows = rows(all.subList(from, Math.min(from + ROWS_PER_STATEMENT, all.size())));
      jdbi.useHandle(handle ->
          handle
              .createUpdate(SETTLE)
              .bind("flow", flow.value())
              .bind("rows", rows)
              .bind("at", at)
              .execute());
    }
  }

  private static String rows(List<Settled> people) {
    var rows = JsonNodeFactory.instance.arrayNode();
    for (var one : people) {
      var row = rows.addObject().put("person", one.person().value()).put("open", one.open());
      row.put("standing", one.word().name().toLowerCase(Locale.ROOT));
      one.dueAt().ifPresent(due -> row.put("due_at", due.toString()));
    }
    return rows.toString();
  }

  @Override
  public Map<PersonKey, Instant> leftSince(FlowId flow, Collection<PersonKey> people) {
    if (people.isEmpty()) return Map.of();
    return jdbi.withHandle(handle -> {
      var since = new HashMap<PersonKey, Instant>();
      handle
          .createQuery(LEFT_SINCE)
          .bind("flow", flow.value())
          .bind("people", texts(people))
          .map((row, _) -> note(since, row))
          .forEach(_ -> {});
      return since;
    });
  }

  private static boolean note(Map<PersonKey, Instant> since, ResultSet row) throws SQLException {
    var at = row.getTimestamp("standing_since");
    if (at != null) since.put(new PersonKey(row.getString("person")), at.toInstant());
    return at != null;
  }

  @Override
  public Map<Word, Long> counts(FlowId flow) {
    return jdbi.withHandle(handle -> {
      var counts = new EnumMap<Word, Long>(Word.class);
      handle
          .createQuery(COUNTS)
          .bind("flow", flow.value())
          .map((row, _) ->
              counts.put(Word.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), row.getLong(2)))
          .forEach(_ -> {});
      return counts;
    });
  }
}
