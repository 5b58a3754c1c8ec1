package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.GuardLimits;
import dev.tenure.policy.LeaverPolicy;
import dev.tenure.policy.Standing;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.Resource;
import dev.tenure.scim.schema.Schema;
import dev.tenure.target.Account;
import java.util.ArrayList;
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
    return Rules.with(rules, leaver, guard);
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
    return new World(standings, random.nextInt(5) > 0, accounts, links);
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
