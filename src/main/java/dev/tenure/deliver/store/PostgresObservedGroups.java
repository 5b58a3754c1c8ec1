package dev.tenure.deliver.store;

import dev.tenure.deliver.ObservedGroups;
import dev.tenure.id.AccountId;
import dev.tenure.id.FlowId;
import dev.tenure.id.GroupId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Membership;
import dev.tenure.plan.Memberships;
import dev.tenure.plan.Memberships.Known;
import dev.tenure.target.Group;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/// Rows of `flow_group` and `flow_member`.
public final class PostgresObservedGroups implements ObservedGroups {
  private static final String STATE =
      """
      select groups_at is not null as known, groups_due from flow_state where flow = :flow\
      """;

  private static final String READ =
      """
      insert into flow_state (flow, groups_at) values (:flow, :at::timestamptz)
      on conflict (flow) do update set groups_at = excluded.groups_at\
      """;

  private static final String DUE =
      """
      insert into flow_state (flow, groups_due) values (:flow, :due)
      on conflict (flow) do update set groups_due = excluded.groups_due\
      """;

  private static final String GROUPS =
      """
      select group_id, name from flow_group where flow = :flow order by group_id\
      """;

  private static final String DIFFERING =
      """
      select n.account from unnest(cast(:accounts as text[])) as n(account)
      where not exists (
        select 1 from flow_member m
        where m.flow = :flow and m.group_id = :group and m.account = n.account)
      union
      select account from flow_member
      where flow = :flow and group_id = :group and account <> all(:accounts)\
      """;

  private static final String KEEP =
      """
      with came as (
        insert into flow_member (flow, group_id, account)
        select :flow, :group, n.account from unnest(cast(:accounts as text[])) as n(account)
        on conflict do nothing
      ), went as (
        delete from flow_member
        where flow = :flow and group_id = :group and account <> all(:accounts))
      insert into flow_group (flow, group_id, name) values (:flow, :group, :name)
      on conflict (flow, group_id) do update set name = excluded.name\
      """;

  private static final String GONE =
      """
      with emptied as (
        delete from flow_member where flow = :flow and group_id = any(:groups))
      delete from flow_group where flow = :flow and group_id = any(:groups)\
      """;

  private static final String MEMBERS =
      """
      select m.account, m.group_id
      from unnest(cast(:accounts as text[])) as n(account) cross join lateral (
        -- row by row, by the index, whatever PostgreSQL counted when there were few
        select account, group_id from flow_member
        where flow = :flow and account = n.account
        offset 0) m\
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  public PostgresObservedGroups(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public Map<GroupId, String> names(FlowId flow) {
    return jdbi.withHandle(handle -> names(handle, flow));
  }

  private static Map<GroupId, String> names(Handle handle, FlowId flow) {
    var names = new LinkedHashMap<GroupId, String>();
    Binding.flow(handle.createQuery(GROUPS), flow)
        .map((row, _) -> names.put(new GroupId(row.getString("group_id")), row.getString("name")))
        .forEach(_ -> {});
    return names;
  }

  @Override
  public void read(FlowId flow) {
    jdbi.useHandle(handle ->
        Binding.flow(handle.createUpdate(READ), flow).bind("at", clock.instant()).execute());
  }

  @Override
  public boolean areDue(FlowId flow) {
    return jdbi.withHandle(handle -> is(handle, flow, "groups_due").orElse(true));
  }

  private static Optional<Boolean> is(Handle handle, FlowId flow, String column) {
    return Binding.flow(handle.createQuery(STATE), flow)
        .map((row, _) -> row.getBoolean(column))
        .findOne();
  }

  @Override
  public void due(FlowId flow, boolean are) {
    jdbi.useHandle(
        handle -> Binding.flow(handle.createUpdate(DUE), flow).bind("due", are).execute());
  }

  @Override
  public Set<AccountId> differing(FlowId flow, Group group) {
    return jdbi.withHandle(handle ->
        of(handle.createQuery(DIFFERING), flow, group)
            .map((row, _) -> new AccountId(row.getString(1)))
            .set());
  }

  private static <S extends SqlStatement<S>> S of(S statement, FlowId flow, Group group) {
    return Binding.flow(statement, flow)
        .bind("group", group.id().value())
        .bind("accounts", texts(group.members().stream().map(AccountId::value)));
  }

  @Override
  public void keep(FlowId flow, Group group) {
    jdbi.useHandle(
        handle -> of(handle.createUpdate(KEEP), flow, group).bind("name", group.name()).execute());
  }

  @Override
  public void gone(FlowId flow, Collection<GroupId> groups) {
    if (groups.isEmpty()) return;
    jdbi.useHandle(handle ->
        Binding.flow(handle.createUpdate(GONE), flow)
            .bind("groups", texts(groups.stream().map(GroupId::value)))
            .execute());
  }

  @Override
  public Optional<Memberships> of(
      FlowId flow, Collection<AccountId> accounts, Collection<PersonKey> people) {
    return jdbi.withHandle(handle -> {
      if (!is(handle, flow, "known").orElse(false)) return Optional.empty();
      var groups = new ArrayList<Known>();
      names(handle, flow).forEach((id, name) -> groups.add(new Known(id, name)));
      var members = members(handle, flow, accounts);
      return Optional.of(new Memberships(groups, members, doubted(handle, flow, people)));
    });
  }

  private static Map<AccountId, Set<GroupId>> members(
      Handle handle, FlowId flow, Collection<AccountId> accounts) {
    var members = new HashMap<AccountId, Set<GroupId>>();
    Binding.flow(handle.createQuery(MEMBERS), flow)
        .bind("accounts", texts(accounts.stream().map(AccountId::value)))
        .map((row, _) ->
            members
                .computeIfAbsent(new AccountId(row.getString("account")), _ -> new HashSet<>())
                .add(new GroupId(row.getString("group_id"))))
        .forEach(_ -> {});
    return members;
  }

  private static Map<AccountId, Set<GroupId>> doubted(
      Handle handle, FlowId flow, Collection<PersonKey> people) {
    var doubted = new HashMap<AccountId, Set<GroupId>>();
    for (var change : Shares.inDoubt(handle, flow, people)) {
      for (var one : Membership.of(change)) {
        if (!people.contains(one.person())) continue;
        one.in()
            .id()
            .ifPresent(
                group -> doubted.computeIfAbsent(one.account(), _ -> new HashSet<>()).add(group));
      }
    }
    return doubted;
  }

  private static String[] texts(Stream<String> values) {
    return values.toArray(String[]::new);
  }
}
