package dev.tenure.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.architecture.Statements.Numbered;
import dev.tenure.database.Database;
import dev.tenure.organization.store.MadeStatements;
import dev.tenure.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every key begins with the organization, the flow or the log, and no statement crosses from one
/// to another. The first is read from the catalogue. The second is read from PostgreSQL's own
/// plans: each scan of a tenant's table must be bound to the tenant that the statement is about,
/// and each row that is written must be that tenant's.
class TenantTest {
  private static final List<String> TENANTS = List.of("organization", "flow", "log");

  /// Small tables that everybody reads, and what is Flyway's.
  private static final Set<String> SHARED =
      Set.of(
          "organization",
          "node",
          "target_state",
          "target_deviation",
          "target_licence_day",
          "signal_key",
          "notice",
          "notice_message",
          "notice_receiver",
          "notice_told",
          "audit_key",
          "console_user",
          "console_session",
          "console_failure",
          "admin_token",
          "flyway_schema_history");

  /// What is asked across tenants on purpose: by the administrator of all of them, and by what
  /// finds work. It gives names only, and joins nothing of one tenant to anything of another.
  private static final Map<String, String> ACROSS =
      Map.ofEntries(
          Map.entry(
              "PostgresAuditLog.SEARCH", "an administrator searches the logs of all organizations"),
          Map.entry("PostgresAuditLog.LOGS", "an administrator is told which logs there are"),
          Map.entry("PostgresChainStore.LOGS", "an administrator verifies all logs"),
          Map.entry(
              "PostgresChainStore.WAITING", "the sealer finds the logs with something to seal"),
          Map.entry("PostgresErasures.FLOWS", "a person is forgotten in all flows"),
          Map.entry(
              "PostgresQueue.DUE", "the transmitter finds the streams with something to send"),
          Map.entry("PostgresQueue.OVERDUE", "the transmitter finds the streams that nobody reads"),
          Map.entry(
              "OrganizationConditions.EXPIRING",
              "an operator is told of clients of all organizations"),
          Map.entry(
              "OrganizationConditions.LOW", "an operator is told of pools of all organizations"),
          Map.entry("Readings.FLOWS", "metrics show how all flows stand"),
          Map.entry("Readings.QUEUE", "metrics count the queues of all flows, each by itself"),
          Map.entry("Readings.RECEIPTS", "metrics time the leavers of all flows, each by itself"),
          Map.entry(
              "Readings.POOLS", "metrics count the seats of all organizations, each by itself"));

  private static Database database;

  @BeforeAll
  static void start() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void everyKeyBeginsWithItsTenant() {
    var keys =
        rows(
            """
            select t.relname as table, c.relname as key, a.attname as first
            from pg_index i join pg_class t on t.oid = i.indrelid
              join pg_class c on c.oid = i.indexrelid
              join pg_namespace n on n.oid = t.relnamespace
              left join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
            where n.nspname = 'public' and i.indisunique\
            """);
    assertThat(keys).hasSizeGreaterThan(20);
    assertThat(keys)
        .filteredOn(key -> !SHARED.contains(key.get("table")))
        .allSatisfy(key -> assertThat(key.get("first")).as("%s", key).isIn(TENANTS));
  }

  @Test
  void noForeignKeyLeavesItsTenant() {
    var keys =
        rows(
            """
            select c.conname as key, a.attname as from, b.attname as to
            from pg_constraint c
              join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
              join pg_attribute b on b.attrelid = c.confrelid and b.attnum = c.confkey[1]
            where c.contype = 'f'\
            """);
    assertThat(keys).hasSizeGreaterThan(5);
    assertThat(keys)
        .allSatisfy(key -> {
          assertThat(key.get("from")).as("%s", key).isIn(TENANTS);
          assertThat(key.get("to")).as("%s", key).isEqualTo(key.get("from"));
        });
  }

  @Test
  void everyTableOfATenantBeginsWithItsColumn() {
    var tables =
        rows(
            """
            select t.relname as table, count(a.attname) as tenants
            from pg_class t join pg_namespace n on n.oid = t.relnamespace
              left join pg_attribute a on a.attrelid = t.oid and a.attnotnull and a.attnum = 1
                and a.attname in ('organization', 'flow', 'log')
            where n.nspname = 'public' and t.relkind = 'r' group by t.relname\
            """);
    assertThat(tables)
        .filteredOn(table -> !SHARED.contains(table.get("table")))
        .allSatisfy(table -> assertThat(table.get("tenants")).as("%s", table).isEqualTo("1"));
  }

  @Test
  void noStatementCrossesFromOneTenantToAnother() {
    var statements = statements();
    assertThat(statements).hasSizeGreaterThan(60);
    assertThat(statements).containsKeys(ACROSS.keySet().toArray(String[]::new));
    var broken = new TreeSet<String>();
    statements.forEach((name, sql) -> {
      if (!ACROSS.containsKey(name)) Plan.of(name, sql).check(broken);
    });
    assertThat(broken).isEmpty();
  }

  @Test
  void aStatementThatCrossesIsFound() {
    for (var sql :
        List.of(
            "select * from seat where user_id = :id",
            "delete from seat where sku = :sku",
            "select s.* from seat s join scim_user u on u.id = s.user_id"
                + " where u.organization = :organization",
            "select count(*) from seat where organization = :organization or sku = :sku",
            "select * from seat where organization = :other and sku = :organization",
            "insert into division (organization, name) values (:other, :organization)",
            "insert into division (organization, name) select d.organization, :name"
                + " from division d where d.organization <> :organization")) {
      var broken = new TreeSet<String>();
      Plan.of("bad", sql).check(broken);
      assertThat(broken).as(sql).isNotEmpty();
    }
  }

