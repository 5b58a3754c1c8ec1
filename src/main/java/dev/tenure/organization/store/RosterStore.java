package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Roster.Group;
import dev.tenure.organization.Roster.Moment;
import dev.tenure.organization.Roster.User;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/// What followers of an organization read: its users and groups, and from the audit log who
/// changed.
///
/// Each change stands in the log, written by the statement that makes it: at first among those that
/// wait (`audit_entry`), then in its place in the chain (`audit_record`). The sealer moves rows by
/// one statement and one log at a time, so every snapshot has each committed change in exactly one
/// of the two, and the places of the chain are given in the order of commits: who has read it up to
/// a place, and all that waits, has missed nothing. No number of ours is taken by a transaction
/// that may commit later than one with a higher number.
///
/// Throws [Problem.Found] with `DATABASE_UNREACHABLE` where the database fails.
public final class RosterStore {
  private static final int ROWS_MAX = 5_000;
  private static final UUID FIRST = new UUID(0, 0);

  private static final String END =
      """
      select seq from audit_chain where log = 'organization/' || cast(:organization as text)\
      """;

  private static final String CHANGES =
      """
      with sealed as (
        select r.seq, r.id, r.action, r.subject, r.detail, r.salt is null as erased
        from audit_record r
        where r.log = 'organization/' || cast(:organization as text) and r.seq > :after
          and (r.action like 'user.%' or r.action like 'group.%')
        order by r.seq limit :max),
      waiting as (
        select cast(null as bigint) as seq, e.id, e.action, e.subject, e.detail, false as erased
        from audit_entry e
        where e.log = 'organization/' || cast(:organization as text)
          and (e.action like 'user.%' or e.action like 'group.%')
          and not e.id = any(cast(:told as bigint[]))
        order by e.id limit :max)
      select t.last, t.known, c.seq, c.id, c.action, c.subject, c.erased,
        cast(c.detail as text) as detail
      from (select coalesce((select seq from audit_chain
            where log = 'organization/' || cast(:organization as text)), 0) as last,
          :after = 0 or exists (select from audit_record
            where log = 'organization/' || cast(:organization as text) and seq = :after) as known) t
      left join (select * from sealed union all select * from waiting) c on true
      order by c.seq nulls last, c.id\
      """;

  private static final String PENDING =
      """
      select exists (select from audit_record r
          where r.log = 'organization/' || cast(:organization as text) and r.seq > :after
            and (r.action like 'user.%' or r.action like 'group.%')
            and not r.id = any(cast(:told as bigint[])))
        or exists (select from audit_entry e
          where e.log = 'organization/' || cast(:organization as text)
            and (e.action like 'user.%' or e.action like 'group.%')
            and not e.id = any(cast(:told as bigint[])))\
      """;

  private static final String USER =
      """
      select u.id, cast(u.document as text) as document,
        (select array_agg(m.group_id order by m.group_id) from group_member m
          where m.organization = :organization and m.user_id = u.id) as groups
      from scim_user u where u.organization = :organization
      """;

  private static final String PAGE_OF_USERS = USER + "and u.id > :last order by u.id limit :max";

  private static final String SOME_USERS = USER + "and u.id = any(cast(:ids as uuid[]))";

  private static final String GROUP =
      """
      select g.id, g.document ->> 'displayName' as name,
        (select array_agg(m.group_id order by m.group_id) from group_member m
          where m.organization = :organization and m.nested_id = g.id) as groups
      """;

  private static final String ALL_GROUPS =
      GROUP + "from scim_group g where g.organization = :organization";

  private static final String GROUPS_ABOVE =
      """
      with recursive up(id) as (
        select unnest(cast(:ids as uuid[]))
        union select m.group_id from up join group_member m
          on m.organization = :organization and m.nested_id = up.id)
      """
          + GROUP
          + "from up join scim_group g on g.organization = :organization and g.id = up.id";

  private static final String USERS_BELOW =
      """
      with recursive below(id) as (
        select g.id from scim_group g
        where g.organization = :organization and g.id = any(cast(:ids as uuid[]))
        union select m.nested_id from below join group_member m
          on m.organization = :organization and m.group_id = below.id
        where m.nested_id is not null)
      select m.user_id from below join group_member m
        on m.organization = :organization and m.group_id = below.id
      where m.user_id is not null group by m.user_id\
      """;

  private final Database database;

  public RosterStore(Database database) {
    this.database = database;
  }

  /// One row of the log. `seq`: its place in the chain, absent while it waits for one; `erased`:
  /// there is nothing in it any more.
  public record Row(
      Optional<Long> seq, long id, String action, String subject, String detail, boolean erased) {}

  /// What the log has. `last`: the end of its chain; `known`: whether it has the place that was
  /// asked from; `isWhole`: whether the rows in the chain are all up to `last`.
  public record Log(long last, boolean known, List<Row> rows, boolean isWhole) {}

  /// The end of the chain; 0 where there is none yet.
  public long end(OrganizationId organization) {
    return read(handle ->
        handle
            .createQuery(END)
            .bindMap(values(organization))
            .mapTo(Long.class)
            .findOne()
            .orElse(0L));
  }

