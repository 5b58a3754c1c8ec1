package dev.tenure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.audit.AuditEntry;
import dev.tenure.audit.AuditLog.Search;
import dev.tenure.audit.store.PostgresAuditLog;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Deactivation;
import dev.tenure.organization.OrganizationConfig;
import dev.tenure.organization.Profile;
import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.organization.registry.Registry;
import dev.tenure.scim.Reading;
import dev.tenure.scim.schema.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tools.jackson.databind.JsonNode;

/// What the cases have in common: a started server with an organization that reads tolerantly and
/// one that reads strictly, and what to try on them. JSON is written with `'` for `"`.
abstract class Conformance {
  static final OrganizationId STRICT = new OrganizationId("strict");
  static final String ENTERPRISE = Schema.ENTERPRISE;
  private static final AtomicInteger NUMBER = new AtomicInteger();
  static TestServer server;
  static Calls tolerant;
  static Calls strict;

  @BeforeAll
  static void start() {
    server = TestServer.start(configs());
    tolerant = server.acme();
    strict = server.scim(STRICT);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// Those of the test server, and one that reads strictly.
  static List<OrganizationConfig> configs() {
    return configs(Registry.NONE);
  }

  /// The same; all of them declare these schemas.
  static List<OrganizationConfig> configs(Registry registry) {
    var configs = new ArrayList<OrganizationConfig>();
    TestServer.configs().forEach(c -> configs.add(with(c, Reading.TOLERANT, registry)));
    var strict = TestServer.config(STRICT, Profile.STANDARD, Deactivation.LOCK);
    configs.add(with(strict, Reading.STRICT, registry));
    return configs;
  }

  private static OrganizationConfig with(OrganizationConfig c, Reading reading, Registry registry) {
    return new OrganizationConfig(
        c.id(),
        c.profile(),
        reading,
        c.deactivation(),
        c.divisions(),
        c.licences(),
        c.roles(),
        c.clients(),
        c.lifecycle(),
        c.groups(),
        c.rateLimits(),
        registry,
        c.platform());
  }

  /// For what holds in either reading.
  static List<Calls> both() {
    return List.of(tolerant, strict);
  }

  static boolean isStrict(Calls calls) {
    return calls.prefix().startsWith("/" + STRICT);
  }

  /// A name that nobody has, in lower case.
  static String name() {
    return "user" + NUMBER.incrementAndGet() + "@example.com";
  }

  static String quoted(String text) {
    return text.replace('\'', '"');
  }

  /// A user's body; `more` are further members.
  static String body(String userName, String more) {
    return quoted(
        "{'schemas': ['%s'], 'userName': '%s'%s}"
            .formatted(Schema.USER, userName, more.isEmpty() ? "" : ", " + more));
  }

  /// A new user.
  static Answer user(Calls calls, String more) {
    return created(calls.post("/Users", body(name(), more)));
  }

  /// A group's body; `members` are ids.
  static String groupBody(String displayName, String... members) {
    return quoted(
        "{'schemas': ['%s'], 'displayName': '%s', 'members': %s}"
            .formatted(Schema.GROUP, displayName, values(members)));
  }

  /// A new group.
  static Answer group(Calls calls, String... members) {
    return created(calls.post("/Groups", groupBody("Group " + name(), members)));
  }

  /// `[{'value': 'a'}, …]`.
  static String values(String... ids) {
    return Arrays.stream(ids)
        .map("{'value': '%s'}"::formatted)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static Answer created(Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer;
  }

  /// A Bulk request; `more` stands before the operations.
  static Answer bulk(Calls calls, String more, String... operations) {
    return calls.post(
        "/Bulk",
        quoted(
            ("{'schemas': ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], %s'Operations':"
                    + " [%s]}")
                .formatted(more, String.join(",", operations))));
  }

  /// An operation of it that makes a resource.
  static String create(String type, String bulkId, String resource) {
    return "{'method': 'POST', 'path': '/%s', 'bulkId': '%s', 'data': %s}"
        .formatted(type, bulkId, resource);
  }

  /// One PATCH operation; `value` is JSON.
  static String op(String op, String path, String value) {
    return "{\"op\": \"%s\", \"path\": \"%s\", \"value\": %s}"
        .formatted(op, path.replace("'", "\\\""), quoted(value));
  }

  static String op(String op, String path) {
    return "{\"op\": \"%s\", \"path\": \"%s\"}".formatted(op, path.replace("'", "\\\""));
  }

  /// An operation without a path.
  static String whole(String op, String value) {
    return "{\"op\": \"%s\", \"value\": %s}".formatted(op, quoted(value));
  }

  /// A PATCH that works and answers with the resource, which a second request sees, too.
  static Answer patched(Calls calls, String path, String... operations) {
    var answer = calls.change(path, operations);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(calls.get(path).json()).isEqualTo(answer.json());
    return answer;
  }

  static String path(Answer resource) {
    var location = resource.text("/meta/location");
    return location.substring(location.indexOf("/scim/v2") + "/scim/v2".length());
  }

  /// An error as RFC 7644 §3.12 has it, that says nothing of how the server is made.
  static void assertError(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(answer.json().path("schemas").toString())
        .isEqualTo("[\"urn:ietf:params:scim:api:messages:2.0:Error\"]");
    assertThat(answer.json().path("status").isString()).isTrue();
    assertThat(answer.text("/status")).isEqualTo(String.valueOf(status));
    assertThat(answer.text("/scimType")).as(answer.text("/detail")).isEqualTo(type);
    assertThat(answer.text("/detail")).isNotBlank();
    assertThat(answer.response().body()).doesNotContain("Exception", "dev.tenure", "java.");
  }

  /// The resource is as it was.
  static void assertSame(Calls calls, Answer before) {
    var now = calls.get(path(before));
    assertThat(now.json()).isEqualTo(before.json());
    assertThat(now.header("ETag")).isEqualTo(before.header("ETag"));
  }

  static List<String> texts(JsonNode array, String member) {
    return array.valueStream().map(v -> v.path(member).asString("")).toList();
  }

  /// The ids of the resources in a list.
  static List<String> ids(Answer list) {
    assertThat(list.status()).as(list.response().body()).isEqualTo(200);
    return texts(list.json().path("Resources"), "id");
  }

  /// The ids of the users that match.
  static List<String> found(Calls calls, String filter) {
    return ids(calls.filter("/Users", quoted(filter)));
  }

  /// What the log of an organization has about a subject.
  static List<AuditEntry> audited(OrganizationId organization, String action, String subject) {
    server.organizations().refusals().flush();
    return new PostgresAuditLog(server.database().jdbi())
            .search(
                new Search(
                    "organization/" + organization,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(action),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    1_000))
            .stream()
            .filter(row -> subject.isEmpty() || row.toString().contains(subject))
            .toList();
  }
}
