package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.audit.AuditEntry;
import dev.tenure.audit.AuditLog.Search;
import dev.tenure.cli.Workplace;
import dev.tenure.testkit.NodeServer;
import dev.tenure.testkit.Product;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Signing in by way of a provider that nobody here wrote: `oidc-provider` of npm, with its own
/// forms for name and consent, over plain HTTP on this machine.
class OpenIdTest {
  private static final String SECRET = "the secret / of: tenure+";

  private static Site site;
  private static Workplace place;
  private static NodeServer provider;
  private static URI console;
  private Traveller browser;

  private static String yaml(int port) {
    return """
    server: {port: 0}
    console:
      openid:
        label: The Company
        issuer: http://127.0.0.1:%d
        client: tenure
        secret: ${env:OPENID_SECRET}
        scopes: [profile, groups]
        rolesClaim: groups
        roles:
          viewer: tenure-viewers
          operator: [tenure-operators]
          administrator: [tenure-admins]
    """
        .formatted(port);
  }

  @BeforeAll
  static void serve() {
    var port = Product.freePort();
    site = Site.with(yaml(port)).variable("OPENID_SECRET", SECRET);
    place = site.serve();
    console = URI.create(place.base() + "/console");
    provider = provider(port, place.base(), "fat");
  }

  private static NodeServer provider(int port, URI tenure, String mode) {
    return NodeServer.start(
        "/dev/tenure/access/openid/",
        "provider",
        Map.of(
            "PORT",
            Integer.toString(port),
            "ISSUER",
            "http://127.0.0.1:" + port,
            "TENURE",
            tenure.toString(),
            "MODE",
            mode));
  }

  @AfterAll
  static void close() {
    provider.close();
    place.close();
    site.close();
  }

  @BeforeEach
  void open() {
    browser = new Traveller();
    site.sql("delete from console_failure");
  }

  private static URI start(String next) {
    return URI.create(console + "/sign-in/openid?next=" + Traveller.encoded(next));
  }

  /// Up to the redirect that leads back to the console: its address has the code.
  private HttpResponse<String> vouched(String name, String next) {
    return vouched(browser.get(start(next)), name, console);
  }

  private HttpResponse<String> vouched(HttpResponse<String> away, String name, URI back) {
    var login = browser.follow(away, back.toString());
    var sent = browser.fill(login, Map.of("prompt", "login", "login", name, "password", "x"));
    var consent = browser.follow(sent, back.toString());
    return browser.follow(browser.fill(consent, Map.of("prompt", "consent")), back.toString());
  }

  private HttpResponse<String> signIn(String name) {
    return browser.get(Traveller.where(vouched(name, "/console/plans")));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return String.join("\n", answer.headers().allValues(name));
  }

  private static List<AuditEntry> audit() {
    return place.audit().search(Search.newest("system/console", 20));
  }

  @Test
  void somebodyComesInWithTheRoleOfTheirGroupAndGoesOutAtTheProviderToo() {
    assertThat(browser.get(URI.create(console + "/sign-in")).body())
        .contains("Sign in with The Company", place.address() + "/console/sign-in/openid");
    var in = signIn("olga");
    assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
    assertThat(in.body()).contains("content=\"0; url=/console/plans\"");
    assertThat(header(in, "Set-Cookie"))
        .containsPattern("tenure=[^;]{43}; HttpOnly; Path=/; SameSite=Strict")
        .contains("tenure-openid=; HttpOnly; Max-Age=0");
    assertThat(header(in, "Content-Security-Policy")).contains("script-src 'self'");
    assertThat(browser.get(console).body()).contains("openid:olga@example.com", "operator");
    var account = browser.get(URI.create(console + "/account")).body();
    assertThat(account).contains("kept by the provider").doesNotContain("Old password");

    var first = audit().getFirst();
    assertThat(first.actor() + " " + first.action())
        .isEqualTo("console:openid:olga@example.com console.sign-in");
    assertThat(first.toString()).contains("subject", "olga", "issuer");

    var out = browser.post(console, "/console/sign-out");
    assertThat(out.statusCode()).isEqualTo(200);
    assertThat(out.body())
        .contains("end?client_id=tenure&amp;post_logout_redirect_uri=", "id_token_hint=ey");
    assertThat(browser.get(console).statusCode()).isEqualTo(303);
    assertThat(site.rows("select name from console_session where name like 'openid:olga%'"))
        .isEmpty();
    var end = out.body().replaceAll("(?s).*0; url=([^\"]+)\".*", "$1").replace("&amp;", "&");
    var asked = browser.get(URI.create(end));
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
    assertThat(asked.body()).contains("logout").doesNotContain("invalid_request");
  }

  @Test
  void theWayThereIsBoundToTheBrowserByACookie() {
    var away = browser.get(start("/console"));
    assertThat(Traveller.where(away).getQuery())
        .contains(
            "response_type=code",
            "client_id=tenure",
            "redirect_uri=" + console + "/sign-in/callback",
            "scope=openid profile groups",
            "code_challenge_method=S256",
            "state=",
            "nonce=");
    assertThat(header(away, "Set-Cookie"))
        .startsWith("tenure-openid=")
        .contains("HttpOnly", "SameSite=Lax", "Max-Age=600", "Path=/");
    assertThat(header(away, "Cache-Control")).isEqualTo("no-store");
    assertThat(SECRET).isNotIn(Traveller.where(away).toString());
  }

