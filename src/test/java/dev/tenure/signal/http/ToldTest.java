package dev.tenure.signal.http;

import static dev.tenure.signal.EventType.ACCOUNT_DISABLED;
import static dev.tenure.signal.EventType.ACCOUNT_ENABLED;
import static dev.tenure.signal.EventType.ACCOUNT_PURGED;
import static dev.tenure.signal.EventType.ACTIVATE;
import static dev.tenure.signal.EventType.CREATE_FULL;
import static dev.tenure.signal.EventType.CREATE_NOTICE;
import static dev.tenure.signal.EventType.DEACTIVATE;
import static dev.tenure.signal.EventType.DELETE;
import static dev.tenure.signal.EventType.PATCH_FULL;
import static dev.tenure.signal.EventType.PATCH_NOTICE;
import static dev.tenure.signal.EventType.PUT_FULL;
import static dev.tenure.signal.EventType.PUT_NOTICE;
import static dev.tenure.signal.EventType.SESSION_REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.signal.EventType;
import dev.tenure.signal.Received;
import dev.tenure.signal.SignalWorld;
import dev.tenure.signal.SignalWorld.Api;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Which change tells what, and how it is written (CAEP 1.0, RISC 1.0, RFC 9967 §2; C3 125).
class ToldTest {
  private static final EventType[] ALL = EventType.offered().toArray(EventType[]::new);
  private static final String OFF = "{\"op\": \"replace\", \"path\": \"active\", \"value\": false}";
  private static final String ON = "{\"op\": \"replace\", \"path\": \"active\", \"value\": true}";
  private static SignalWorld world;
  private static Calls scim;
  private static Api api;
  private static String stream;

  @BeforeAll
  static void start() {
    world = new SignalWorld();
    scim = world.acme();
    api = world.receiver(TestServer.ACME);
    stream = api.polled(ALL);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static List<Received> told() {
    return Polls.all(api, stream);
  }

  private static List<EventType> types(List<Received> tokens) {
    return tokens.stream().map(Received::type).toList();
  }

  /// A user about whom all that was told is read already.
  private static String user(String userName) {
    var made =
        scim.post(
            "/Users",
            """
            {"userName": "%s", "externalId": "E-1", "title": "Agent",
              "emails": [{"value": "home@example.com", "type": "home"},
                {"value": "Work@example.com", "type": "work"}]}\
            """
                .formatted(userName));
    assertThat(made.status()).isEqualTo(201);
    told();
    return made.id();
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::stringValue).toList();
  }

  @Test
  void aTokenIsTypedSignedAndNamesItsSubjectAtTheTop() {
    var user = user("token@example.com");
    scim.change("/Users/" + user, OFF);
    var tokens = told();
    assertThat(tokens)
        .allSatisfy(token -> {
          assertThat(token.header())
              .containsEntry("typ", "secevent+jwt")
              .containsEntry("alg", "RS256");
          assertThat(token.claims().propertyNames())
              .containsExactly("iss", "jti", "iat", "aud", "txn", "sub_id", "events");
          assertThat(token.claims().path("iss").asString("")).isEqualTo(api.issuer());
          assertThat(token.claims().path("aud").asString("")).isEqualTo("acme.test");
          assertThat(token.claims().path("events").size()).isOne();
        });
    assertThat(tokens).extracting(Received::jti).doesNotHaveDuplicates();
    assertThat(tokens).extracting(Received::txn).containsOnly(tokens.getFirst().txn());
  }

