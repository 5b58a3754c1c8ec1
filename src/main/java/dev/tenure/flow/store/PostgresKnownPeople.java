package dev.tenure.flow.store;

import dev.tenure.flow.KnownPeople;
import dev.tenure.flow.PersonRecord;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired;
import dev.tenure.source.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;

/// Rows of `flow_person`; who changed is due in `flow_agenda`.
public final class PostgresKnownPeople implements KnownPeople {
  private static final String DIGESTS =
      """
      select person, digest from flow_person where flow = :flow and gone_at is null\
      """;

  private static final String KEEP =
      """
      with given as (select * from jsonb_to_recordset(cast(:people as jsonb))
          as n(person text, digest uuid, record jsonb, groups text[], names text[])),
        past as (insert into flow_person_past (flow, person, until, since, gone_at, record)
          select :flow, p.person, cast(:now as timestamptz), p.changed_at, p.gone_at, p.record
          from flow_person p join given n on n.person = p.person where p.flow = :flow
          on conflict do nothing),
        kept as (insert into flow_person (flow, person, digest, record, groups, names, changed_at)
          select :flow, n.person, n.digest, n.record, n.groups, n.names, cast(:now as timestamptz)
          from given n
          on conflict (flow, person) do update set digest = excluded.digest,
            record = excluded.record, groups = excluded.groups, names = excluded.names,
            changed_at = excluded.changed_at, gone_at = null)
      insert into flow_agenda (flow, person, due_at)
      select :flow, n.person, cast(:now as timestamptz) from given n
      on conflict (flow, person) do update set due_at = excluded.due_at\
      """;

  private static final String GONE =
      """
      with gone as (update flow_person set gone_at = cast(:now as timestamptz)
        where flow = :flow and person = any(:people) and gone_at is null
        returning person)
      update flow_agenda a set due_at = cast(:now as timestamptz)
      from gone where a.flow = :flow and a.person = gone.person\
      """;

  private static final String FIND =
      """
      select person, record, changed_at, gone_at from flow_person
      where flow = :flow and person = any(:people) order by person\
      """;

  private static final String PAST =
      """
      select person, record, since as changed_at, gone_at from flow_person_past
      where flow = :flow and person = :person and until > cast(:at as timestamptz)
      order by until limit 1\
      """;

  private static final String BEFORE =
      """
      select p.person, coalesce(b.record, p.record) as record from flow_person p
      left join flow_person_past b
        on b.flow = :flow and b.person = p.person and b.until = p.changed_at
      where p.flow = :flow and p.person = any(:people)\
      """;

  private static final String NAMED =
      """
      select distinct p.person
      from unnest(cast(:names as text[])) as n(name), lateral (
        select person from flow_person
        where flow = :flow and names @> array[n.name] limit :count) p
      order by p.person\
      """;

  private static final String PAGE =
      """
      select person, record, changed_at, gone_at from flow_person
      where flow = :flow and gone_at is null and person > :after
      order by person limit :count\
      """;

  private static final String COUNT =
      """
      select count(*) from flow_person where flow = :flow and gone_at is null\
      """;

  private static final String GROUPS =
      """
      select distinct unnest(groups) as name from flow_person
      where flow = :flow and gone_at is null\
      """;

  private static final String IN_GROUP =
      """
      select person from flow_person
      where flow = :flow and gone_at is null and groups @> array[cast(:group as text)]\
      """;

  private static final int NAME_MAX = 300;

  private final Jdbi jdbi;
  private final Clock clock;

