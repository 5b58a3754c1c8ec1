package dev.tenure.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.audit.AuditEntry;
import dev.tenure.audit.AuditLog;
import dev.tenure.audit.store.PostgresAuditLog;
import dev.tenure.crash.Staff.Standing;
import dev.tenure.organization.TestServer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The target, which nobody kills: what is in it, and what its own audit log says of how it came
/// there.
final class Accounts implements AutoCloseable {
  private static final String LOG = "organization/" + TestServer.ACME;
  private static final int PAGE = 1_000;

  private final TestServer server = TestServer.start();
  private final AuditLog log = new PostgresAuditLog(server.database().jdbi());
  private final TestServer.Calls calls = server.acme();

  String url() {
    return server.address("/acme/scim/v2").toString();
  }

  String token() {
    return calls.token();
  }

  /// The number of its newest deed; 0 where there is none.
  long deeds() {
    return log.search(AuditLog.Search.newest(LOG, 1)).stream().mapToLong(AuditEntry::id).sum();
  }

  /// Each account by userName.
  Map<String, Standing> standings() {
    var found = new TreeMap<String, Standing>();
    var total = 1L;
    for (var start = 1; start <= total; start += PAGE) {
      var page = calls.get("/Users?sortBy=userName&startIndex=%d&count=%d".formatted(start, PAGE));
      total = page.total();
      for (var user : page.json().path("Resources")) {
        found.put(
            user.path("userName").stringValue(),
            new Standing(user.path("title").asString(""), user.path("active").booleanValue()));
      }
    }
    return found;
  }

  boolean isActive(String userName) {
    var found = calls.filter("/Users", "userName eq \"" + userName + "\"");
    return found.json().path("Resources").path(0).path("active").booleanValue();
  }

  /// That the log tells of no account made twice, none locked twice, none opened again, none
  /// deleted.
  void assertNothingWasDoneTwiceOrUndone() {
    assertThat(persons("user.created")).doesNotHaveDuplicates();
    assertThat(persons("user.deactivated")).doesNotHaveDuplicates();
    assertThat(persons("user.activated")).isEmpty();
    assertThat(persons("user.deleted")).isEmpty();
  }

  private List<String> persons(String action) {
    var entries = new TreeMap<Long, String>();
    var before = Optional.<Instant>empty();
    for (var known = -1; known < entries.size(); ) {
      known = entries.size();
      for (var entry : log.search(search(action, before))) {
        entries.put(entry.id(), entry.person().orElseThrow());
        // Others may be of the same moment.
        before = Optional.of(entry.at().plus(1, ChronoUnit.MICROS));
      }
    }
    return List.copyOf(entries.values());
  }

  private static AuditLog.Search search(String action, Optional<Instant> before) {
    var usual = AuditLog.Search.newest(LOG, AuditLog.ENTRIES_MAX);
    return new AuditLog.Search(
        LOG,
        usual.person(),
        usual.actor(),
        Optional.of(action),
        usual.correlation(),
        usual.from(),
        before,
        AuditLog.ENTRIES_MAX);
  }

  @Override
  public void close() {
    server.close();
  }
}
