package dev.tenure.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenure.config.Configuration;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.Desired.Owner;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.policy.expression.Tables;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.source.Person;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.SourceSchema.Arity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {
  private static final SourceSchema SCHEMA =
      new SourceSchema(
          new TreeMap<>(
              Map.of(
                  "mail", Arity.ONE,
                  "displayName", Arity.ONE,
                  "department", Arity.ONE,
                  "title", Arity.ONE,
                  "employeeType", Arity.ONE,
                  "skills", Arity.MANY)));
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final String TABLES =
      """
      tables:
        divisions: {Sales: Sales EMEA, Customer  Support: Support}
        roles: {Team Lead: [Agent, Supervisor], Agent: Agent}
      """;

  @TempDir Path folder;

  private Configuration configuration(String text) {
    try {
      var file = Files.writeString(folder.resolve("tenure.yaml"), text);
      return Configuration.load(file, _ -> null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Policy policy(Configuration configuration) {
    var root = configuration.root();
    var tables = Tables.read(root.section("tables").orElseThrow(), name -> List.of());
    var flow = root.section("flows").orElseThrow().section("people").orElseThrow();
    return Policy.compile(flow, tables, SCHEMA, Schemas.standard().user());
  }

  /// Each of `lines` is a line below `flows.people`.
  private static String flow(String... lines) {
    return TABLES
        + "flows:\n  people:\n    source: corp\n    target: cc\n"
        + List.of(lines).stream().map(l -> "    " + l + "\n").collect(Collectors.joining());
  }

  private Policy policy(String... lines) {
    return policy(configuration(flow(lines)));
  }

  private static Person person(Map<String, List<String>> attributes) {
    return new Person(
        new PersonKey("E1"), attributes, Map.of("Cloud", List.of("Sales", "Cloud")), false);
  }

  private static Map<String, List<String>> sales() {
    return Map.of(
        "mail", List.of("ann@example.com"),
        "displayName", List.of(" Ann "),
        "department", List.of(" sales"),
        "title", List.of("Team  Lead"),
        "skills", List.of("x", "", "y", "x"));
  }

  private static Map<String, Mapped> desired(Policy policy, Person person) {
    var standing = standing(policy, person);
    assertThat(standing).isInstanceOf(Standing.InScope.class);
    return ((Standing.InScope) standing)
        .desired().attributes().stream()
            .collect(Collectors.toMap(m -> m.path().attribute().toString(), m -> m));
  }

  private static Standing standing(Policy policy, Person person) {
    return policy.decide(person, NOON).standing();
  }

  private static List<Problem> unclear(Policy policy, Person person) {
    return ((Standing.Unclear) standing(policy, person)).problems();
  }

  @Test
  void mapsEachAttributeInTheShapeThatScimGivesIt() {
    var policy =
        policy(
            "sourceOrg: corp",
            "map:",
            "  userName: lower(mail)",
            "  displayName: displayName",
            "  title: {value: title, owner: on-create}",
            "  division: 'lookup(\"divisions\", department)'",
            "  roles: 'lookupAll(\"roles\", title)'",
            "  nickName: 'employeeType'",
            "  'emails[type eq \"work\"].value': mail",
            "  entitlements: skills");
    var account = desired(policy, person(sales()));
    assertThat(of(account, "externalId").value().stringValue()).isEqualTo("E1");
    assertThat(of(account, "active").value().booleanValue()).isTrue();
    assertThat(of(account, "displayName").value().stringValue()).isEqualTo("Ann");
    assertThat(of(account, "title").owner()).isEqualTo(Owner.ON_CREATE);
    assertThat(of(account, "roles").value().toString())
        .isEqualTo("[{\"value\":\"Agent\"},{\"value\":\"Supervisor\"}]");
    assertThat(of(account, "entitlements").value().toString())
        .isEqualTo("[{\"value\":\"x\"},{\"value\":\"y\"}]");
    assertThat(of(account, "emails.value").value().stringValue()).isEqualTo("ann@example.com");
    assertThat(of(account, "nickName").value().isNull()).isTrue();
    assertThat(account.keySet()).anyMatch(k -> k.endsWith("enterprise:2.0:User:division"));
    assertThat(account.keySet()).anyMatch(k -> k.endsWith("sourceOrg"));
  }

  @Test
  void aTextForAMultiValuedAttributeIsItsOnlyElement() {
    var account = desired(policy("map: {userName: mail, roles: title}"), person(sales()));
    assertThat(of(account, "roles").value().toString()).isEqualTo("[{\"value\":\"Team  Lead\"}]");
  }

  @Test
  void anUnmappedDepartmentIsAFindingUnlessThereIsAFallback() {
    var stranger = new TreeMap<>(sales());
    stranger.put("department", List.of("Salez"));
    var strict = policy("map: {userName: mail, division: 'lookup(\"divisions\", department)'}");
    var problem = unclear(strict, person(stranger)).getFirst();
    assertThat(problem.code()).isEqualTo(Code.MAP_NO_ENTRY);
    assertThat(problem.details())
        .containsEntry("person", "E1")
        .containsEntry("rule", "division")
        .containsEntry("table", "divisions")
        .containsEntry("value", "Salez");
    var lenient =
        policy(
            "map:",
            "  userName: mail",
            "  division: {value: 'lookup(\"divisions\", department)', fallback: Home}");
    assertThat(desired(lenient, person(stranger)).values().stream().map(m -> m.value().toString()))
        .contains("\"Home\"");
  }

  @Test
  void tablesFoldLetterCaseAndBlanks() {
    var policy = policy("map: {userName: mail, division: 'lookup(\"divisions\", department)'}");
    var attributes = new TreeMap<>(sales());
    for (var written : List.of("Customer Support", " customer\tSUPPORT ", "CUSTOMER   support")) {
      attributes.put("department", List.of(written));
      assertThat(standing(policy, person(attributes))).isInstanceOf(Standing.InScope.class);
    }
  }

  @Test
  void scopeSaysWhoIsInAndWhy() {
    var policy =
        policy(
            "scope: {groups: [Nobody, cloud], when: 'employeeType != \"External\"'}",
            "map: {userName: mail}");
    var in = (Standing.InScope) standing(policy, person(sales()));
    assertThat(in.desired().scope()).startsWith("member of Cloud via Sales");
    var external = new TreeMap<>(sales());
    external.put("employeeType", List.of("External"));
    assertLeft(standing(policy, person(external)), LeaverEvent.OUT_OF_SCOPE);
    var outside = new Person(new PersonKey("E2"), sales(), Map.of(), false);
    assertLeft(standing(policy, outside), LeaverEvent.OUT_OF_SCOPE);
    var disabled =
        new Person(new PersonKey("E3"), sales(), Map.of("Cloud", List.of("Cloud")), true);
    assertLeft(standing(policy, disabled), LeaverEvent.DISABLED_IN_SOURCE);
  }

  private static void assertLeft(Standing standing, LeaverEvent event) {
    assertThat(standing)
        .isInstanceOfSatisfying(
            Standing.Left.class, left -> assertThat(left.event()).isEqualTo(event));
  }

  @Test
  void anAccountNeedsAName() {
    var nameless = person(Map.of("displayName", List.of("Ann")));
    var problems = unclear(policy("map: {userName: mail}"), nameless);
    assertThat(problems).extracting(Problem::code).containsExactly(Code.MAP_REQUIRED);
  }

  @Test
  void whatFailsWhileEvaluatingIsAFinding() {
    var policy =
        policy("map: {userName: mail, title: 'skills[7]', displayName: 'string(1/size(title))'}");
    var problems = unclear(policy, person(Map.of("mail", List.of("a@x"))));
    assertThat(problems).extracting(Problem::code).containsOnly(Code.MAP_FAILED).hasSize(2);
  }

  /// `at` is line:column of the value, `within` the text that stands there.
  private void assertWrong(Code code, String within, String words, String... lines) {
    var text = flow(lines);
    var configuration = configuration(text);
    policy(configuration);
    var all = text.lines().toList();
    int line = 0;
    while (!all.get(line).contains(within)) line++;
    var at = (line + 1) + ":" + (all.get(line).indexOf(within) + 1);
    assertThatThrownBy(configuration::finish)
        .isInstanceOfSatisfying(
            Problem.Found.class,
            found -> {
              assertThat(found.problems()).hasSize(1);
              var problem = found.problems().getFirst();
              assertThat(problem.code()).isEqualTo(code);
              assertThat(problem.line()).contains(words).contains("tenure.yaml:" + at);
            });
  }

  @Test
  void mistakesAreToldWithTheirPlace() {
    assertWrong(
        Code.MAP_EXPRESSION,
        "departmnt",
        "did you mean 'department'?",
        "map:",
        "  userName: mail",
        "  title: 'title + departmnt'");
    assertWrong(
        Code.MAP_EXPRESSION,
        "\"divsions\"",
        "did you mean 'divisions'?",
        "map:",
        "  userName: mail",
        "  title: 'lookup(\"divsions\", department)'");
    assertWrong(
        Code.MAP_EXPRESSION,
        "skills",
        "list(string)",
        "map:",
        "  userName: mail",
        "  displayName: skills");
    assertWrong(
        Code.MAP_EXPRESSION,
        "+ 1",
        "no matching overload",
        "map:",
        "  userName: mail",
        "  title: 'title + 1'");
    assertWrong(
        Code.MAP_EXPRESSION,
        "mail",
        "true or false",
        "scope: {when: mail}",
        "map: {userName: displayName}");
  }

  @Test
  void unknownAndForbiddenAttributesAreTold() {
    var configuration =
        configuration(
            flow("map:", "  userName: mail", "  dispalyName: mail", "  id: mail", "  name: mail"));
    policy(configuration);
    assertThatThrownBy(configuration::finish)
        .isInstanceOfSatisfying(
            Problem.Found.class,
            found ->
                assertThat(found.problems())
                    .extracting(Problem::code)
                    .containsExactly(Code.MAP_ATTRIBUTE, Code.MAP_ATTRIBUTE, Code.MAP_ATTRIBUTE))
        .hasMessageContaining("did you mean 'displayName'?");
  }

  @Test
  void matchLeaverAndGuardHaveTheirDefaultsAndForms() {
    var user = Schemas.standard().user();
    var usual =
        FlowRules.read(
            configuration(flow())
                .root()
                .section("flows")
                .orElseThrow()
                .section("people")
                .orElseThrow(),
            user);
    assertThat(usual.match().stream().map(m -> m.on().toString()))
        .containsExactly("externalId", "userName");
    assertThat(usual.leaver()).isEqualTo(LeaverTable.of(LeaverPolicy.DEACTIVATE));
    assertThat(usual.guard()).isEqualTo(new GuardLimits(20, 0.10));
    var own =
        FlowRules.read(
            configuration(
                    flow(
                        "match: [userName, {on: emails.value, adopt: true}]", "leaver: delete",
                        "guard: {leavers: 5, share: 25%}", "sourceOrg: corp"))
                .root()
                .section("flows")
                .orElseThrow()
                .section("people")
                .orElseThrow(),
            user);
    assertThat(own.match().get(1).on().toString()).isEqualTo("emails.value");
    assertThat(own.match().get(1).adopt()).isTrue();
    assertThat(own.leaver()).isEqualTo(LeaverTable.of(LeaverPolicy.DELETE));
    assertThat(own.guard()).isEqualTo(new GuardLimits(5, 0.25));
    assertThat(own.sourceOrg()).contains("corp");
  }

  @Test
  void aStandingIsGivenWhateverTheAttributesHold() {
    var seed = Long.getLong("law.seed", 20260101L);
    var random = new Random(seed);
    var policy =
        policy(
            "scope: {when: 'size(title) < 40'}",
            "map:",
            "  userName: trim(mail)",
            "  displayName: 'displayName.split(\" \")[1]'",
            "  title: 'string(int(title) + 1)'",
            "  nickName: 'join(skills, \",\").substring(2)'",
            "  roles: 'lookupAll(\"roles\", title)'");
    var alphabet = "aA1 ,\u00e4\u00df\u0130\ud83d\ude00\u0000\n\"'";
    for (int i = 0; i < 300; i++) {
      var attributes = new TreeMap<String, List<String>>();
      for (var name : SCHEMA.attributes().keySet()) {
        if (random.nextBoolean()) continue;
        var text = new StringBuilder();
        for (int n = random.nextInt(60); n > 0; n--) {
          text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        attributes.put(name, List.of(text.toString(), ""));
      }
      assertThat(standing(policy, person(attributes)))
          .as("seed %d, case %d: %s", seed, i, attributes)
          .isNotNull();
    }
  }

  private static Mapped of(Map<String, Mapped> account, String path) {
    return Objects.requireNonNull(account.get(path), path);
  }
}