  @Test
  void deactivationRevokesSessionsDisablesAndDeactivates() {
    var user = user("off@example.com");
    scim.change("/Users/" + user, OFF);
    var tokens = told();
    assertThat(types(tokens))
        .containsExactly(SESSION_REVOKED, ACCOUNT_DISABLED, DEACTIVATE, PATCH_NOTICE, PATCH_FULL);
    var revoked = tokens.getFirst();
    assertThat(revoked.subject().toString())
        .isEqualTo(
            "{\"format\":\"iss_sub\",\"iss\":\"" + api.issuer() + "\",\"sub\":\"" + user + "\"}");
    assertThat(revoked.event().path("initiating_entity").asString("")).isEqualTo("admin");
    assertThat(revoked.event().at("/reason_admin/en").asString("")).isNotEmpty();
    assertThat(revoked.event().path("event_timestamp").asLong(0))
        .isEqualTo(revoked.claims().path("iat").asLong(1));
    assertThat(tokens.get(1).event().isEmpty()).isTrue();
    assertThat(tokens.get(2).subject().toString())
        .isEqualTo(
            "{\"format\":\"scim\",\"uri\":\"/Users/%s\",\"externalId\":\"E-1\",\"id\":\"%s\"}"
                .formatted(user, user));
    assertThat(tokens.get(2).event().isEmpty()).isTrue();

    scim.change("/Users/" + user, OFF);
    assertThat(told()).isEmpty();
    scim.change("/Users/" + user, ON);
    assertThat(types(told())).containsExactly(ACCOUNT_ENABLED, ACTIVATE, PATCH_NOTICE, PATCH_FULL);
  }

  @Test
  void creationTellsTheNamesOrTheDataWithTheId() {
    var made = scim.post("/Users", "{\"userName\": \"new@example.com\", \"title\": \"Agent\"}");
    var tokens = told();
    assertThat(types(tokens)).containsExactly(CREATE_NOTICE, CREATE_FULL);
    assertThat(texts(tokens.getFirst().event().path("attributes")))
        .contains("id", "userName", "title", "active", "schemas");
    assertThat(tokens.getFirst().event().has("data")).isFalse();
    assertThat(tokens.getFirst().event().path("version").asString("")).isEqualTo("W/\"1\"");
    var data = tokens.getLast().event().path("data");
    assertThat(data.path("id").asString("")).isEqualTo(made.id());
    assertThat(data.path("title").asString("")).isEqualTo("Agent");
    assertThat(tokens.getLast().event().has("attributes")).isFalse();
  }

  @Test
  void aPatchAndAPutAreToldByTheirNamesWithTheVersion() {
    var user = user("moves@example.com");
    var patched =
        scim.change(
            "/Users/" + user,
            "{\"op\": \"replace\", \"path\": \"title\", \"value\": \"Lead\"}",
            "{\"op\": \"remove\", \"path\": \"emails\"}",
            "{\"op\": \"add\", \"path\": \"name.familyName\", \"value\": \"Li\"}");
    var tokens = told();
    assertThat(types(tokens)).containsExactly(PATCH_NOTICE, PATCH_FULL);
    assertThat(texts(tokens.getFirst().event().path("attributes")))
        .containsExactlyInAnyOrder("title", "emails", "name");
    assertThat(tokens.getFirst().event().path("version").asString(""))
        .isEqualTo(patched.header("ETag"));

    var put = scim.put("/Users/" + user, "{\"userName\": \"moves@example.com\"}");
    tokens = told();
    assertThat(types(tokens)).containsExactly(PUT_NOTICE, PUT_FULL);
    assertThat(tokens.getLast().event().path("version").asString("")).isEqualTo(put.header("ETag"));
    assertThat(tokens.getLast().event().path("data").has("title")).isFalse();

    scim.change("/Users/" + user, "{\"op\": \"remove\", \"path\": \"title\"}");
    assertThat(told()).as("nothing changed").isEmpty();
  }

  @Test
  void deletionPurges() {
    var user = user("gone@example.com");
    scim.delete("/Users/" + user);
    var tokens = told();
    assertThat(types(tokens)).containsExactly(SESSION_REVOKED, ACCOUNT_PURGED, DELETE);
    assertThat(tokens.getLast().subject().path("externalId").asString("")).isEqualTo("E-1");
    assertThat(tokens.getLast().event().isEmpty()).isTrue();

    var locked = user("locked@example.com");
    scim.change("/Users/" + locked, OFF);
    told();
    scim.delete("/Users/" + locked);
    assertThat(types(told())).as("no session was left").containsExactly(ACCOUNT_PURGED, DELETE);
  }

  @Test
  void whereDeactivationDeletesBothAreTold() {
    var other = world.scim().scim(TestServer.OTHER);
    var theirs = world.receiver(TestServer.OTHER);
    var theirStream = theirs.polled(ALL);
    var user = other.post("/Users", "{\"userName\": \"both@example.com\"}").id();
    Polls.all(theirs, theirStream);
    other.change("/Users/" + user, OFF);
    assertThat(types(Polls.all(theirs, theirStream)))
        .containsExactly(SESSION_REVOKED, ACCOUNT_DISABLED, DEACTIVATE, ACCOUNT_PURGED, DELETE);
  }

