package dev.tenure.access.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenure.access.OpenIdConfig;
import dev.tenure.access.Role;
import dev.tenure.config.Secret;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.ScimJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is made of a cookie, of a provider's document and of its claims.
class OpenIdWordsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");

  @Test
  void aTripComesBackFromItsCookieForTenMinutes() {
    var trip = Trip.begin(NOW, new Random(1), "/console/people?q=é&x=1");
    var back = Trip.of(trip.cookie(), NOW.plus(Trip.LIFE)).orElseThrow();
    assertThat(back).isEqualTo(trip);
    assertThat(back.isAnsweredBy(trip.state())).isTrue();
    assertThat(Trip.of(trip.cookie(), NOW.plus(Trip.LIFE).plusSeconds(1))).isEmpty();
    assertThat(Trip.of(trip.cookie(), NOW.minusSeconds(1))).isEmpty();
  }

  @Test
  void whatIsSeenOnTheWayTellsNothingOfTheRest() {
    var trip = Trip.begin(NOW, new Random(2), "/console");
    var words =
        List.of(trip.state(), trip.nonce(), trip.verifier(), trip.challenge(), trip.cookie());
    assertThat(words).doesNotHaveDuplicates();
    assertThat(trip.verifier()).matches("[A-Za-z0-9_-]{43}");
    assertThat(trip.cookie()).doesNotContain(trip.state(), trip.nonce(), trip.verifier());
    assertThat(Trip.begin(NOW, new Random(3), "/console").state()).isNotEqualTo(trip.state());
  }

  @Test
  void whoChangesTheCookieChangesTheState() {
    var trip = Trip.begin(NOW, new Random(4), "/console");
    var later = trip.cookie().replaceFirst("^[0-9]+", "" + NOW.plusSeconds(60).getEpochSecond());
    var other = Trip.of(later, NOW.plusSeconds(60)).orElseThrow();
    assertThat(other.isAnsweredBy(trip.state())).isFalse();
    for (var wrong :
        List.of("", "x", "1.2.3", trip.cookie() + "!", trip.cookie() + "A".repeat(9))) {
      var read = Trip.of(wrong, NOW);
      assertThat(read.filter(t -> t.isAnsweredBy(trip.state()))).as(wrong).isEmpty();
    }
  }

  private static OpenIdConfig config(String issuer) {
    return new OpenIdConfig(
        "X",
        issuer,
        new OpenIdConfig.Client("c", new Secret("s"), List.of()),
        new OpenIdConfig.Claims("name", "roles", Map.of(Role.VIEWER, List.of("v"))));
  }

  private static String document(String issuer, String token) {
    return """
    {"issuer": "%1$s", "authorization_endpoint": "https://a.example/auth?x=1",
     "token_endpoint": "%2$s", "jwks_uri": "https://a.example/keys"}
    """
        .formatted(issuer, token);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example,  https://other.example/token,     true",
    "https://a.example,  http://a.example/token,          false",
    "https://a.example,  http://127.0.0.1/token,          false",
    "https://a.example,  file:///etc/passwd,              false",
    "https://a.example,  https://u:p@a.example/token,     false",
    "https://a.example,  //a.example/token,               false",
    "https://a.example,  '',                              false",
    "http://127.0.0.1:9, http://127.0.0.1:8/token,        true",
    "http://127.0.0.1:9, http://localhost:8/token,        true",
    "http://127.0.0.1:9, https://a.example/token,         true",
    "http://127.0.0.1:9, http://10.0.0.1/token,           false",
    "http://127.0.0.1:9, http://169.254.169.254/token,    false",
  })
  void addressesAreReachedOverTlsOrAreHereWithTheIssuer(String issuer, String token, boolean fits) {
    var json = ScimJson.read(document(issuer, token));
    if (fits) {
      var read = Metadata.read(json, config(issuer));
      assertThat(read.endpoints().token()).hasToString(token);
      assertThat(read.byForm()).isFalse();
    } else {
      assertThatThrownBy(() -> Metadata.read(json, config(issuer)))
          .hasMessageContaining("CONSOLE_OPENID_UNREACHABLE")
          .hasMessageContaining("token_endpoint");
    }
  }

  @Test
  void aProviderIsCalledAsTheConfigurationDoes() {
    var json = ScimJson.read(document("https://b.example", "https://b.example/token"));
    assertThatThrownBy(() -> Metadata.read(json, config("https://b.example/")))
        .hasMessageContaining("calls itself 'https://b.example'");
  }

  @Test
  void parametersAreAddedToThoseThatAreThere() {
    var address = new Address(java.net.URI.create("https://a.example/auth?x=1"));
    assertThat(address.with("a b", "c&d=é").uri())
        .hasToString("https://a.example/auth?x=1&a%20b=c%26d%3D%C3%A9");
  }

  private static final OpenIdConfig.Claims TABLE =
      new OpenIdConfig.Claims(
          "preferred_username",
          "realm_access.roles",
          Map.of(
              Role.VIEWER,
              List.of("v"),
              Role.OPERATOR,
              List.of("o", "p"),
              Role.ADMINISTRATOR,
              List.of("a")));

  private static Claimed claimed(Object roles) {
    return new Claimed(Map.of("sub", "s-1", "realm_access", Map.of("roles", roles)), TABLE);
  }

  @Test
  void theHighestRoleCountsAndOneTextIsAListOfOne() {
    assertThat(claimed(List.of("v", "x", "a", "o")).role()).isEqualTo(Role.ADMINISTRATOR);
    assertThat(claimed(List.of("p", "v")).role()).isEqualTo(Role.OPERATOR);
    assertThat(claimed("v").role()).isEqualTo(Role.VIEWER);
    var whole = new Claimed(Map.of("sub", "s", "realm_access.roles", List.of("o")), TABLE);
    assertThat(whole.role()).isEqualTo(Role.OPERATOR);
  }

  @Test
  void whoHasNoRoleIsToldWhichClaimWasLookedAt() {
    var without =
        Stream.of(
            claimed(List.of("V", " v", 5, List.of("a"))),
            claimed("a v"),
            claimed(List.of()),
            claimed(7),
            new Claimed(Map.of("sub", "s-1", "realm_access", "a"), TABLE),
            new Claimed(Map.of("sub", "s-1", "hasgroups", true), TABLE),
            new Claimed(Map.of("sub", "s-1"), TABLE));
    without.forEach(claimed ->
        assertThatThrownBy(claimed::role)
            .as(claimed.claims().toString())
            .isInstanceOfSatisfying(
                Problem.Found.class,
                e -> {
                  var problem = e.problems().getFirst();
                  assertThat(problem.code()).isEqualTo(Code.CONSOLE_OPENID_ROLE);
                  assertThat(problem.message()).contains("'realm_access.roles'");
                  assertThat(problem.remedy()).isNotEmpty();
                }));
  }

  @Test
  void groupsThatWereLeftOutAreSaidToBe() {
    var table = new OpenIdConfig.Claims("name", "groups", TABLE.values());
    var claims = Map.of("sub", "s", "_claim_names", Map.of("groups", "src1"));
    assertThatThrownBy(() -> new Claimed(claims, table).role())
        .hasMessageContaining("too many values");
  }

  @Test
  void somebodyIsCalledByTheClaimElseByTheSubject() {
    assertThat(claimed("v").name()).isEqualTo("s-1");
    var claims = Map.<String, Object>of("sub", "s-1", "preferred_username", "ann\n@x.example");
    assertThat(new Claimed(claims, TABLE).name()).isEqualTo("ann @x.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_denied", "invalid_client", "server_error", "<b>odd</b>"})
  void whatAProviderRefusesHasARemedy(String error) {
    var refusal =
        Refusal.of(Map.of("error", error, "error_description", "x\r\ny" + "z".repeat(900)));
    var problem = refusal.problems().getFirst();
    assertThat(problem.message()).contains(error, "x y").hasSizeLessThan(400);
    assertThat(problem.remedy()).isNotEmpty();
  }
}
