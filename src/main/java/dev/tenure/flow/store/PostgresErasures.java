package dev.tenure.flow.store;

import dev.tenure.flow.Erasures;
import dev.tenure.flow.FlowErasure;
import dev.tenure.flow.FlowErasure.Kept;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/// Takes people out of the tables of flows.
public final class PostgresErasures implements Erasures {
  private static final String FLOWS = "select flow from flow_state order by flow";

  private static final String CALLED =
      """
      with accounts as (
        select account from link where flow = :flow and account = :who
        union
        select account from flow_account_key
        where flow = :flow and key in ('u:' || :who, 'u:' || lower(:who))
        union
        select account from flow_account
        where flow = :flow and unindexed and lower(resource ->> 'userName') = lower(:who))
      select person from flow_person where flow = :flow and person = :who
      union
      select person from link
      where flow = :flow and (person = :who or account in (select account from accounts))
      union
      select person from change where flow = :flow and person = :who and members = '[]'
      union
      select person from change
      where flow = :flow and state in ('waiting', 'held', 'leased') and members = '[]'
        and lower(name) = lower(:who)
      order by person\
      """;

  /// By any value that the source has of them, such as a mail address.
  private static final String NAMED =
      """
      select person from flow_person
      where flow = :flow and names @> array[lower(:who)] order by person limit 10\
      """;

  private static final String KEPT =
      """
      select
        exists (select from flow_person
          where flow = :flow and person = :person and gone_at is null) as source,
        exists (select from change where flow = :flow and state in ('waiting', 'held', 'leased')
          and (person = :person or members <> '[]' and members @> jsonb_build_array(
            jsonb_build_object('person', cast(:person as text))))) as change,
        exists (select from link l join flow_account a on a.flow = :flow and a.account = l.account
          where l.flow = :flow and l.person = :person) as account\
      """;

  private static final String PAST =
      "delete from flow_person_past where flow = :flow and person = :person";

  /// A change of a group that tells of them goes as a whole; the others whom it concerned are in
  /// the log.
  private static final String CHANGES =
      """
      delete from change
      where flow = :flow and state not in ('waiting', 'held', 'leased')
        and (person = :person or members <> '[]' and members @> jsonb_build_array(
          jsonb_build_object('person', cast(:person as text))))\
      """;

  private static final String PLANS =
      """
      update plan p set
        findings = (select coalesce(jsonb_agg(e), '[]') from jsonb_array_elements(p.findings) e
          where not jsonb_path_exists(e, '$.** ? (@ == $p)', t.vars)),
        links = (select coalesce(jsonb_agg(e), '[]') from jsonb_array_elements(p.links) e
          where e ->> 'person' <> :person),
        unlinks = (select coalesce(jsonb_agg(e), '[]') from jsonb_array_elements(p.unlinks) e
          where e ->> 'person' <> :person)
      from (select jsonb_build_object('p', cast(:person as text)) as vars) t
      where p.flow = :flow and p.state in ('applied', 'superseded')
        and (jsonb_path_exists(p.findings, '$.** ? (@ == $p)', t.vars)
          or jsonb_path_exists(p.links, '$.** ? (@ == $p)', t.vars)
          or jsonb_path_exists(p.unlinks, '$.** ? (@ == $p)', t.vars))\
      """;

  /// Whose account must stay locked is known by the key alone.
  private static final String EMPTY =
      """
      update flow_person set record = '{}', groups = '{}', names = '{}'
      where flow = :flow and person = :person and gone_at is not null and record <> '{}'\
      """;

  private static final String PERSON =
      "delete from flow_person where flow = :flow and person = :person";

  private static final String EVICTION =
      "delete from flow_eviction where flow = :flow and person = :person";

  private static final String EXCLUSIONS =
      "delete from flow_exclusion where flow = :flow and person = :person";

  private static final String EXCLUSIONS_PAST =
      """
      delete from flow_exclusion
      where flow = :flow and person = :person and (lifted_at is not null or until <= now())\
      """;

  private static final String LINK = "delete from link where flow = :flow and person = :person";

  private static final List<String> HISTORY = List.of(PAST, CHANGES, PLANS, EXCLUSIONS_PAST);

  private final Jdbi jdbi;

  public PostgresErasures(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<FlowId> flows() {
    return jdbi.withHandle(
        handle -> handle.createQuery(FLOWS).mapTo(String.class).map(FlowId::new).list());
  }

  @Override
  public List<PersonKey> called(FlowId flow, String who) {
    return jdbi.withHandle(handle -> {
      var called = people(handle.createQuery(CALLED), flow, who);
      return called.isEmpty() ? people(handle.createQuery(NAMED), flow, who) : called;
    });
  }

  private static List<PersonKey> people(Query query, FlowId flow, String who) {
    return query
        .bind("flow", flow.value())
        .bind("who", who)
        .mapTo(String.class)
        .map(PersonKey::new)
        .list();
  }

  @Override
  public FlowErasure erase(FlowId flow, PersonKey person) {
    return jdbi.inTransaction(handle -> {
      var all = new All(handle, flow, person);
      var kept = all.kept();
      var history = HISTORY.stream().mapToLong(all::run).sum();
      var rest =
          kept.isEmpty()
              ? all.run(LINK) + all.run(PERSON) + all.run(EVICTION) + all.run(EXCLUSIONS)
              : kept.filter(Kept.ACCOUNT::equals).isPresent()
                  ? all.run(EMPTY) + all.run(EXCLUSIONS)
                  : 0;
      return new FlowErasure(flow, history + rest, kept);
    });
  }

  /// What tells of one person in one flow.
  private record All(Handle handle, FlowId flow, PersonKey person) {
    long run(String statement) {
      return handle
          .createUpdate(statement)
          .bind("flow", flow.value())
          .bind("person", person.value())
          .execute();
    }

    Optional<Kept> kept() {
      return handle
          .createQuery(KEPT)
          .bind("flow", flow.value())
          .bind("person", person.value())
          .map((row, _) ->
              row.getBoolean("source")
                  ? Optional.of(Kept.SOURCE)
                  : row.getBoolean("change")
                      ? Optional.of(Kept.CHANGE)
                      : row.getBoolean("account")
                          ? Optional.of(Kept.ACCOUNT)
                          : Optional.<Kept>empty())
          .one();
    }
  }
}
