package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.GuardLimits;
import dev.tenure.policy.LeaverPolicy;
import dev.tenure.policy.LeaverStep;
import dev.tenure.policy.LeaverStep.Kind;
import dev.tenure.policy.LeaverTable;
import dev.tenure.policy.Standing;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.policy.TargetGroups;
import dev.tenure.policy.TargetGroups.Missing;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.Resource;
import dev.tenure.scim.schema.Schema;
import dev.tenure.target.Account;
import dev.tenure.target.Group;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Draws worlds: small, so that people meet the same names, e-mails and accounts again and again.
final class Lots {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> TITLES = List.of("Agent", "Lead", "agent", "Head of Köln");
  private static final List<String> ROLES = List.of("Agent", "Supervisor", "Admin");
  private static final List<String> ORIGINS = List.of("corp", "corp", "corp", "other", "");

  /// The last is not the flow's.
  private static final List<String> GROUPS =
      List.of("Sales", "support", "Team A", "team b", "Board");

  private final RandomGenerator random;

  Lots(RandomGenerator random) {
    this.random = random;
  }

  PlanPolicy policy() {
    var rules =
        random.nextBoolean()
            ? Rules.policy("externalId", "userName", "emails.value")
            : Rules.policy("externalId", "userName!", "emails.value!");
    var guard = random.nextBoolean() ? Rules.OPEN : new GuardLimits(random.nextInt(4), 0.3);
    var leaver = random.nextBoolean() ? LeaverPolicy.DEACTIVATE : LeaverPolicy.DELETE;
    var policy = Rules.with(rules, leaver, guard);
    if (leaver == LeaverPolicy.DEACTIVATE && random.nextBoolean()) policy = leavingGroups(policy);
    return random.nextInt(4) > 0 ? policy.managing(groups()) : policy;
  }

  private static PlanPolicy leavingGroups(PlanPolicy policy) {
    var steps = List.of(LeaverStep.now(Kind.DEACTIVATE), LeaverStep.now(Kind.REMOVE_GROUPS));
    var table = new EnumMap<LeaverEvent, List<LeaverStep>>(LeaverEvent.class);
    for (var event : LeaverEvent.values()) table.put(event, steps);
    return new PlanPolicy(
        policy.match(),
        new LeaverTable(table),
        policy.guard(),
        policy.sourceOrg(),
        policy.untouched(),
        policy.groups());
  }

  private TargetGroups groups() {
    var missing = random.nextBoolean() ? Missing.FINDING : Missing.CREATE;
    var managed = Rules.groups(1 + random.nextInt(4));
    return new TargetGroups(managed.manage(), missing, managed.chunk());
  }

  /// Some of the groups, now and then two of one name, with accounts in them that are nobody's.
  private Memberships memberships(List<Account> accounts) {
    var groups = new ArrayList<Group>();
    for (var name : GROUPS) {
      if (random.nextInt(5) == 0) continue;
      groups.add(group("g" + groups.size(), name, accounts));
      if (random.nextInt(12) == 0) groups.add(group("g" + groups.size(), name, accounts));
    }
    return Memberships.of(groups);
  }

  private Group group(String id, String name, List<Account> accounts) {
    var members = new ArrayList<AccountId>();
    accounts.stream().filter(_ -> random.nextBoolean()).forEach(a -> members.add(a.id()));
    if (random.nextBoolean()) members.add(new AccountId("service"));
    return new Group(new GroupId(id), random.nextBoolean() ? name : name + " ", members);
  }

  World world() {
    var size = 1 + random.nextInt(14);
    var standings = new ArrayList<Standing>();
    var accounts = new ArrayList<Account>();
    var links = new ArrayList<Link>();
    for (var i = 0; i < size; i++) {
      if (random.nextInt(10) > 0) standings.add(standing("E" + i, size));
      if (random.nextInt(10) < 7) {
        accounts.add(account("a" + i, size));
        if (random.nextBoolean()) links.add(Rules.link("E" + i, "a" + i));
      } else if (random.nextInt(4) == 0) {
        links.add(Rules.link("E" + i, "vanished" + i));
      }
    }
    var world = new World(standings, random.nextInt(5) > 0, accounts, links);
    return random.nextInt(8) == 0 ? world : world.with(memberships(accounts));
  }

  private Standing standing(String person, int size) {
    var key = new PersonKey(person);
    return switch (random.nextInt(8)) {
      case 0 -> new Standing.Left(key, Standing.LeaverEvent.OUT_OF_SCOPE, "left Staff");
      case 1 ->
          new Standing.Unclear(
              key, List.of(new Problem(Code.MAP_NO_ENTRY, "?", Map.of("person", person), "!")));
      default -> new Standing.InScope(desired(key, size));
    };
  }

  private Desired desired(PersonKey person, int size) {
    var mail = mail(size);
    var base = Rules.in(person.value(), random.nextInt(5) == 0 ? mail : person + "@x").desired();
    var mapped = new ArrayList<Mapped>(base.attributes());
    mapped.add(text("title", pick(TITLES)));
    mapped.add(text("name.familyName", person.value()));
    mapped.add(text("emails[type eq \"work\"].value", mail));
    mapped.add(Rules.mapped("emails[type eq \"work\"].primary", "true"));
    mapped.add(Rules.mapped("nickName", "null"));
    mapped.add(text("phoneNumbers[type eq \"work\"].value", random.nextBoolean() ? "" : "1"));
    mapped.add(text("division", pick(TITLES)));
    mapped.add(Rules.mapped("roles", roles().toString()));
    mapped.add(Rules.onCreate(text("preferredLanguage", "de")));
    if (random.nextInt(4) > 0) mapped.add(Rules.mapped("groups", names().toString()));
    return new Desired(person, mapped, "member of Staff");
  }

  private Account account(String id, int size) {
    var json = JSON.objectNode().put("id", id).put("active", random.nextInt(4) > 0);
    json.put("userName", random.nextBoolean() ? "E" + id.substring(1) + "@X" : "user-" + id);
    if (random.nextBoolean()) json.put("externalId", "E" + random.nextInt(size));
    if (random.nextBoolean()) json.put("title", pick(TITLES)).put("nickName", "nick");
    var origin = pick(ORIGINS);
    if (!origin.isEmpty()) json.putObject(Schema.ORIGIN).put("sourceOrg", origin);
    if (random.nextBoolean()) json.set("roles", roles());
    if (json.path("roles").isEmpty()) json.remove("roles");
    if (random.nextBoolean()) email(json, mail(size));
    return new Account(new AccountId(id), Optional.of("1"), Resource.of(json));
  }

  private void email(ObjectNode json, String mail) {
    var emails = json.putArray("emails");
    if (random.nextBoolean()) emails.addObject().put("value", "home@" + mail).put("type", "home");
    emails.addObject().put("value", mail).put("type", "work");
  }

  private ArrayNode roles() {
    var roles = JSON.arrayNode();
    ROLES.stream()
        .filter(_ -> random.nextBoolean())
        .forEach(r -> roles.addObject().put("value", r));
    return roles;
  }

  private ArrayNode names() {
    var names = JSON.arrayNode();
    GROUPS.stream().filter(_ -> random.nextInt(3) == 0).forEach(names::add);
    return names;
  }

  private String mail(int size) {
    return "m" + random.nextInt(size * 3) + "@x";
  }

  private Mapped text(String path, String text) {
    return Rules.mapped(path, text.isEmpty() ? "null" : JSON.stringNode(text).toString());
  }

  private String pick(List<String> some) {
    return some.get(random.nextInt(some.size()));
  }
}
