package dev.tenure.cli.bench.store;

import dev.tenure.database.Database;
import dev.tenure.flow.Flow;
import dev.tenure.id.OrganizationId;
import java.util.List;
import java.util.Map;

/// What a flow over a file keeps of the people of a [Population] after its first turn. For a
/// million people that turn takes longer than what is measured; whether this is the same shows in
/// the next one, which finds nobody changed.
public final class KnownPopulation {
  private static final String PEOPLE =
      """
      with made as (select n, 'user' || lpad(cast(n as text), 7, '0') as name
          from generate_series(cast(:from as integer), :to) n),
        told as (select n, name, format('{"attributes":{"department":["Department %s"],'
          || '"display":["Name %s"],"id":["E%s"],"mail":["%s@example.com"],"title":["Agent %s"]}}',
          n % 50, name, n, name, n % 20) as record from made)
      insert into flow_person (flow, person, digest, record, groups, names, changed_at)
      select :flow, 'E' || n,
        cast(encode(substr(sha256(convert_to(record, 'UTF8')), 1, 16), 'hex') as uuid),
        cast(record as jsonb), '{}',
        array['department ' || n % 50, 'name ' || name, 'e' || n, name || '@example.com',
          'agent ' || n % 20],
        now()
      from told\
      """;

  private static final String AGENDA =
      """
      insert into flow_agenda (flow, person, standing, standing_since)
      select :flow, 'E' || n, 'in', now()
      from generate_series(cast(:from as integer), :to) n\
      """;

  private static final String LINKS =
      """
      insert into link (flow, person, account, made_at, made_by)
      select :flow, external_id, cast(id as text), now(), 'bench'
      from scim_user where organization = :organization and id between :first and :last\
      """;

  private static final String ACCOUNTS =
      """
      with given as (select cast(id as text) as id, external_id, user_name_key, document
          from scim_user where organization = :organization
            and id between :first and :last),
        keyed as (select id, document, array['u:' || user_name_key, 'e:' || external_id,
          'externalId=' || external_id, 'userName=' || user_name_key] as keys from given),
        found as (insert into flow_account_key (flow, key, account)
          select :flow, k.key, id from keyed, unnest(keys) as k(key))
      insert into flow_account (flow, account, version, active, digest, resource, keys, seen_at)
      select :flow, id, 'W/"1"', true, cast(md5(id) as uuid),
        document || jsonb_build_object('id', id), keys, now()
      from keyed\
      """;

  private static final String STATE =
      """
      insert into flow_state (flow, rules, ends, read_at, swept_at)
      values (:flow, :rules, :ends, now(), now())
      on conflict (flow) do update set rules = excluded.rules, ends = excluded.ends,
        read_at = excluded.read_at, swept_at = excluded.swept_at\
      """;

  private final Database database;
  private final OrganizationId organization;
  private final Flow flow;

  public KnownPopulation(Database database, OrganizationId organization, Flow flow) {
    this.database = database;
    this.organization = organization;
    this.flow = flow;
  }

  /// The people of these numbers, both included, who have their accounts.
  public void people(int from, int to) {
    var values =
        Map.<String, Object>of(
            "organization", organization.value(),
            "flow", flow.id().value(),
            "from", from,
            "to", to,
            "first", Population.id(from),
            "last", Population.id(to));
    database
        .jdbi()
        .useHandle(handle -> {
          for (var statement : List.of(PEOPLE, AGENDA, LINKS, ACCOUNTS)) {
            handle.createUpdate(statement).bindMap(values).execute();
          }
        });
  }

  /// Both ends were just read.
  public void read() {
    var by = flow.fingerprint();
    var values =
        Map.<String, Object>of("flow", flow.id().value(), "rules", by.rules(), "ends", by.ends());
    database.jdbi().useHandle(h -> h.createUpdate(STATE).bindMap(values).execute());
  }
}
