package dev.tenure.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.Clients.Kind;
import dev.tenure.organization.Clients.NewClient;
import dev.tenure.organization.Dialects.Seen;
import dev.tenure.scim.message.Dialect;
import dev.tenure.scim.message.Oddity;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which dialect each credential speaks is counted by any number of nodes, and shown.
class DialectsTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<Seen> seen(String client) {
    server.organizations().dialects().flush();
    return server.organizations().clients().show(TestServer.ACME, client).seen();
  }

  private static Client client(String name, String credential) {
    return new Client(
        TestServer.ACME,
        name,
        Set.of(),
        Set.of(),
        Admission.of(List.of(), Set.of()),
        false,
        credential);
  }

  @Test
  void eachTokenIsShownByItselfWithItsId() {
    var clients = server.organizations().clients();
    var wanted =
        new NewClient(
            "idp",
            ClientRole.USER_MANAGEMENT,
            List.of(),
            Set.of(Kind.TOKEN),
            Optional.empty(),
            Conditions.NONE);
    var one = clients.create(TestServer.ACME, wanted).token().orElseThrow().reveal();
    var rotation = new Clients.Rotation(Duration.ofHours(1), Set.of(Kind.TOKEN), Optional.empty());
    var two = clients.rotate(TestServer.ACME, "idp", rotation).token().orElseThrow().reveal();
    server.acme().as(one).get("/Users?aadOptscim062020");
    server.acme().as(one).get("/Users");
    server.acme().as(two).get("/Users");
    var shown = seen("idp");
    assertThat(shown).extracting(Seen::dialect).containsExactly(Dialect.STANDARD, Dialect.ENTRA);
    assertThat(shown).extracting(Seen::requests).containsExactly(1L, 2L);
    assertThat(shown.getLast().habits())
        .singleElement()
        .satisfies(habit -> {
          assertThat(habit.oddity()).isEqualTo(Oddity.ENTRA_FLAG);
          assertThat(habit.requests()).isOne();
        });
    assertThat(shown)
        .extracting(Seen::credential)
        .containsExactlyInAnyOrderElementsOf(
            clients.show(TestServer.ACME, "idp").credentials().stream()
                .map(Clients.Credential::id)
                .toList());
  }

  @Test
  void accessTokensAndThoseOfFlowsAreOne() {
    var credentials = server.organizations().credentials();
    for (int i = 0; i < 3; i++) {
      var token = credentials.issue(TestServer.ACME, "flow people", Duration.ofHours(1));
      server.acme().as(token.reveal()).get("/Users");
      var form = "grant_type=client_credentials&client_id=acme.okta&client_secret=";
      var access =
          server
              .acme()
              .as("")
              .at("/acme")
              .with("Content-Type", "application/x-www-form-urlencoded")
              .post("/oauth/token", form + TestServer.SECRET)
              .text("/access_token");
      assertThat(server.acme().as(access).get("/Users").status()).isEqualTo(200);
    }
    for (var name : List.of("okta", "flow people")) {
      assertThat(seen(name))
          .singleElement()
          .satisfies(seen -> {
            assertThat(seen.credential()).isEmpty();
            assertThat(seen.requests()).isEqualTo(3);
          });
    }
  }

  @Test
  void whatIsRefusedIsSeenTooAndPartsOfABulkRequestAreIts() {
    var calls = server.acme();
    calls.patch("/Users/none", "{\"operations\": [{\"op\": \"Replace\"}]}");
    calls.post(
        "/Bulk",
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [
         {"method": "POST", "path": "/Users", "data": {"userName": "b", "active": "True"}}]}
        """);
    assertThat(seen("test"))
        .singleElement()
        .satisfies(seen -> {
          assertThat(seen.requests()).isEqualTo(2);
          assertThat(seen.habits())
              .extracting(Dialects.Habit::oddity)
              .contains(Oddity.NAMES_IN_OTHER_CASE, Oddity.OP_IN_CAPITALS, Oddity.BOOLEAN_AS_TEXT);
        });
  }

  @Test
  void nodesAddToWhatOthersHaveSeen() throws Exception {
    var oddities = EnumSet.of(Oddity.NULLS, Oddity.NULL_PATH, Oddity.DOTTED_NAMES);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var nodes = new ArrayList<java.util.concurrent.Future<?>>();
      for (int node = 0; node < 8; node++) {
        nodes.add(
            threads.submit(() -> {
              var dialects = new Dialects(server.database(), Clock.systemUTC());
              for (int i = 0; i < 20; i++) {
                dialects.note(client("viewer", "token-" + i % 4), "Agent", oddities);
                if (i % 5 == 0) dialects.flush();
              }
              dialects.flush();
            }));
      }
      for (var node : nodes) node.get();
    }
    assertThat(seen("viewer")).hasSize(4);
    assertThat(seen("viewer"))
        .allSatisfy(seen -> {
          assertThat(seen.requests()).isEqualTo(40);
          assertThat(seen.habits())
              .hasSize(3)
              .allSatisfy(habit -> assertThat(habit.requests()).isEqualTo(40));
        });
  }

  @Test
  void whatAnAgentCallsItselfIsCut() {
    var dialects = server.organizations().dialects();
    dialects.note(client("viewer", ""), "A\u0000é" + "x".repeat(500), Set.of());
    var agent = seen("viewer").getFirst().agent();
    assertThat(agent).hasSize(100).startsWith("A??x");
    dialects.note(client("viewer", ""), "the last one", Set.of());
    assertThat(seen("viewer").getFirst().agent()).isEqualTo("the last one");
  }

  @Test
  void whatWasNotMetForLongIsForgotten() {
    var past = Clock.fixed(LONG_AGO, java.time.ZoneOffset.UTC);
    var dialects = new Dialects(server.database(), past);
    dialects.note(client("viewer", "old"), "", EnumSet.of(Oddity.NULLS));
    dialects.flush();
    server.acme().as(TestServer.VIEWER).get("/Users");
    assertThat(seen("viewer")).hasSize(2);
    new Organizations(server.database(), Clock.systemUTC(), new SecureRandom())
        .housekeeping()
        .purge();
    assertThat(seen("viewer"))
        .singleElement()
        .satisfies(seen -> assertThat(seen.credential()).isNotEqualTo("old"));
  }
}