  public PostgresKnownPeople(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public Map<PersonKey, UUID> digests(FlowId flow) {
    return jdbi.withHandle(handle -> {
      var digests = new HashMap<PersonKey, UUID>();
      handle
          .createQuery(DIGESTS)
          .bind("flow", flow.value())
          .map((row, _) ->
              digests.put(
                  new PersonKey(row.getString("person")), row.getObject("digest", UUID.class)))
          .forEach(_ -> {});
      return digests;
    });
  }

  @Override
  public void keep(FlowId flow, Collection<Person> people) {
    var rows = JsonNodeFactory.instance.arrayNode();
    for (var person : people) {
      var record = PersonRecord.text(person);
      var row = rows.addObject().put("person", person.key().value());
      row.put("digest", PersonRecord.digest(record).toString());
      row.putRawValue("record", new RawValue(record));
      var groups = row.putArray("groups");
      person.groups().keySet().forEach(group -> groups.add(folded(group)));
      var names = row.putArray("names");
      names(person).forEach(names::add);
    }
    jdbi.useHandle(handle ->
        handle
            .createUpdate(KEEP)
            .bind("flow", flow.value())
            .bind("people", rows.toString())
            .bind("now", clock.instant())
            .execute());
  }

  private static String folded(String group) {
    return group.toLowerCase(Locale.ROOT);
  }

  /// What a person may be called by: every value that is no long text.
  private static Stream<String> names(Person person) {
    return person.attributes().values().stream()
        .flatMap(List::stream)
        .map(PostgresKnownPeople::name)
        .filter(name -> !name.isEmpty() && name.length() <= NAME_MAX)
        .distinct();
  }

  private static String name(String value) {
    return PersonRecord.storable(Desired.handle(value));
  }

  @Override
  public void gone(FlowId flow, Collection<PersonKey> people) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(GONE)
            .bind("flow", flow.value())
            .bind("people", texts(people))
            .bind("now", clock.instant())
            .execute());
  }

  private static String[] texts(Collection<PersonKey> people) {
    return people.stream().map(PersonKey::value).toArray(String[]::new);
  }

  @Override
  public Optional<Known> find(FlowId flow, PersonKey person) {
    return all(flow, List.of(person)).stream().findFirst();
  }

  @Override
  public List<Known> all(FlowId flow, Collection<PersonKey> people) {
    if (people.isEmpty()) return List.of();
    return jdbi.withHandle(handle ->
        handle
            .createQuery(FIND)
            .bind("flow", flow.value())
            .bind("people", texts(people))
            .map((row, _) -> known(row))
            .list());
  }

  private static Known known(ResultSet row) throws SQLException {
    var key = new PersonKey(row.getString("person"));
    return new Known(
        PersonRecord.read(key, row.getString("record")),
        row.getTimestamp("changed_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("gone_at")).map(t -> t.toInstant()));
  }

  @Override
  public Optional<Known> at(FlowId flow, PersonKey person, Instant at) {
    var past =
        jdbi.withHandle(handle ->
            handle
                .createQuery(PAST)
                .bind("flow", flow.value())
                .bind("person", person.value())
                .bind("at", at)
                .map((row, _) -> known(row))
                .findOne());
    return past.or(() -> find(flow, person)).filter(known -> !known.changedAt().isAfter(at));
  }

  @Override
  public Map<PersonKey, Person> before(FlowId flow, Collection<PersonKey> people) {
    if (people.isEmpty()) return Map.of();
    return jdbi.withHandle(handle -> {
      var before = new HashMap<PersonKey, Person>();
      handle
          .createQuery(BEFORE)
          .bind("flow", flow.value())
          .bind("people", texts(people))
          .map((row, _) -> {
            var key = new PersonKey(row.getString("person"));
            return before.put(key, PersonRecord.read(key, row.getString("record")));
          })
          .forEach(_ -> {});
      return before;
    });
  }

  @Override
  public List<PersonKey> named(FlowId flow, Collection<String> names, int countMax) {
    if (names.isEmpty()) return List.of();
    return jdbi.withHandle(handle ->
        handle
            .createQuery(NAMED)
            .bind("flow", flow.value())
            .bind("names", names.stream().map(PostgresKnownPeople::name).toArray(String[]::new))
            .bind("count", countMax)
            .map((row, _) -> new PersonKey(row.getString("person")))
            .list());
  }

  @Override
  public List<Known> page(FlowId flow, Optional<PersonKey> after, int countMax) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(PAGE)
            .bind("flow", flow.value())
            .bind("after", after.map(PersonKey::value).orElse(""))
            .bind("count", countMax)
            .map((row, _) -> known(row))
            .list());
  }

  @Override
  public long count(FlowId flow) {
    return jdbi.withHandle(
        handle -> handle.createQuery(COUNT).bind("flow", flow.value()).mapTo(Long.class).one());
  }

  @Override
  public Set<String> groups(FlowId flow) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(GROUPS)
            .bind("flow", flow.value())
            .mapTo(String.class)
            .collect(Collectors.toSet()));
  }

  @Override
  public Set<PersonKey> inGroup(FlowId flow, String group) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(IN_GROUP)
            .bind("flow", flow.value())
            .bind("group", folded(group))
            .map((row, _) -> new PersonKey(row.getString("person")))
            .collect(Collectors.toSet()));
  }
}
