package dev.tenure.notify.store;

import dev.tenure.notify.Condition;
import dev.tenure.notify.Kind;
import dev.tenure.notify.Notices.Ends;
import dev.tenure.notify.Notices.Look;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.JsonNodeFactory;

/// What is so with the organizations that are hosted here, whoever made them, and with the licences
/// of targets elsewhere.
final class OrganizationConditions {
  /// So many of each kind are told of.
  private static final int COUNT_MAX = 500;

  /// A credential that nobody used for so long may end while the client has another one; a client
  /// whose last one ended so long ago is nobody's any more.
  private static final Duration IDLE = Duration.ofDays(7);

  /// What was told lasts until the share is that much lower.
  private static final double SLACK = 0.05;

  /// What a client proves itself with: what is made for a few days only, access tokens and the
  /// tokens of our own flows left out. Who has a certificate or a key needs none of it.
  private static final String EXPIRING =
      """
      select e.organization, e.client, e.ends, e.declared from (
        select k.organization, k.client, bool_or(k.declared) as declared, coalesce(
          min(k.expires_at) filter (where k.expires_at > :now and k.last_used > :idle),
          case when not l.has_keys then max(coalesce(k.expires_at, 'infinity')) end) as ends
        from (
          select organization, client, declared, expires_at, last_used, created from client_secret
          union all
          select organization, client, kind = 'declared', expires_at, last_used, created
          from token where kind <> 'access') k
          join (
            select organization, name, keys is not null or certificates <> '{}' as has_keys
            from client where not disabled and name not like 'flow %') l
          on l.organization = k.organization and l.name = k.client
        where k.expires_at is null
          or k.expires_at - k.created > cast(:horizon as timestamptz) - cast(:now as timestamptz)
        group by k.organization, k.client, l.has_keys) e
      where e.ends > :idle and e.ends < :horizon
      order by e.ends, e.organization, e.client limit :max\
      """;

  private static final String LOW =
      """
      select p.organization, p.sku, p.seats, p.used from (
        select l.organization, l.sku, l.seats, (
          select count(*) from seat s where s.organization = l.organization and s.sku = l.sku)
          as used
        from licence_pool l) p
      where p.used > 0 and p.used >= p.seats * cast(:share as float8)
      order by p.used >= p.seats desc, p.organization, p.sku limit :max\
      """;

  /// As they were last written down.
  private static final String LOW_ELSEWHERE =
      """
      select d.target, d.sku, d.seats, d.used from target_licence_day d
      where d.target = any(cast(:targets as text[]))
        and d.day = (select max(m.day) from target_licence_day m where m.target = d.target)
        and d.used > 0 and d.used >= d.seats * cast(:share as float8)
      order by d.used >= d.seats desc, d.target, d.sku limit :max\
      """;

  private final Handle handle;
  private final Look look;
  private final List<Condition> found = new ArrayList<>();

  private OrganizationConditions(Handle handle, Look look) {
    this.handle = handle;
    this.look = look;
  }

  static List<Condition> of(Handle handle, Look look) {
    var conditions = new OrganizationConditions(handle, look);
    conditions.credentials();
    conditions.licences();
    return conditions.found;
  }

  private void credentials() {
    handle
        .createQuery(EXPIRING)
        .bind("now", look.now())
        .bind("idle", look.now().minus(IDLE))
        .bind("horizon", look.now().plus(look.thresholds().credentialExpiring()))
        .bind("max", COUNT_MAX)
        .map((row, _) -> expiring(row))
        .forEach(found::add);
  }

  private Condition expiring(ResultSet row) throws SQLException {
    var organization = row.getString("organization");
    var client = row.getString("client");
    var details = JsonNodeFactory.instance.objectNode().put("organization", organization);
    details.put("client", client).put("ends", row.getTimestamp("ends").toInstant().toString());
    details.put("declared", row.getBoolean("declared"));
    return new Condition(
        Kind.CREDENTIAL_EXPIRING,
        "organization/" + organization + "/client/" + client,
        flows(organization, Ends::organization),
        true,
        Optional.<Instant>empty(),
        Set.of(),
        details);
  }

  private void licences() {
    handle
        .createQuery(LOW)
        .bind("share", look.thresholds().licenceLow() - SLACK)
        .bind("max", COUNT_MAX)
        .map((row, _) -> low("organization", row, Ends::organization))
        .forEach(found::add);
    handle
        .createQuery(LOW_ELSEWHERE)
        .bind("targets", look.flows().stream().map(Ends::licensed).toArray(String[]::new))
        .bind("share", look.thresholds().licenceLow() - SLACK)
        .bind("max", COUNT_MAX)
        .map((row, _) -> low("target", row, Ends::licensed))
        .forEach(found::add);
  }

  /// That the last seat is gone is news. `kind` of what the pool is in, by which of its ends a flow
  /// leads there.
  private Condition low(String kind, ResultSet row, Function<Ends, String> end)
      throws SQLException {
    var where = row.getString(kind);
    long seats = row.getLong("seats");
    long used = row.getLong("used");
    var details = JsonNodeFactory.instance.objectNode().put(kind, where);
    details.put("sku", row.getString("sku")).put("seats", seats).put("used", used);
    return new Condition(
        Kind.LICENCE_LOW,
        kind + "/" + where + "/licence/" + row.getString("sku"),
        flows(where, end),
        used >= seats * look.thresholds().licenceLow(),
        Optional.empty(),
        used >= seats ? Set.of(0) : Set.of(),
        details);
  }

  /// Those that lead there.
  private List<String> flows(String where, Function<Ends, String> end) {
    return look.flows().stream()
        .filter(ends -> end.apply(ends).equals(where))
        .map(Ends::flow)
        .toList();
  }
}
