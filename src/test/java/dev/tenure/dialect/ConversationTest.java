package dev.tenure.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.audit.AuditEntry;
import dev.tenure.audit.AuditLog.Search;
import dev.tenure.audit.store.PostgresAuditLog;
import dev.tenure.config.Secret;
import dev.tenure.dialect.Engine.Person;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.organization.limit.RateLimit;
import dev.tenure.organization.limit.RateLimits;
import dev.tenure.scim.message.Dialect;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whole conversations: a person joins, moves, leaves, comes back and leaves for good, in the way
/// in which each provider does it.
class ConversationTest {
  private static final String DEPARTMENT = "/" + Engine.ENTERPRISE + "/department";
  private static TestServer server;
  private static int number;
  private OrganizationId organization;
  private Calls admin;

  enum Provider {
    ENTRA,
    OKTA,
    PING;

    Engine engine(Calls calls) {
      return switch (this) {
        case ENTRA -> new EntraEngine(calls);
        case OKTA -> new OktaEngine(calls);
        case PING -> new PingEngine(calls);
      };
    }
  }

  @BeforeAll
  static void start() {
    server = Places.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void found() {
    organization = Places.another(server, "story-" + ++number);
    admin = server.scim(organization);
  }

  private Engine engine(Provider provider) {
    return provider.engine(Places.client(server, organization, "idp"));
  }

  private static Person mara(String manager) {
    return new Person("key-1", "mara@contoso.example", "Okafor", "Support", "Agent", manager);
  }

  @ParameterizedTest
  @EnumSource
  void aPersonJoinsMovesLeavesAndComesBack(Provider provider) {
    var engine = engine(provider);
    engine.connect();
    var boss = new Person("key-0", "boss@contoso.example", "Lind", "Board", "Guest", "");
    var mara = mara(engine.provision(boss));
    var id = engine.provision(mara);
    var support = engine.join("Support", mara);
    joined(id, support);
    assertThat(engine.provision(mara)).as("the same again").isEqualTo(id);

    var session = session(id);
    var moved = mara.in("Retail", "Supervisor");
    assertThat(engine.provision(moved)).isEqualTo(id);
    engine.quit("Support", moved);
    var retail = engine.join("Retail", moved);
    moved(id, support, retail);
    assertThat(isLive(session)).as("who moves stays logged in").isTrue();

    engine.disable(moved);
    left(id, session);
    engine.enable(moved);
    cameBack(id, retail, session);

    var last = session(id);
    var deleted = engine.leave(moved);
    assertThat(isLive(last)).isFalse();
    assertThat(seats("CX3")).isZero();
    assertThat(user(id).status()).isEqualTo(deleted ? 404 : 200);
    if (!deleted) assertThat(user(id).text("/active")).isEqualTo("false");
    told(provider, id, deleted);
  }

  private void joined(String id, String group) {
    var user = user(id);
    assertThat(user.text("/active")).isEqualTo("true");
    assertThat(user.text(DEPARTMENT)).isEqualTo("Support");
    assertThat(user.text("/groups/0/value")).isEqualTo(group);
    assertThat(seats("CX2")).isOne();
    assertThat(admin.get("/Users").total()).isEqualTo(2);
  }

  private void moved(String id, String from, String to) {
    var user = user(id);
    assertThat(user.text(DEPARTMENT)).isEqualTo("Retail");
    assertThat(user.json().path("groups").size()).isOne();
    assertThat(user.text("/groups/0/value")).isEqualTo(to);
    assertThat(admin.get("/Groups/" + from).json().has("members")).isFalse();
    assertThat(user.json().path("emails").size()).isOne();
    assertThat(user.text("/emails/0/value")).isEqualTo("mara@contoso.example");
    assertThat(seats("CX2")).isZero();
    assertThat(seats("CX3")).isOne();
  }

  private void left(String id, Secret session) {
    assertThat(user(id).text("/active")).isEqualTo("false");
    assertThat(isLive(session)).isFalse();
    assertThat(sessions(id)).isZero();
    assertThat(seats("CX3")).isZero();
    assertThat(admin.filter("/Users", "userName eq \"mara@contoso.example\"").total()).isOne();
  }

  private void cameBack(String id, String group, Secret before) {
    var user = user(id);
    assertThat(user.text("/active")).isEqualTo("true");
    assertThat(user.text("/groups/0/value")).isEqualTo(group);
    assertThat(user.text("/roles/0/value")).isEqualTo("Supervisor");
    assertThat(seats("CX3")).isOne();
    assertThat(isLive(before)).as("a session that ended does not come back").isFalse();
  }

  /// The audit log tells the story, and the client's dialect is known.
  private void told(Provider provider, String id, boolean deleted) {
    var rows = rows().stream().filter(row -> row.subject().equals(id)).toList();
    assertThat(rows).extracting(AuditEntry::actor).containsOnly("idp");
    assertThat(rows)
        .extracting(AuditEntry::action)
        .containsSubsequence(
            "user.created",
            "user.updated",
            "user.deactivated",
            "user.activated",
            deleted ? "user.deleted" : "user.deactivated");
    server.organizations().dialects().flush();
    var seen = server.organizations().clients().show(organization, "idp").seen();
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().dialect()).isEqualTo(Dialect.valueOf(provider.name()));
  }