  private static Map<String, String> statements() {
    var all = new LinkedHashMap<>(Statements.all());
    all.putAll(MadeStatements.all());
    return all;
  }

  /// The generic plan of a statement, and the parameter that is its tenant.
  private record Plan(String name, JsonNode plan, Numbered statement) {
    static Plan of(String name, String sql) {
      var numbered = Numbered.of(sql);
      var json = database.jdbi().withHandle(h -> explained(h.getConnection(), name, numbered));
      return new Plan(name, JsonMapper.shared().readTree(json).get(0).get("Plan"), numbered);
    }

    /// The plan for whatever parameters, so that these stand in it by their numbers.
    private static String explained(Connection connection, String name, Numbered statement) {
      var nulls = String.join(", ", Collections.nCopies(statement.numbers().size(), "null"));
      try (var work = connection.createStatement()) {
        work.execute("set plan_cache_mode = force_generic_plan");
        work.execute("prepare looked_at as " + statement.sql());
        var execute = "execute looked_at" + (nulls.isEmpty() ? "" : "(" + nulls + ")");
        try (var rows = work.executeQuery("explain (verbose, format json) " + execute)) {
          rows.next();
          return rows.getString(1);
        } finally {
          work.execute("deallocate looked_at");
        }
      } catch (SQLException e) {
        throw new IllegalStateException(name + ": " + e.getMessage() + "\n" + statement.sql(), e);
      }
    }

    void check(Set<String> broken) {
      check(plan, broken);
    }

    private void check(JsonNode node, Set<String> broken) {
      var table = node.path("Relation Name").asString("");
      boolean own = !table.isEmpty() && !SHARED.contains(table);
      var kind = node.path("Node Type").asString("");
      if (own && kind.equals("ModifyTable")) checkWrite(node, table, broken);
      else if (own && !isBound(node)) broken.add(name + ": " + kind + " of " + table);
      for (var child : node.path("Plans")) check(child, broken);
    }

    private void checkWrite(JsonNode node, String table, Set<String> broken) {
      // What is updated or deleted comes from a scan beneath, which is looked at by itself.
      if (!node.path("Operation").asString("").equals("Insert")) return;
      var first = given(node);
      if (!isTenant(first)) broken.add(name + ": " + table + " is given " + first);
    }

    /// The value of the first column, which is the tenant's in every table.
    private static String given(JsonNode node) {
      for (var child : node.path("Plans")) {
        if (!child.path("Parent Relationship").asString("").matches("Outer|Subquery")) continue;
        var first = child.path("Output").path(0).asString("");
        return first.startsWith("\"*SELECT*\"") ? given(child) : first;
      }
      return "";
    }

    private boolean isBound(JsonNode node) {
      var conditions = new ArrayList<String>();
      collect(node, conditions);
      return conditions.stream().anyMatch(this::binds);
    }

    private static void collect(JsonNode node, List<String> conditions) {
      for (var kind : List.of("Index Cond", "Filter", "Recheck Cond")) {
        var condition = node.path(kind).asString("");
        if (!condition.isEmpty()) conditions.add(condition);
      }
      for (var child : node.path("Plans")) {
        if (child.path("Node Type").asString("").startsWith("Bitmap")) collect(child, conditions);
      }
    }

    /// A part of the condition, joined to the others by `and`, that equals column and parameter.
    private boolean binds(String condition) {
      return tenants()
          .anyMatch(p ->
              parts(condition).stream()
                  .anyMatch(part ->
                      part.matches(
                          "\\(?(\\w+\\.)?(organization|flow|log) = \\(?"
                              + java.util.regex.Pattern.quote(p)
                              + ".*")));
    }

    private boolean isTenant(String output) {
      return tenants().anyMatch(p -> output.startsWith(p) || output.startsWith("(" + p));
    }

    private Stream<String> tenants() {
      var numbers = statement().numbers();
      return Stream.of("organization", "flow", "log")
          .filter(numbers::containsKey)
          .flatMap(name ->
              Stream.of(
                  "$" + numbers.get(name),
                  "('" + name + "/'::text || $" + numbers.get(name),
                  "'" + name + "/'::text || $" + numbers.get(name)));
    }

    /// The terms of a conjunction; a whole disjunction is one of them.
    private static List<String> parts(String condition) {
      var inner =
          condition.startsWith("((") ? condition.substring(1, condition.length() - 1) : condition;
      var parts = new ArrayList<String>();
      int depth = 0;
      int begin = 0;
      for (int i = 0; i < inner.length(); i++) {
        if (inner.charAt(i) == '(') depth++;
        if (inner.charAt(i) == ')') depth--;
        if (depth == 0 && inner.startsWith(" OR ", i)) return List.of(condition);
        if (depth == 0 && inner.startsWith(" AND ", i)) {
          parts.add(inner.substring(begin, i));
          begin = i + 5;
        }
      }
      parts.add(inner.substring(begin));
      return parts;
    }
  }

  private static List<Map<String, Object>> rows(String sql) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(sql).mapToMap().stream()
                .map(row -> {
                  var texts = new LinkedHashMap<String, Object>();
                  row.forEach((k, v) -> texts.put(k, String.valueOf(v)));
                  return (Map<String, Object>) texts;
                })
                .toList());
  }
}
