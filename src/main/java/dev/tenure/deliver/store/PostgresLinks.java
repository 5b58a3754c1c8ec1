package dev.tenure.deliver.store;

import dev.tenure.deliver.Links;
import dev.tenure.id.AccountId;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Link;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The links of flows.
public final class PostgresLinks implements Links {
  private static final String ALL =
      """
      select person, account from link
      where flow = :flow
      order by person\
      """;

  private static final String OF_PEOPLE =
      """
      select person, account from link where flow = :flow and person = any(:people)
      order by person\
      """;

  private static final String OWNERS =
      """
      select person, account from link where flow = :flow and account = any(:accounts)
      order by person\
      """;

  private static final String ONE =
      """
      select account from link where flow = :flow and person = :person\
      """;

  private static final String GIVE_WAY =
      """
      delete from link l
      using jsonb_to_recordset(:links::jsonb) as n(person text, account text)
      where l.flow = :flow and l.person = n.person and l.account <> n.account\
      """;

  private static final String KEEP =
      """
      with made as (
        insert into link (flow, person, account, made_at, made_by)
        select :flow, n.person, n.account, :now::timestamptz, :actor
        from jsonb_to_recordset(:links::jsonb) as n(person text, account text)
        on conflict do nothing
        returning person, account)
      insert into audit_entry (log, actor, action, subject, person, correlation)
      select 'flow/' || :flow, :actor, 'link.made', account, person, :correlation from made\
      """;

  private static final String DROP =
      """
      with dropped as (
        delete from link l
        using jsonb_to_recordset(:links::jsonb) as n(person text, account text)
        where l.flow = :flow and l.person = n.person and l.account = n.account
        returning l.person, l.account)
      insert into audit_entry (log, actor, action, subject, person, correlation)
      select 'flow/' || :flow, :actor, 'link.dropped', account, person, :correlation from dropped\
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  public PostgresLinks(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public List<Link> of(FlowId flow) {
    return jdbi.withHandle(handle -> list(Binding.flow(handle.createQuery(ALL), flow)));
  }

  private static List<Link> list(Query query) {
    return query
        .map((row, _) ->
            new Link(
                new PersonKey(row.getString("person")), new AccountId(row.getString("account"))))
        .list();
  }

  @Override
  public List<Link> of(FlowId flow, Collection<PersonKey> people) {
    var keys = people.stream().map(PersonKey::value).toArray(String[]::new);
    return jdbi.withHandle(
        handle -> list(Binding.flow(handle.createQuery(OF_PEOPLE), flow).bind("people", keys)));
  }

  @Override
  public List<Link> owners(FlowId flow, Collection<AccountId> accounts) {
    var ids = accounts.stream().map(AccountId::value).toArray(String[]::new);
    return jdbi.withHandle(
        handle -> list(Binding.flow(handle.createQuery(OWNERS), flow).bind("accounts", ids)));
  }

  @Override
  public Optional<AccountId> account(FlowId flow, PersonKey person) {
    return jdbi.withHandle(handle ->
        Binding.flow(handle.createQuery(ONE), flow)
            .bind("person", person.value())
            .map((row, _) -> new AccountId(row.getString("account")))
            .findOne());
  }

  @Override
  public void keep(FlowId flow, List<Link> links) {
    if (links.isEmpty()) return;
    jdbi.useTransaction(handle -> keep(handle, flow, json(links).toString()));
  }

  /// The same within somebody's transaction; `links` as [#json] makes them.
  void keep(Handle handle, FlowId flow, String links) {
    Binding.flow(handle.createUpdate(GIVE_WAY), flow).bind("links", links).execute();
    Binding.audited(handle.createUpdate(KEEP), flow)
        .bind("links", links)
        .bind("now", clock.instant())
        .execute();
  }

  /// Takes links away, within somebody's transaction.
  void drop(Handle handle, FlowId flow, String links) {
    Binding.audited(handle.createUpdate(DROP), flow).bind("links", links).execute();
  }

  /// The links that were written so.
  static List<Link> read(JsonNode array) {
    return array
        .valueStream()
        .map(n ->
            new Link(
                new PersonKey(n.get("person").stringValue()),
                new AccountId(n.get("account").stringValue())))
        .toList();
  }

  /// `[{"person","account"}]`.
  static ArrayNode json(List<Link> links) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var link : links) {
      array.addObject().put("person", link.person().value()).put("account", link.account().value());
    }
    return array;
  }
}