  @ParameterizedTest
  @EnumSource
  void whoIsThereAlreadyIsLinkedAndNotMadeTwice(Provider provider) {
    var there = admin.post("/Users", "{\"userName\": \"MARA@contoso.example\"}").id();
    var engine = engine(provider);
    assertThat(engine.provision(mara(""))).isEqualTo(there);
    assertThat(admin.get("/Users").total()).isOne();
    assertThat(user(there).text("/externalId")).isEqualTo("key-1");
    var conflicts = rows().stream().filter(r -> r.action().equals("request.conflict")).count();
    assertThat(conflicts).isEqualTo(provider == Provider.ENTRA ? 1 : 0);
  }

  @ParameterizedTest
  @EnumSource
  void whoIsGoneIsMadeAgain(Provider provider) {
    var engine = engine(provider);
    var first = engine.provision(mara(""));
    admin.delete("/Users/" + first);
    var second = engine.provision(mara(""));
    assertThat(second).isNotEqualTo(first);
    assertThat(user(second).text("/active")).isEqualTo("true");
    assertThat(seats("CX2")).isOne();
  }

  @ParameterizedTest
  @EnumSource
  void whoIsTooFastWaitsAsLongAsItIsTold(Provider provider) {
    var engine = engine(provider);
    var id = engine.provision(mara(""));
    limit(new RateLimit(60, 1, false));
    engine.disable(mara(""));
    engine.enable(mara(""));
    limit(RateLimit.usual(false));
    assertThat(engine.pauses()).isPositive();
    assertThat(user(id).text("/active")).isEqualTo("true");
    server.organizations().refusals().flush();
    assertThat(rows()).extracting(AuditEntry::action).contains("request.limited");
  }

  private void limit(RateLimit limit) {
    server
        .organizations()
        .budgets()
        .declare(organization, new RateLimits(RateLimit.usual(false), Map.of("idp", limit), false));
  }

  private Answer user(String id) {
    return admin.get("/Users/" + id);
  }

  private long seats(String sku) {
    return server.organizations().licences().occupancy(organization).stream()
        .filter(pool -> pool.sku().equals(sku))
        .findFirst()
        .orElseThrow()
        .used();
  }

  private Secret session(String id) {
    return server
        .organizations()
        .sessions()
        .register(organization, UUID.fromString(id), "desk", Duration.ofHours(1))
        .orElseThrow()
        .token();
  }

  private boolean isLive(Secret session) {
    return server.organizations().sessions().introspect(organization, session).isPresent();
  }

  private int sessions(String id) {
    return server.organizations().sessions().list(organization, UUID.fromString(id)).size();
  }

  private List<AuditEntry> rows() {
    var log = new PostgresAuditLog(server.database().jdbi());
    return log.search(Search.newest("organization/" + organization, 1_000)).stream()
        .sorted(Comparator.comparingLong(AuditEntry::id))
        .toList();
  }
}