  @Test
  void anotherBrowserCannotUseAnAnswerAndNoneCanUseItTwice() {
    var back = Traveller.where(vouched("ada", "/console"));
    var thief = new Traveller();
    var stolen = thief.get(back);
    assertThat(stolen.statusCode()).isEqualTo(403);
    assertThat(stolen.body()).contains("CONSOLE_OPENID_STALE", "sign in again");
    thief.get(start("/console"));
    assertThat(thief.get(back).body()).contains("CONSOLE_OPENID_STALE");
    assertThat(thief.get(console).statusCode()).isEqualTo(303);
    assertThat(browser.get(back).statusCode()).isEqualTo(200);
    assertThat(browser.get(back).body()).contains("CONSOLE_OPENID_STALE");
    assertThat(audit().getFirst().action()).isEqualTo("console.sign-in.failed");
  }

  @Test
  void whatTheAnswerSaysIsShownToWhoAskedForItOnlyAndNeverAsMarkup() {
    var words = "error=access_denied&error_description=%3Cb%3ECall%20us%3C%2Fb%3E";
    var callback = console + "/sign-in/callback?" + words;
    assertThat(browser.get(URI.create(callback)).body())
        .contains("CONSOLE_OPENID_STALE")
        .doesNotContain("Call us");
    var away = Traveller.where(browser.get(start("/console")));
    var state = away.getRawQuery().replaceAll(".*state=([^&]+).*", "$1");
    var iss = "&iss=" + Traveller.encoded(provider.base().toString());
    var refused = browser.get(URI.create(callback + "&state=" + state + iss));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body())
        .contains("CONSOLE_OPENID_REFUSED", "access_denied", "&lt;b&gt;Call us", "ask who looks");
    // The cookie is gone with the answer: it is once more nobody's.
    assertThat(browser.get(URI.create(callback + "&state=" + state + iss)).body())
        .contains("CONSOLE_OPENID_STALE");
  }

  @Test
  void anAnswerOfAnotherProviderIsRefused() {
    var back = Traveller.where(vouched("ada", "/console")).toString();
    var other = back.replaceAll("iss=[^&]+", "iss=https%3A%2F%2Fevil.example");
    assertThat(browser.get(URI.create(other)).body()).contains("of another provider");
    back =
        Traveller.where(browser.follow(browser.get(start("/console")), console.toString()))
            .toString();
    assertThat(browser.get(URI.create(back.replaceAll("&iss=[^&]+", ""))).body())
        .contains("of another provider");
  }

  @Test
  void aCodeOfAnotherSignInIsRefusedByTheProvider() {
    var back = Traveller.where(vouched("ada", "/console")).toString();
    var other = browser.get(start("/console"));
    var state = Traveller.where(other).getRawQuery().replaceAll(".*state=([^&]+).*", "$1");
    var mixed = browser.get(URI.create(back.replaceAll("state=[^&]+", "state=" + state)));
    assertThat(mixed.statusCode()).isEqualTo(403);
    assertThat(mixed.body()).contains("invalid_grant", "sign in again");
  }

  @Test
  void signInLeadsToOurOwnPagesOnly() {
    for (var next : List.of("https://evil.example", "//evil.example", "/console//evil", "/x")) {
      var in =
          browser.get(
              Traveller.where(
                  next.startsWith("https")
                      ? vouched("vera", next)
                      : browser.follow(browser.get(start(next)), console.toString())));
      assertThat(in.body()).as(next).contains("content=\"0; url=/console\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"norman", "nobody"})
  void whoHasNoRoleIsToldWhichClaimWasLookedAt(String name) {
    var refused = signIn(name);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("CONSOLE_OPENID_ROLE", "'groups'", "console.openid.");
    assertThat(browser.get(console).statusCode()).isEqualTo(303);
    var last = audit().getFirst();
    assertThat(last.action()).isEqualTo("console.sign-in.failed");
    assertThat(last.toString()).contains("openid:" + name + "@example.com", "CONSOLE_OPENID_ROLE");
  }

  @Test
  void whoTriesTooOftenIsSlowedDownAndLocalUsersAreNot() {
    var callback = URI.create(console + "/sign-in/callback?code=x&state=y");
    for (int i = 0; i < 20; i++) assertThat(browser.get(callback).statusCode()).isEqualTo(403);
    var slowed = browser.get(callback);
    assertThat(slowed.statusCode()).isEqualTo(429);
    assertThat(header(slowed, "Retry-After")).matches("[0-9]+");
    assertThat(audit().getFirst().action()).isEqualTo("console.sign-in.slowed");
    var made = place.consoleUsers().add("glass", dev.tenure.access.Role.ADMINISTRATOR);
    var local = new Browser(place.base());
    assertThat(local.signIn("glass", made.password().reveal()).statusCode()).isEqualTo(303);
  }

  @Test
  void anAdministratorEndsTheSessionsOfSomebodyWhoHasLostARole() {
    signIn("vera");
    assertThat(browser.get(console).statusCode()).isEqualTo(200);
    var name = "openid:vera@example.com";
    var unknown = site.run("admin", "sign-out", "openid:v@example.com");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("CONSOLE_USER_UNKNOWN", name);
    var done = site.run("admin", "sign-out", name, "--output", "json").json();
    assertThat(done.path("user").asString("")).as(done.toString()).isEqualTo(name);
    assertThat(done.path("done").asString()).isEqualTo("is signed out");
    assertThat(browser.get(console).statusCode()).isEqualTo(303);
    assertThat(audit().getFirst().action()).isEqualTo("console.user.signed-out");
    assertThat(audit().getFirst().toString()).contains(name);
  }

  /// What the page says is written into the file is understood, and asks for no more.
  @Test
  void theExamplesOfThePageAreGood() throws IOException {
    var blocks =
        Pattern.compile("(?s)```yaml\n(.*?)```")
            .matcher(Files.readString(Path.of("docs", "openid.md")));
    int count = 0;
    for (; blocks.find(); count++) {
      try (var example = Site.with(blocks.group(1)).variable("OPENID_SECRET", "x")) {
        example.file("openid-secret", "x");
        var checked = example.run("check");
        assertThat(checked.exit()).as(blocks.group(1) + checked.err()).isZero();
      }
    }
    assertThat(count).isEqualTo(3);
  }

  @Test
  void aServerThatOthersReachMustKnowItsOwnAddress() {
    try (var open = Site.with(yaml(1).replace("{port: 0}", "{host: 0.0.0.0}"))) {
      open.variable("OPENID_SECRET", "x");
      var checked = open.run("check", "--output", "json");
      assertThat(checked.exit()).isEqualTo(2);
      assertThat(checked.err() + checked.out()).contains("CONFIG_REQUIRED", "server.url");
      open.replacing("{host: 0.0.0.0}", "{host: 0.0.0.0, url: 'https://tenure.example.com'}");
      assertThat(open.run("check").exit()).isZero();
      for (var issuer : List.of("http://login.example.com", "ftp://x", "https://a/?b", "login")) {
        open.replacing("issuer: http://127.0.0.1:1", "issuer: " + issuer);
        assertThat(open.run("check").err()).as(issuer).contains("CONFIG_VALUE", "no issuer");
        open.replacing("issuer: " + issuer, "issuer: http://127.0.0.1:1");
      }
      open.replacing("viewer: tenure-viewers", "viewer: []");
      open.replacing("[tenure-operators]", "[]").replacing("[tenure-admins]", "[]");
      assertThat(open.run("check").err()).contains("at least one value must give a role");
    }
  }

  /// A provider's word is kept with what was configured when it was given.
  @Test
  void anotherConfigurationEndsTheSessionsOfTheProvider() {
    assertThat(signIn("ada").statusCode()).isEqualTo(200);
    assertThat(browser.get(console).body()).contains("administrator");
    site.sql("update console_session set provider = 'another'");
    assertThat(browser.get(console).statusCode()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(strings = {"thin form", "thin ec", "fat form ec"})
  void providersDifferInWhatTheyTellWhereAndHow(String mode) {
    var port = Product.freePort();
    try (var other = Site.with(yaml(port)).variable("OPENID_SECRET", SECRET);
        var serving = other.serve();
        var _ = provider(port, serving.base(), mode)) {
      var there = URI.create(serving.base() + "/console");
      var away = browser.get(URI.create(there + "/sign-in/openid"));
      var in = browser.get(Traveller.where(vouched(away, "ada", there)));
      assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
      assertThat(browser.get(there).body()).contains("openid:ada@example.com", "administrator");
    }
  }

  @Test
  void aProviderThatIsNotThereAndAWrongSecretAreSaidAndLocalUsersComeIn() {
    var port = Product.freePort();
    try (var other = Site.with(yaml(port)).variable("OPENID_SECRET", "wrong");
        var serving = other.serve()) {
      var there = URI.create(serving.base() + "/console");
      var away = browser.get(URI.create(there + "/sign-in/openid"));
      assertThat(away.statusCode()).isEqualTo(502);
      assertThat(away.body()).contains("CONSOLE_OPENID_UNREACHABLE", "local users still sign in");
      var password = serving.consoleUsers().first().orElseThrow().password().reveal();
      assertThat(new Browser(serving.base()).signIn("admin", password).statusCode()).isEqualTo(303);
      try (var _ = provider(port, serving.base(), "fat")) {
        assertThat(
                Product.until(
                    () -> browser.get(URI.create(there + "/sign-in/openid")).statusCode() == 303))
            .isTrue();
        var back = vouched(browser.get(URI.create(there + "/sign-in/openid")), "ada", there);
        var refused = browser.get(Traveller.where(back));
        assertThat(refused.body()).contains("invalid_client", "secrets run out");
      }
    }
  }
}
