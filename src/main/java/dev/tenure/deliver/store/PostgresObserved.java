package dev.tenure.deliver.store;

import dev.tenure.deliver.Observed;
import dev.tenure.deliver.ObservedJson;
import dev.tenure.id.AccountId;
import dev.tenure.id.FlowId;
import dev.tenure.plan.Grants;
import dev.tenure.target.Account;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.node.JsonNodeFactory;

/// Rows of `flow_account` and `flow_account_key`.
public final class PostgresObserved implements Observed {
  private static final int ROWS_PER_STATEMENT = 1000;

  private static final String DIGESTS =
      """
      select account, digest from flow_account where flow = :flow\
      """;

  private static final String FORGET_KEYS =
      """
      delete from flow_account_key k
      using flow_account a, jsonb_to_recordset(cast(:rows as jsonb)) as n(account text, keys text[])
      where a.flow = :flow and a.account = n.account and k.flow = :flow and k.account = a.account
        and k.key = any(a.keys) and not k.key = any(n.keys)\
      """;

  private static final String KEEP =
      """
      with given as (select * from jsonb_to_recordset(cast(:rows as jsonb))
          as n(account text, version text, active boolean, digest uuid, resource jsonb,
            keys text[])),
        keyed as (insert into flow_account_key (flow, key, account)
          select :flow, k.key, n.account from given n, unnest(n.keys) as k(key)
          on conflict do nothing)
      insert into flow_account (flow, account, version, active, digest, resource, keys, seen_at)
      select :flow, n.account, n.version, n.active, n.digest, n.resource, n.keys,
        cast(:now as timestamptz)
      from given n
      on conflict (flow, account) do update set version = excluded.version,
        active = excluded.active, digest = excluded.digest, resource = excluded.resource,
        keys = excluded.keys, unindexed = false, seen_at = excluded.seen_at\
      """;

  private static final String GONE =
      """
      with removed as (
        delete from flow_account where flow = :flow and account = any(:accounts)
        returning account, keys
      ), left_groups as (
        delete from flow_member m using removed r where m.flow = :flow and m.account = r.account)
      delete from flow_account_key k using removed r
      where k.flow = :flow and k.account = r.account and k.key = any(r.keys)\
      """;

  private static final String ALL =
      """
      select account, version, resource from flow_account
      where flow = :flow and account = any(:accounts)\
      """;

  private static final String PAGE =
      """
      select account, version, resource, keys from flow_account
      where flow = :flow and account > :after order by account limit :count\
      """;

  private static final String FOUND =
      """
      select distinct k.account from unnest(cast(:keys as text[])) as s(key)
      join flow_account_key k on k.flow = :flow and k.key = s.key\
      """;

  private static final String UNINDEXED =
      """
      select account, version, resource from flow_account
      where flow = :flow and unindexed limit :count\
      """;

  private static final String COUNT =
      """
      select count(*) from flow_account where flow = :flow\
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  public PostgresObserved(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public Map<AccountId, UUID> digests(FlowId flow) {
    return jdbi.withHandle(handle -> {
      var digests = new HashMap<AccountId, UUID>();
      Binding.flow(handle.createQuery(DIGESTS), flow)
          .map((row, _) ->
              digests.put(
                  new AccountId(row.getString("account")), row.getObject("digest", UUID.class)))
          .forEach(_ -> {});
      return digests;
    });
  }

  @Override
  public void keep(FlowId flow, Collection<Seen> accounts) {
    var all = new ArrayList<>(accounts);
    for (var from = 0; from < all.size(); from += ROWS_PER_STATEMENT) {
      var rows = rows(all.subList(from, Math.min(from + ROWS_PER_STATEMENT, all.size())));
      jdbi.useTransaction(handle -> keep(handle, flow, rows));
    }
  }

  private void keep(Handle handle, FlowId flow, String rows) {
    Binding.flow(handle.createUpdate(FORGET_KEYS), flow).bind("rows", rows).execute();
    Binding.flow(handle.createUpdate(KEEP), flow)
        .bind("rows", rows)
        .bind("now", clock.instant())
        .execute();
  }

  private static String rows(List<Seen> accounts) {
    var rows = JsonNodeFactory.instance.arrayNode();
    for (var seen : accounts) {
      var row = ObservedJson.of(seen.account());
      var keys = row.putArray("keys");
      seen.keys().forEach(keys::add);
      rows.add(row);
    }
    return rows.toString();
  }

  @Override
  public void gone(FlowId flow, Collection<AccountId> accounts) {
    if (accounts.isEmpty()) return;
    jdbi.useHandle(handle ->
        Binding.flow(handle.createUpdate(GONE), flow)
            .bind("accounts", texts(accounts.stream().map(AccountId::value)))
            .execute());
  }

  private static String[] texts(Stream<String> values) {
    return values.toArray(String[]::new);
  }

  @Override
  public List<Account> all(FlowId flow, Collection<AccountId> accounts) {
    if (accounts.isEmpty()) return List.of();
    return jdbi.withHandle(handle ->
        Binding.flow(handle.createQuery(ALL), flow)
            .bind("accounts", texts(accounts.stream().map(AccountId::value)))
            .map((row, _) -> account(row))
            .list());
  }

  private static Account account(ResultSet row) throws SQLException {
    return ObservedJson.account(
        row.getString("account"), row.getString("version"), row.getString("resource"));
  }

  @Override
  public List<Seen> page(FlowId flow, Optional<AccountId> after, int countMax) {
    return jdbi.withHandle(handle ->
        Binding.flow(handle.createQuery(PAGE), flow)
            .bind("after", after.map(AccountId::value).orElse(""))
            .bind("count", countMax)
            .map((row, _) ->
                new Seen(account(row), List.of((String[]) row.getArray("keys").getArray())))
            .list());
  }

  @Override
  public List<AccountId> found(FlowId flow, Collection<String> keys) {
    if (keys.isEmpty()) return List.of();
    return jdbi.withHandle(handle ->
        Binding.flow(handle.createQuery(FOUND), flow)
            .bind("keys", texts(keys.stream()))
            .map((row, _) -> new AccountId(row.getString("account")))
            .list());
  }

  @Override
  public List<Account> unindexed(FlowId flow, int countMax) {
    return jdbi.withHandle(handle ->
        Binding.flow(handle.createQuery(UNINDEXED), flow)
            .bind("count", countMax)
            .map((row, _) -> account(row))
            .list());
  }

  @Override
  public Map<Grants, Long> grants(FlowId flow, Set<FlowId> others) {
    return jdbi.withHandle(handle -> new GrantCount(handle, flow).of(others));
  }

  @Override
  public long count(FlowId flow) {
    return jdbi.withHandle(
        handle -> Binding.flow(handle.createQuery(COUNT), flow).mapTo(Long.class).one());
  }
}