  /// The changes of users and groups in the chain behind the place `after`, and those that wait but
  /// for the ones `told`; a part of them where there are very many.
  public Log since(OrganizationId organization, long after, Collection<Long> told) {
    var values = values(organization, after, told);
    values.put("max", ROWS_MAX);
    var found =
        read(handle -> handle.createQuery(CHANGES).bindMap(values).map((r, _) -> found(r)).list());
    var rows = found.stream().flatMap(f -> f.row().stream()).toList();
    var sealed = rows.stream().filter(row -> row.seq().isPresent()).count();
    var first = found.getFirst();
    return new Log(first.last(), first.known(), rows, sealed < ROWS_MAX);
  }

  /// Whether [#since] would have anything.
  public boolean isPending(OrganizationId organization, long after, Collection<Long> told) {
    var values = values(organization, after, told);
    return read(handle -> handle.createQuery(PENDING).bindMap(values).mapTo(Boolean.class).one());
  }

  private record Found(long last, boolean known, Optional<Row> row) {}

  private static Found found(ResultSet row) throws SQLException {
    var action = row.getString("action");
    return new Found(
        row.getLong("last"),
        row.getBoolean("known"),
        action == null ? Optional.empty() : Optional.of(row(row, action)));
  }

  private static Row row(ResultSet row, String action) throws SQLException {
    var seq = row.getObject("seq", Long.class);
    var subject = row.getString("subject");
    var detail = row.getString("detail");
    return new Row(
        Optional.ofNullable(seq),
        row.getLong("id"),
        action,
        subject == null ? "" : subject,
        detail == null ? "{}" : detail,
        row.getBoolean("erased"));
  }

  /// Those of these users that there are.
  public List<User> users(OrganizationId organization, Collection<UUID> ids) {
    var values = values(organization);
    values.put("ids", ids.toArray(UUID[]::new));
    return read(
        handle -> handle.createQuery(SOME_USERS).bindMap(values).map((r, _) -> user(r)).list());
  }

  /// These groups and all that they are in.
  public List<Group> above(OrganizationId organization, Collection<UUID> groups) {
    var values = values(organization);
    values.put("ids", groups.toArray(UUID[]::new));
    return read(
        handle -> handle.createQuery(GROUPS_ABOVE).bindMap(values).map((r, _) -> group(r)).list());
  }

  /// The users in those of these that are groups, through others too.
  public List<UUID> below(OrganizationId organization, Collection<UUID> groups) {
    var values = values(organization);
    values.put("ids", groups.toArray(UUID[]::new));
    return read(handle -> handle.createQuery(USERS_BELOW).bindMap(values).mapTo(UUID.class).list());
  }

  /// Everything as it is at one moment, `page` users at once; to be closed.
  public Moment moment(OrganizationId organization, int page) {
    return guarded(() -> {
      var handle = database.jdbi().open();
      handle.setTransactionIsolationLevel(TransactionIsolationLevel.REPEATABLE_READ);
      handle.begin();
      var values = values(organization);
      values.put("max", page);
      return new Frozen(handle, values);
    });
  }

  private static final class Frozen implements Moment {
    private final Handle handle;
    private final Map<String, @Nullable Object> values;
    private UUID last = FIRST;

    private Frozen(Handle handle, Map<String, @Nullable Object> values) {
      this.handle = handle;
      this.values = values;
    }

    @Override
    public List<Group> groups() {
      return guarded(
          () -> handle.createQuery(ALL_GROUPS).bindMap(values).map((r, _) -> group(r)).list());
    }

    @Override
    public List<User> next() {
      values.put("last", last);
      var users =
          guarded(() ->
              handle.createQuery(PAGE_OF_USERS).bindMap(values).map((r, _) -> user(r)).list());
      if (!users.isEmpty()) last = users.getLast().id();
      return users;
    }

    @Override
    public void close() {
      guarded(() -> {
        try (handle) {
          return handle.rollback();
        }
      });
    }
  }

  private static User user(ResultSet row) throws SQLException {
    return new User(row.getObject("id", UUID.class), row.getString("document"), ids(row));
  }

  private static Group group(ResultSet row) throws SQLException {
    var id = row.getObject("id", UUID.class);
    var name = row.getString("name");
    return new Group(id, name == null ? id.toString() : name, ids(row));
  }

  private static List<UUID> ids(ResultSet row) throws SQLException {
    var array = row.getArray("groups");
    return array == null ? List.of() : List.of((UUID[]) array.getArray());
  }

  private static Map<String, @Nullable Object> values(OrganizationId organization) {
    return Rows.of(organization);
  }

  private static Map<String, @Nullable Object> values(
      OrganizationId organization, long after, Collection<Long> told) {
    var values = values(organization);
    values.put("after", after);
    values.put("told", new ArrayList<>(told).toArray(Long[]::new));
    return values;
  }

  private <T> T read(Function<Handle, T> work) {
    return guarded(() -> database.jdbi().withHandle(work::apply));
  }

  private static <T> T guarded(java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (JdbiException e) {
      throw new Problem.Found(
          new Problem(
              Code.DATABASE_UNREACHABLE,
              "the organization could not be read to its end",
              Map.of(),
              "see that the database runs; it is tried again"),
          e);
    }
  }
}
