package dev.tenure.target.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.AccountId;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.target.Keeping;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target.Look;
import dev.tenure.target.Target.ReadOutcome;
import dev.tenure.target.TargetContract;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What servers say of where their users are and what they are made of, sensible or not.
class DiscoveryTest {
  private static final String SCHEMAS =
      """
      {"totalResults": 2, "Resources": [
        {"id": "urn:ietf:params:scim:schemas:core:2.0:User", "attributes": [
          {"name": "userName"},
          {"name": "NICKNAME", "mutability": "ReadOnly"},
          {"name": "title", "mutability": "immutable"},
          {"name": "locale", "returned": "request"},
          {"name": "password", "mutability": "writeOnly", "returned": "never"},
          {"name": "emails", "multiValued": true, "subAttributes": [{"name": "value"}]},
          {"name": "addresses", "multiValued": true},
          {"name": "name", "subAttributes": [{"name": "familyName"}]}]},
        {"id": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "attributes": [
          {"name": "department"}]}]}\
      """;

  private final LoopbackServer server =
      new LoopbackServer(new LoopbackUsers(LoopbackUsers.Kind.PLAIN));
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-05-04T08:00:00Z"));
  private final ScimTarget target =
      new ScimTarget(config(), LoopbackUsers.USER, new Now(), _ -> {});

  private final class Now extends Clock {
    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private ScimTargetConfig config() {
    var known = server.config(Duration.ofSeconds(20), 10, false);
    return new ScimTargetConfig(
        known.base(), known.token(), known.timeout(), known.pageSize(), false, 100, true, true);
  }

  private void later(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  @AfterEach
  void end() {
    target.close();
    server.close();
  }

  private Keeping said(String path) {
    return target.keepings().orElseThrow().of(ref(path));
  }

  private static AttributeRef ref(String path) {
    return AttributePaths.resolveShort(LoopbackUsers.USER, path).orElseThrow();
  }

  @Test
  void attributesAreAsTheSchemasSay() {
    server.document("/Schemas", 200, SCHEMAS);
    assertThat(said("title")).isEqualTo(Keeping.IMMUTABLE);
    assertThat(said("nickName")).isEqualTo(Keeping.READ_ONLY);
    assertThat(said("locale")).isEqualTo(Keeping.UNSEEN);
    assertThat(said("password")).isEqualTo(Keeping.UNSEEN);
    assertThat(said("timezone")).isEqualTo(Keeping.UNKNOWN);
    assertThat(said("name.familyName")).isEqualTo(Keeping.KEPT);
    assertThat(said("name.givenName")).isEqualTo(Keeping.UNKNOWN);
    assertThat(said("department")).isEqualTo(Keeping.KEPT);
    assertThat(said("division")).isEqualTo(Keeping.UNKNOWN);
    assertThat(said("sourceOrg")).isEqualTo(Keeping.UNKNOWN);
  }

  /// These are not believed to be missing: no server could be used without them.
  @Test
  void whatEveryAccountHasIsKept() {
    server.document("/Schemas", 200, SCHEMAS);
    for (var path : new String[] {"externalId", "userName", "active", "emails.type"}) {
      assertThat(said(path)).as(path).isEqualTo(Keeping.KEPT);
    }
    assertThat(said("addresses.region")).isEqualTo(Keeping.KEPT);
  }

  @Test
  void anExtensionThatIsNamedButNotDescribedIsKept() {
    server.document("/Schemas", 200, SCHEMAS);
    server.document(
        "/ResourceTypes",
        200,
        """
        [{"schema": "urn:ietf:params:scim:schemas:core:2.0:User", "schemaExtensions": [
          {"schema": "urn:ietf:params:scim:schemas:extension:genesys:2.0:user"}]}]\
        """);
    assertThat(said("sourceOrg")).isEqualTo(Keeping.KEPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Sign in</html>",
        "[]",
        "null",
        "{\"Resources\": 7}",
        "{\"Resources\": [1, null, {}, {\"id\": 5, \"attributes\": \"none\"}]}",
        "{\"Resources\": [{\"id\": \"urn:ietf:params:scim:schemas:core:2.0:User\"}]}",
        "{\"Resources\": [{\"id\": \"urn:ietf:params:scim:schemas:core:2.0:User\","
            + " \"attributes\": [{\"name\": \"title\"}]}]}",
        "{\"totalResults\": 2, \"Resources\": [{\"id\":"
            + " \"urn:ietf:params:scim:schemas:core:2.0:User\","
            + " \"attributes\": [{\"name\": \"userName\"}]}]}"
      })
  void nonsenseSaysNothing(String schemas) {
    server.document("/Schemas", 200, schemas);
    server.document("/ResourceTypes", 200, schemas);
    assertThat(target.keepings()).isEmpty();
    TargetContract.account(target.send(TargetContract.joiner("ann")));
    assertThat(server.requests()).containsExactly("POST /scim/v2/Users");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 429, 500, 501, 503})
  void aServerThatRefusesToSayIsLikeAnyOther(int status) {
    server.document("/Schemas", status, SCHEMAS);
    server.document("/ResourceTypes", status, "{}");
    assertThat(target.keepings()).isEmpty();
    TargetContract.account(target.send(TargetContract.joiner("ann")));
  }