  @Test
  void aRevokedSessionIsToldWithTheSessionAllOfThemWithoutOne() {
    var user = user("session@example.com");
    var sessions = scim.at("/acme");
    var first = sessions.post("/sessions", "{\"user\": \"" + user + "\"}").id();
    sessions.post("/sessions", "{\"user\": \"" + user + "\"}");
    sessions.post("/sessions", "{\"user\": \"" + user + "\"}");
    sessions.delete("/sessions/" + first);
    var one = told();
    assertThat(types(one)).containsExactly(SESSION_REVOKED);
    assertThat(one.getFirst().subject().path("format").asString("")).isEqualTo("complex");
    assertThat(one.getFirst().subject().at("/session/id").asString("")).isEqualTo(first);
    assertThat(one.getFirst().id()).isEqualTo(user);

    sessions.delete("/sessions?user=" + user);
    var all = told();
    assertThat(types(all)).containsExactly(SESSION_REVOKED);
    assertThat(all.getFirst().subject().path("format").asString("")).isEqualTo("iss_sub");
  }

  @Test
  void groupsTellWhoCameAndWentNotWhoIsIn() {
    var a = user("a@example.com");
    var b = user("b@example.com");
    var group =
        scim.post(
                "/Groups", "{\"displayName\": \"Team\", \"members\": [{\"value\": \"" + a + "\"}]}")
            .id();
    var made = told();
    assertThat(types(made)).containsExactly(CREATE_NOTICE, CREATE_FULL);
    assertThat(made.getLast().event().at("/data/members/0/value").asString("")).isEqualTo(a);
    assertThat(made.getLast().subject().path("uri").asString("")).isEqualTo("/Groups/" + group);

    var body = "{\"displayName\": \"Team B\", \"members\": [{\"value\": \"" + b + "\"}]}";
    scim.put("/Groups/" + group, body);
    var changed = told();
    assertThat(types(changed)).containsExactly(PATCH_NOTICE, PATCH_FULL);
    assertThat(texts(changed.getFirst().event().path("attributes")))
        .containsExactly("displayName", "members");
    assertThat(changed.getLast().event().at("/data/Operations").toString())
        .contains("members[value eq \\\"" + a + "\\\"]", "Team B", b);

    scim.put("/Groups/" + group, body);
    assertThat(told()).as("nothing changed").isEmpty();
    scim.delete("/Users/" + b);
    var both = told();
    assertThat(types(both))
        .containsExactly(SESSION_REVOKED, ACCOUNT_PURGED, DELETE, PATCH_NOTICE, PATCH_FULL);
    assertThat(both.getLast().subject().path("uri").asString("")).isEqualTo("/Groups/" + group);
    assertThat(both.getLast().txn()).isEqualTo(both.getFirst().txn());
    scim.delete("/Groups/" + group);
    assertThat(types(told())).containsExactly(DELETE);
  }

  @Test
  void aStreamThatWantsAddressesNamesUsersByThem() {
    var body =
        "{\"format\": \"email\", \"events_requested\": [\"%s\", \"%s\"]}"
            .formatted(ACCOUNT_DISABLED.uri(), DEACTIVATE.uri());
    var mail = api.post("/stream", body).text("/stream_id");
    var user = user("mail@example.com");
    var nameless = scim.post("/Users", "{\"userName\": \"none@example.com\"}").id();
    scim.change("/Users/" + user, OFF);
    scim.change("/Users/" + nameless, OFF);
    var tokens = Polls.all(api, mail);
    assertThat(tokens.get(0).subject().toString())
        .isEqualTo("{\"format\":\"email\",\"email\":\"work@example.com\"}");
    assertThat(tokens)
        .filteredOn(t -> t.type() == ACCOUNT_DISABLED)
        .extracting(t -> t.subject().path("format").asString(""))
        .containsExactly("email", "iss_sub");
    assertThat(tokens)
        .filteredOn(t -> t.type() == DEACTIVATE)
        .allMatch(t -> t.subject().path("format").asString("").equals("scim"));
    api.send("DELETE", "/stream?stream_id=" + mail, "");
    told();
  }

