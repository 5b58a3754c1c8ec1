package dev.tenure.reconcile;

import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Link;
import dev.tenure.plan.PlanPolicy;
import dev.tenure.plan.Planner;
import dev.tenure.plan.World;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.Desired.Owner;
import dev.tenure.policy.GuardLimits;
import dev.tenure.policy.LeaverPolicy;
import dev.tenure.policy.MatchRule;
import dev.tenure.policy.Standing;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.patch.PathParser;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schema;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.target.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Draws small worlds in which people and accounts meet by the same names, emails and keys, and
/// writes single people and accounts in one line.
final class Town {
  static final ResourceType USER = Schemas.standard().user();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> ORIGINS = List.of("corp", "other", "", "");
  private final RandomGenerator random;

  Town(RandomGenerator random) {
    this.random = random;
  }

  static Planner planner() {
    var rules = new ArrayList<MatchRule>();
    for (var on : List.of("externalId", "userName")) {
      rules.add(new MatchRule(AttributePaths.resolveShort(USER, on).orElseThrow(), false));
    }
    return new Planner(
        USER,
        new PlanPolicy(rules, LeaverPolicy.DEACTIVATE, GuardLimits.OPEN, Optional.of("corp")));
  }

  World world() {
    var size = 1 + random.nextInt(7);
    var standings = new ArrayList<Standing>();
    var accounts = new ArrayList<Account>();
    var links = new ArrayList<Link>();
    for (var i = 0; i < size; i++) {
      var key = "E" + i;
      if (random.nextInt(10) > 0) {
        standings.add(
            random.nextInt(6) == 0
                ? new Standing.Left(
                    new PersonKey(key), Standing.LeaverEvent.OUT_OF_SCOPE, "left Staff")
                : person(key, "n" + random.nextInt(size * 2) + "@x", mail(size)));
      }
      if (random.nextInt(10) > 2) {
        accounts.add(drawn("a" + i, size));
        if (random.nextInt(3) == 0) links.add(link(key, "a" + i));
      }
    }
    return new World(standings, random.nextInt(6) > 0, accounts, links);
  }

  private String mail(int size) {
    return "m" + random.nextInt(size * 2) + "@x";
  }

  private Account drawn(String id, int size) {
    var json = JSON.objectNode().put("active", random.nextInt(3) > 0);
    json.put("userName", "n" + id.substring(1) + (random.nextBoolean() ? "@X" : "@y"));
    if (random.nextBoolean()) json.put("externalId", "E" + random.nextInt(size + 2));
    if (random.nextBoolean()) json.putArray("emails").addObject().put("value", mail(size));
    if (random.nextInt(3) == 0) json.putArray("roles").addObject().put("value", "Agent");
    json.putObject("name").put("givenName", "Ann").put("familyName", "F" + random.nextInt(3));
    var origin = ORIGINS.get(random.nextInt(ORIGINS.size()));
    if (!origin.isEmpty()) json.putObject(Schema.ORIGIN).put("sourceOrg", origin);
    return account(id, json.toString());
  }

  static Account account(String id, String json) {
    var resource = Resource.of((ObjectNode) ScimJson.read(json));
    return new Account(new AccountId(id), Optional.of("W/\"1\""), resource);
  }

  static Link link(String person, String account) {
    return new Link(new PersonKey(person), new AccountId(account));
  }

  /// Somebody in scope; further attributes as path and text in turn.
  static Standing.InScope person(String key, String userName, String mail, String... more) {
    var mapped = new ArrayList<Mapped>();
    mapped.add(mapped("externalId", key));
    mapped.add(
        new Mapped(
            PathParser.parse("active", USER, Reading.TOLERANT),
            JSON.booleanNode(true),
            Owner.ALWAYS,
            "true"));
    mapped.add(mapped(Schema.ORIGIN + ":sourceOrg", "corp"));
    mapped.add(mapped("userName", userName));
    mapped.add(mapped("emails[type eq \"work\"].value", mail));
    for (var i = 0; i < more.length; i += 2) mapped.add(mapped(more[i], more[i + 1]));
    return new Standing.InScope(new Desired(new PersonKey(key), mapped, "member of Staff"));
  }

  private static Mapped mapped(String path, String text) {
    return new Mapped(
        PathParser.parse(path, USER, Reading.TOLERANT),
        JSON.stringNode(text),
        Owner.ALWAYS,
        "rule of " + path);
  }
}