  @Test
  void itIsAskedAgainAfterAnHourAndAfterAMinuteWhereItFailed() {
    server.document("/Schemas", 503, "");
    assertThat(target.keepings()).isEmpty();
    server.document("/Schemas", 200, SCHEMAS);
    assertThat(target.keepings()).isEmpty();
    later(Duration.ofMinutes(1));
    assertThat(target.keepings()).isPresent();
    server.document("/Schemas", 404, "");
    later(Duration.ofMinutes(59));
    assertThat(target.keepings()).isPresent();
    later(Duration.ofMinutes(1));
    assertThat(target.keepings()).isEmpty();
  }

  @Test
  void whatItSaidLastHoldsWhileItCannotBeAsked() {
    server.document("/Schemas", 200, SCHEMAS);
    assertThat(target.keepings()).isPresent();
    server.document("/Schemas", 500, "");
    later(Duration.ofHours(2));
    assertThat(target.keepings()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/People", "People", "BASE/People"})
  void usersAreWhereTheResourceTypesSay(String endpoint) {
    server.document(
        "/ResourceTypes", 200, types(endpoint.replace("BASE", config().base().toString())));
    var made = TargetContract.account(target.send(TargetContract.joiner("ann")));
    target.find(TargetContract.joiner("ann"));
    assertThat(target.look(new Look.ById(made.id()), _ -> {}))
        .isEqualTo(new ReadOutcome.Complete(1));
    assertThat(target.read(_ -> {})).isEqualTo(new ReadOutcome.Complete(1));
    assertThat(server.requests()).hasSize(4).allMatch(r -> r.contains(" /scim/v2/People"));
  }

  /// Else a leaver would be taken for gone whose account is where nobody looked.
  @Test
  void whoIsMissingIsNotTakenForGoneBeforeItIsKnownWhereUsersAre() {
    var nobody = new AccountId("nobody");
    server.document("/ResourceTypes", 503, "");
    assertThat(target.send(new Request.Delete(nobody, Optional.empty())))
        .isInstanceOf(Outcome.Busy.class);
    assertThat(target.look(new Look.ById(nobody), _ -> {}))
        .isInstanceOf(ReadOutcome.Incomplete.class);
    server.document("/ResourceTypes", 500, "");
    later(Duration.ofMinutes(1));
    assertThat(target.send(new Request.Delete(nobody, Optional.empty())))
        .isInstanceOf(Outcome.Done.class);
    assertThat(target.look(new Look.ById(nobody), _ -> {})).isEqualTo(new ReadOutcome.Complete(0));
  }

  /// The token must not go anywhere else.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "@evil.example/Users",
        "//evil.example/Users",
        "https://evil.example/Users",
        "/../../admin",
        "/Users?x=",
        "/Users#",
        "/a b"
      })
  void anEndpointThatLeadsElsewhereIsNotFollowed(String endpoint) {
    server.document("/ResourceTypes", 200, types(endpoint));
    TargetContract.account(target.send(TargetContract.joiner("ann")));
    assertThat(server.requests()).containsExactly("POST /scim/v2/Users");
  }

  private static String types(String endpoint) {
    return """
    {"Resources": [
      {"schema": "urn:ietf:params:scim:schemas:core:2.0:Group", "endpoint": "/Teams"},
      {"schema": "urn:ietf:params:scim:schemas:core:2.0:User", "endpoint": "%s"}]}\
    """
        .formatted(endpoint);
  }
}