  @Test
  void whatAReceiverMayNotSeeItIsNotTold() {
    var body = "{\"events_requested\": [\"" + CREATE_FULL.uri() + "\"]}";
    var entra = api.as(TestServer.NO_GRANTS);
    var both = entra.post("/stream", body).text("/stream_id");
    var limited = limited();
    var groupsOnly = limited.post("/stream", body).text("/stream_id");
    scim.post("/Users", "{\"userName\": \"seen@example.com\"}");
    scim.post("/Groups", "{\"displayName\": \"Seen\"}");
    assertThat(Polls.all(entra, both)).hasSize(2);
    world.scim().organizations().credentials().disable(TestServer.ACME, "limited");
    scim.post("/Groups", "{\"displayName\": \"Unseen\"}");
    assertThat(limited.get("/stream").status()).isEqualTo(401);
    assertThat(
            world.count(
                "select count(*) from signal_event where subject like 'Groups/%' and stream = '"
                    + groupsOnly
                    + "'"))
        .isOne();
    assertThat(world.count("select count(*) from signal_event where stream = '" + groupsOnly + "'"))
        .isOne();
    entra.send("DELETE", "/stream?stream_id=" + both, "");
    told();
  }

  /// A client with the scope `groups` only.
  private static Api limited() {
    var limited = world.receiver(TestServer.ACME, "limited");
    world
        .scim()
        .database()
        .jdbi()
        .useHandle(h -> h.execute("update client set scopes = '{groups}' where name = 'limited'"));
    return limited;
  }

  @Test
  void removedSubjectsAreNotToldOfUntilTheyAreAddedAgain() {
    var user = user("quiet@example.com");
    for (var subject :
        List.of(
            "{\"format\": \"email\", \"email\": \"WORK@example.com\"}",
            "{\"format\": \"scim\", \"uri\": \"/Users/" + user + "\"}",
            "{\"format\": \"opaque\", \"id\": \"" + user + "\"}",
            "{\"format\": \"iss_sub\", \"iss\": \""
                + api.issuer()
                + "\", \"sub\": \""
                + user
                + "\"}",
            "{\"format\": \"complex\", \"user\": {\"format\": \"opaque\", \"id\": \""
                + user
                + "\"}}")) {
      var body = "{\"stream_id\": \"" + stream + "\", \"subject\": " + subject + "}";
      assertThat(api.post("/subjects/remove", body).status()).as(subject).isEqualTo(204);
      scim.change("/Users/" + user, OFF);
      assertThat(told()).as(subject).isEmpty();
      assertThat(api.post("/subjects/add", body).status()).isEqualTo(200);
      scim.change("/Users/" + user, ON);
      assertThat(told()).as(subject).isNotEmpty();
    }
    for (var subject :
        List.of(
            "{}",
            "\"x\"",
            "{\"format\": \"phone_number\", \"phone_number\": \"+1\"}",
            "{\"format\": \"scim\", \"uri\": \"/Devices/1\"}",
            "{\"format\": \"iss_sub\", \"iss\": \"https://b.example\", \"sub\": \"" + user + "\"}",
            "{\"format\": \"complex\", \"device\": {\"format\": \"opaque\", \"id\": \"1\"}}")) {
      var body = "{\"stream_id\": \"" + stream + "\", \"subject\": " + subject + "}";
      assertThat(api.post("/subjects/remove", body).status()).as(subject).isEqualTo(400);
    }
  }

  @Test
  void theServiceProviderConfigNamesTheEvents() {
    var events = scim.get("/ServiceProviderConfig").json().path("securityEvents");
    assertThat(events.path("asyncRequest").asString("")).isEqualTo("none");
    assertThat(texts(events.path("eventUris"))).contains(CREATE_FULL.uri(), SESSION_REVOKED.uri());
  }

  @Test
  void anOrganizationWithoutAStreamQueuesNothing() {
    var cloud = world.scim().scim(TestServer.CLOUD);
    var body = "{\"userName\": \"c@example.com\", \"displayName\": \"C\"}";
    var user = cloud.post("/Users", body).id();
    cloud.change("/Users/" + user, OFF);
    assertThat(world.count("select count(*) from signal_event where organization = 'cloud'"))
        .isZero();
  }
}
