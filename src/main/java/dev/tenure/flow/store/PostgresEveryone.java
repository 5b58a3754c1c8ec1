package dev.tenure.flow.store;

import dev.tenure.deliver.ObservedJson;
import dev.tenure.flow.Everyone;
import dev.tenure.flow.PersonRecord;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Beyond;
import dev.tenure.plan.Former;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;

/// Links with their accounts and people.
public final class PostgresEveryone implements Everyone {
  private static final int FETCH = 1000;

  private static final String LINKED =
      """
      select count(*) from link l join flow_account a on a.flow = :flow and a.account = l.account
      where l.flow = :flow\
      """;

  private static final String ACTIVE =
      """
      select count(*) from link l join flow_account a on a.flow = :flow and a.account = l.account
      where l.flow = :flow and a.active\
      """;

  private static final String IN_GROUP =
      """
      select count(*)
      from flow_group g
        join flow_member m on m.flow = :flow and m.group_id = g.group_id
        join flow_account a on a.flow = :flow and a.account = m.account and a.active
        join link l on l.flow = :flow and l.account = m.account
      where g.flow = :flow and g.name = :name\
      """;

  private static final String ALL =
      """
      select l.person, a.account, a.version, a.resource, p.record,
        array(
          select g.name
          from flow_member m cross join lateral (
            select name from flow_group where flow = :flow and group_id = m.group_id
            offset 0) g
          where m.flow = :flow and m.account = a.account and a.active) as groups
      from link l join flow_account a on a.flow = :flow and a.account = l.account
      left join flow_person p on p.flow = :flow and p.person = l.person
      where l.flow = :flow\
      """;

  private final Jdbi jdbi;

  public PostgresEveryone(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Beyond.Everybody of(FlowId flow) {
    return new Beyond.Everybody() {
      @Override
      public long linked() {
        return count(flow, LINKED);
      }

      @Override
      public long active() {
        return count(flow, ACTIVE);
      }

      @Override
      public long inGroup(String name) {
        return PostgresEveryone.this.inGroup(flow, name);
      }

      @Override
      public void each(Predicate<Beyond.Member> goesOn) {
        PostgresEveryone.this.each(flow, goesOn);
      }
    };
  }

  private long count(FlowId flow, String statement) {
    return jdbi.withHandle(
        handle -> handle.createQuery(statement).bind("flow", flow.value()).mapTo(Long.class).one());
  }

  private long inGroup(FlowId flow, String name) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(IN_GROUP)
            .bind("flow", flow.value())
            .bind("name", name)
            .mapTo(Long.class)
            .one());
  }

  /// In a transaction: only there rows come as they are wanted.
  private void each(FlowId flow, Predicate<Beyond.Member> goesOn) {
    jdbi.useTransaction(handle -> {
      var query = handle.createQuery(ALL).bind("flow", flow.value()).setFetchSize(FETCH);
      try (var members = query.map((row, _) -> member(row)).iterator()) {
        var goes = true;
        while (goes && members.hasNext()) goes = goesOn.test(members.next());
      }
    });
  }

  private static Beyond.Member member(ResultSet row) throws SQLException {
    var key = new PersonKey(row.getString("person"));
    var account =
        ObservedJson.account(
            row.getString("account"), row.getString("version"), row.getString("resource"));
    var former =
        Optional.ofNullable(row.getString("record"))
            .map(record -> Former.of(PersonRecord.read(key, record)));
    var groups = Set.copyOf(List.of((String[]) row.getArray("groups").getArray()));
    return new Beyond.Member(key, account, former, groups);
  }
}
