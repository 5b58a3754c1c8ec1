package dev.tenure.organization.scim;

import static dev.tenure.organization.scim.Soundness.assertRefused;
import static dev.tenure.organization.scim.Soundness.assertSound;
import static dev.tenure.organization.scim.Soundness.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever comes in is answered as RFC 7644 has it: never 5xx, never a stack trace, soon, and with
/// the server as good as before.
@Timeout(60)
class BadInputOverHttpTest {
  private static final String LONG = "x".repeat(100_000);
  private static TestServer server;
  private static Calls acme;
  private static String user;
  private static String group;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    acme = server.acme();
    user = "/Users/" + acme.post("/Users", "{\"userName\": \"victim@x\"}").id();
    group = "/Groups/" + acme.post("/Groups", "{\"displayName\": \"Victims\"}").id();
  }

  @AfterAll
  static void stop() {
    assertThat(acme.get(user).text("/userName")).isEqualTo("victim@x");
    server.close();
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }

  private static List<Answer> everywhere(String body) {
    return Stream.of(
            acme.post("/Users", body),
            acme.put(user, body),
            acme.patch(user, body),
            acme.post("/Groups", body),
            acme.put(group, body),
            acme.patch(group, body),
            acme.post("/Bulk", body),
            acme.post("/Users/.search", body),
            acme.post("/.search", body))
        .toList();
  }

  @Test
  void bodiesThatAreNoJson() {
    for (var body :
        List.of(
            "", " ", "{", "nul", "{\"a\":1}{", "{'a':1}", "{\"a\":1,}", "{\"a\":NaN}", "\u0000")) {
      everywhere(body).forEach(answer -> assertRefused(answer, 400));
    }
  }

  @Test
  void bodiesThatAreNoObject() {
    for (var body : List.of("[]", "null", "true", "5", "\"x\"", "[{}]", "[[]]")) {
      everywhere(body).forEach(answer -> assertRefused(answer, 400));
    }
  }

  @Test
  void deepJson() {
    for (int depth : new int[] {33, 1_000, 100_000}) {
      var lists = "{\"userName\": " + "[".repeat(depth) + "]".repeat(depth) + "}";
      var objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
      everywhere(lists).forEach(answer -> assertRefused(answer, 400));
      everywhere(objects).forEach(answer -> assertRefused(answer, 400));
    }
  }

  @Test
  void hugeNumbers() {
    for (var number : List.of("9".repeat(100_000), "1e999999999", "-1E+400", "1e-999999999")) {
      everywhere("{\"userName\": \"n\", \"displayName\": \"n\", \"count\": " + number + "}")
          .forEach(Soundness::assertSound);
      assertSound(acme.post("/Users", "{\"userName\": " + number + "}"));
      assertSound(acme.post("/Bulk", "{\"failOnErrors\": " + number + ", \"Operations\": [{}]}"));
      assertSound(acme.get("/Users?count=" + number.replace("+", "%2B")));
      assertSound(acme.filter("/Users", "userName eq " + number));
    }
  }

  @Test
  void membersThatStandTwice() {
    assertRefused(acme.post("/Users", "{\"userName\": \"a\", \"userName\": \"b\"}"), 400);
    assertRefused(acme.post("/Users", "{\"userName\": \"a\", \"USERNAME\": \"b\"}"), 400);
    assertRefused(
        acme.patch(user, "{\"Operations\": [{\"op\": \"add\", \"op\": \"remove\"}]}"), 400);
    assertRefused(acme.post("/Bulk", "{\"Operations\": [], \"Operations\": []}"), 400);
  }

  @Test
  void textThatIsNoUnicode() {
    for (var bytes :
        List.of(
            new byte[] {(byte) 0xff, (byte) 0xfe, '{', '}'},
            "{\"userName\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1),
            new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'},
            new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'},
            "{\"userName\": \"x\"}".getBytes(StandardCharsets.UTF_16),
            new byte[] {0, 0, 0, '{', 0, 0, 1})) {
      var got = raw("POST", "/Users", bytes);
      assertThat(got.status()).as(got.text()).isBetween(200, 499);
      if (got.status() >= 400) assertThat(got.json().path("status").asInt(0)).isEqualTo(400);
    }
    for (var text : List.of("\\u0000", "\\ud800", "\\udc00x", "a\\u0000b")) {
      for (var name : List.of("userName", "title", "externalId", "displayName")) {
        assertRefused(
            acme.post("/Users", "{\"userName\": \"u\", \"%s\": \"%s\"}".formatted(name, text)),
            400);
      }
      assertSound(acme.post("/Groups", "{\"displayName\": \"%s\"}".formatted(text)));
      assertSound(acme.post("/Users", "{\"userName\": \"k\", \"%s\": 1}".formatted(text)));
      assertSound(acme.filter("/Users", "title eq \"" + text + "\""));
    }
    for (var query :
        List.of(
            "filter=title+eq+a%00b",
            "filter=a%00b+pr",
            "sortBy=a%00b",
            "attributes=%00",
            "filter=title+eq+%22%ff%fe%22",
            "cursor=%00",
            "count=%00",
            "%00=%00")) {
      assertSound(acme.get("/Users?" + query));
    }
  }

  private static Raw.Got raw(String method, String path, byte[] body) {
    try (var client = Raw.to(server)) {
      return client.send(acme.token(), method + " /acme/scim/v2" + path, body);
    }
  }

  @Test
  void wrongTypesEverywhere() {
    var values =
        List.of("{}", "[]", "[[]]", "5", "true", "\"\"", "\"x\"", "[5]", "{\"value\": {}}");
    var names =
        List.of(
            "userName",
            "active",
            "name",
            "emails",
            "meta",
            "id",
            "schemas",
            "roles",
            "groups",
            "members",
            "displayName",
            "externalId",
            "password",
            "x509Certificates",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
            "nosuch");
    for (var name : names) {
      for (var value : values) {
        var member = "\"" + name + "\": " + value;
        var whole = member.startsWith("\"userName") ? "" : "\"userName\": \"victim@x\", ";
        assertSound(acme.put(user, "{" + whole + member + "}"));
        assertSound(acme.put(group, "{" + member + "}"));
        var operation = "{\"op\": \"add\", \"path\": \"%s\", \"value\": %s}".formatted(name, value);
        assertSound(acme.change(user, operation));
        assertSound(acme.change(group, operation.replace("add", "remove")));
        assertSound(acme.change(user, "{\"op\": \"replace\", \"value\": {" + member + "}}"));
      }
    }
    acme.put(user, "{\"userName\": \"victim@x\"}");
  }

  @Test
  void patchesThatAreNone() {
    for (var operation :
        List.of(
            "5",
            "[]",
            "{}",
            "{'op': 5}",
            "{'op': 'move', 'path': 'title'}",
            "{'op': 'add'}",
            "{'op': 'add', 'path': 5, 'value': 1}",
            "{'op': 'remove'}",
            "{'op': 'add', 'path': 'emails[', 'value': 'x'}",
            "{'op': 'add', 'path': 'emails[]', 'value': 'x'}",
            "{'op': 'add', 'path': 'emails[type eq]', 'value': 'x'}",
            "{'op': 'add', 'path': ']emails[', 'value': 'x'}",
            "{'op': 'add', 'path': 'nosuch.attr', 'value': 'x'}",
            "{'op': 'add', 'path': 'name.nosuch', 'value': 'x'}",
            "{'op': 'add', 'path': '" + LONG + "', 'value': 'x'}",
            "{'op': 'replace', 'path': 'id', 'value': 'x'}",
            "{'op': 'replace', 'path': 'title[type eq 1]', 'value': 'x'}",
            "{'op': 'add', 'value': 'x'}",
            "{'op': 'add', 'value': [1, 2]}")) {
      assertRefused(acme.change(user, quoted(operation)), 400);
      assertRefused(acme.change(group, quoted(operation)), 400);
    }
    assertRefused(acme.patch(user, "{\"Operations\": {}}"), 400);
    assertRefused(acme.patch(user, "{\"Operations\": []}"), 400);
  }

  @Test
  void filtersBeyondAllMeasure() {
    var deep = "(".repeat(10_000) + "title pr" + ")".repeat(10_000);
    var nots = "not (".repeat(1_900) + "title pr" + ")".repeat(1_900);
    var words = Collections.nCopies(1_000, "id pr").stream().collect(Collectors.joining(" or "));
    var compared =
        IntStream.range(0, 500)
            .mapToObj(i -> "title co \"" + i + "\"")
            .collect(Collectors.joining(" or "));
    for (var filter : List.of("title eq \"" + LONG + "\"", LONG, deep, nots)) {
      var body = "{\"filter\": \"" + filter.replace("\"", "\\\"") + "\"}";
      for (var path : List.of("/Users/.search", "/Groups/.search", "/.search")) {
        assertRefused(soon(() -> acme.post(path, body)), 400);
      }
      assertRefused(soon(() -> acme.filter("/Users", filter)), 400, 414);
      var path = "emails[" + filter + "]";
      var operation = "{\"op\": \"remove\", \"path\": \"" + path.replace("\"", "\\\"") + "\"}";
      assertRefused(soon(() -> acme.change(user, operation)), 400);
    }
    for (var filter : List.of(words, compared)) {
      assertSound(soon(() -> acme.filter("/Users", filter)));
      assertSound(soon(() -> acme.filter("/Groups", filter)));
      assertSound(soon(() -> acme.filter("/", filter)));
    }
  }

  @Test
  void filtersThatAreNone() {
    for (var filter :
        List.of(
            "userName",
            "userName eq",
            "eq",
            "userName eq \"",
            "userName regex \"a\"",
            "(",
            ")",
            "userName eq \"a\" and",
            "not",
            "not userName pr",
            "emails[",
            "emails[type]",
            "emails[type eq \"a\"",
            "id gt 5 6",
            "title eq \"\\x\"",
            "userName eq eq eq",
            "[]",
            "a[b[c eq 1]]",
            "\"userName\" eq \"a\"",
            "userName pr pr")) {
      for (var resource : List.of("/Users", "/Groups", "/")) {
        assertRefused(acme.filter(resource, filter), 400);
      }
    }
  }

  @Test
  void tenThousandOperations() {
    var adds =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "{'op':'add','path':'emails','value':[{'value':'m" + i + "@x'}]}")
            .collect(Collectors.joining(","));
    assertSound(soon(() -> acme.patch(user, quoted("{'Operations':[" + adds + "]}"))));
    var members =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "{'value':'00000000-0000-7000-8000-%012d'}".formatted(i))
            .collect(Collectors.joining(","));
    var join = quoted("{'op':'add','path':'members','value':[" + members + "]}");
    assertRefused(soon(() -> acme.change(group, join)), 400);
    acme.put(user, "{\"userName\": \"victim@x\"}");
  }

  @Test
  void manyValuesAndLongTexts() {
    var mails =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "{'value':'m" + i + "@x','type':'work'}")
            .collect(Collectors.joining(","));
    assertSound(
        soon(() -> acme.put(user, quoted("{'userName':'victim@x','emails':[" + mails + "]}"))));
    assertSound(soon(() -> acme.get(user)));
    acme.put(user, "{\"userName\": \"victim@x\"}");
    for (var name : List.of("userName", "externalId", "displayName")) {
      for (var text : List.of(LONG, randomText(3_000), "界".repeat(900))) {
        assertRefused(
            acme.post(
                "/Users",
                "{\"userName\": \"l\", \"%s\": \"%s\"}"
                    .formatted(name, text)
                    .replace("\"userName\": \"l\", \"userName\"", "\"userName\"")),
            400);
      }
    }
    assertRefused(
        acme.post("/Users", "{\"userName\": \"l\", \"emails\": [{\"value\": \"" + LONG + "\"}]}"),
        400);
    assertRefused(acme.post("/Groups", "{\"displayName\": \"" + randomText(3_000) + "\"}"), 400);
    assertSound(acme.put(user, "{\"userName\": \"victim@x\", \"title\": \"" + LONG + "\"}"));
    assertSound(acme.get("/Users?sortBy=title&count=1&cursor="));
    acme.put(user, "{\"userName\": \"victim@x\"}");
  }

  /// What PostgreSQL cannot make shorter.
  private static String randomText(int size) {
    return new java.util.Random(7)
        .ints(size, 0x4e00, 0x9fff)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void nothingIsLeftBehind() {
    var errors = new ArrayList<String>();
    for (var path : List.of("/Users?count=0", "/Groups?count=0", "/Schemas", "/ResourceTypes")) {
      if (acme.get(path).status() != 200) errors.add(path);
    }
    assertThat(errors).isEmpty();
  }
}
