package dev.tenure.flow.store;

import dev.tenure.flow.Exclusions;
import dev.tenure.id.Correlation;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/// A row for each exclusion, written with its audit row.
public final class PostgresExclusions implements Exclusions {
  private static final String EXCLUDE =
      """
      with ended as (
        update flow_exclusion set lifted_at = cast(:now as timestamptz), lifted_by = :actor
        where flow = :flow and person = :person and lifted_at is null
          and (until is null or until > cast(:now as timestamptz))),
      made as (
        insert into flow_exclusion (flow, person, made_at, actor, reason, until)
        values (:flow, :person, cast(:now as timestamptz), :actor, :reason,
          cast(:until as timestamptz)))
      insert into audit_entry (log, actor, action, subject, person, correlation, detail)
      values ('flow/' || :flow, :actor, 'person.excluded', :person, :person, :correlation,
        jsonb_build_object('reason', cast(:reason as text), 'until', cast(:until as timestamptz)))\
      """;

  private static final String LIFT =
      """
      with lifted as (
        update flow_exclusion set lifted_at = cast(:now as timestamptz), lifted_by = :actor
        where flow = :flow and person = :person and lifted_at is null
          and (until is null or until > cast(:now as timestamptz))
        returning made_at, reason)
      insert into audit_entry (log, actor, action, subject, person, correlation, detail)
      select 'flow/' || :flow, :actor, 'exclusion.lifted', :person, :person, :correlation,
        jsonb_build_object('since', made_at, 'reason', reason)
      from lifted\
      """;

  private static final String COLUMNS =
      """
      select person, made_at, actor, reason, until, lifted_at, lifted_by from flow_exclusion\
      """;

  private static final String COUNTING =
      COLUMNS
          + """

          where flow = :flow and lifted_at is null
            and (until is null or until > cast(:now as timestamptz))
          order by person, made_at\
          """;

  private static final String EVER =
      COLUMNS
          + """

          where flow = :flow and person = :person order by made_at desc\
          """;

  private static final String CHANGED =
      """
      select person, max(greatest(made_at, lifted_at)) from flow_exclusion
      where flow = :flow and greatest(made_at, lifted_at) > cast(:after as timestamptz)
      group by person\
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  public PostgresExclusions(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public Exclusion exclude(FlowId flow, PersonKey person, Term term) {
    var now = now();
    jdbi.useHandle(handle ->
        audited(handle.createUpdate(EXCLUDE), flow, person)
            .bind("now", now)
            .bind("reason", term.reason())
            .bind("until", term.until().orElse(null))
            .execute());
    var actor = Correlation.current().actor();
    return new Exclusion(person, now, actor, term, Optional.empty());
  }

  @Override
  public Optional<Exclusion> lift(FlowId flow, PersonKey person) {
    var now = now();
    int lifted =
        jdbi.withHandle(
            handle -> audited(handle.createUpdate(LIFT), flow, person).bind("now", now).execute());
    return lifted == 0 ? Optional.empty() : ever(flow, person).stream().findFirst();
  }

  @Override
  public Map<PersonKey, Exclusion> of(FlowId flow) {
    var all = new LinkedHashMap<PersonKey, Exclusion>();
    jdbi.withHandle(handle ->
            handle
                .createQuery(COUNTING)
                .bind("flow", flow.value())
                .bind("now", now())
                .map((row, _) -> read(row))
                .list())
        .forEach(one -> all.put(one.person(), one));
    return all;
  }

  @Override
  public List<Exclusion> ever(FlowId flow, PersonKey person) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(EVER)
            .bind("flow", flow.value())
            .bind("person", person.value())
            .map((row, _) -> read(row))
            .list());
  }

  @Override
  public Map<PersonKey, Instant> changedSince(FlowId flow, Instant after) {
    var all = new HashMap<PersonKey, Instant>();
    jdbi.useHandle(handle ->
        handle
            .createQuery(CHANGED)
            .bind("flow", flow.value())
            .bind("after", after)
            .map((row, _) ->
                all.put(new PersonKey(row.getString(1)), row.getTimestamp(2).toInstant()))
            .list());
    return all;
  }

  /// As exactly as the database keeps it.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static Exclusion read(ResultSet row) throws SQLException {
    var term = new Term(row.getString("reason"), time(row, 5));
    var by = row.getString("lifted_by");
    return new Exclusion(
        new PersonKey(row.getString("person")),
        row.getTimestamp("made_at").toInstant(),
        row.getString("actor"),
        term,
        time(row, 6).map(at -> new Lifted(at, by)));
  }

  private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  private static <S extends SqlStatement<S>> S audited(S statement, FlowId flow, PersonKey person) {
    var correlation = Correlation.current();
    return statement
        .bind("flow", flow.value())
        .bind("person", person.value())
        .bind("actor", correlation.actor())
        .bind("correlation", correlation.id());
  }
}
