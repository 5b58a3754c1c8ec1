package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.Desired.Owner;
import dev.tenure.policy.GuardLimits;
import dev.tenure.policy.LeaverPolicy;
import dev.tenure.policy.MatchRule;
import dev.tenure.policy.Standing;
import dev.tenure.policy.TargetGroups;
import dev.tenure.policy.TargetGroups.Missing;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.patch.PathParser;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.target.Account;
import dev.tenure.target.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Short words for the plan's tests: people, accounts and policies written in one line.
final class Rules {
  static final ResourceType USER = Schemas.standard().user();
  static final GuardLimits OPEN = GuardLimits.OPEN;

  private Rules() {}

  static PlanPolicy policy(String... match) {
    return new PlanPolicy(matching(match), LeaverPolicy.DEACTIVATE, OPEN, Optional.of("corp"));
  }

  static PlanPolicy with(PlanPolicy policy, LeaverPolicy leaver, GuardLimits guard) {
    return new PlanPolicy(policy.match(), leaver, guard, policy.sourceOrg());
  }

  /// Manages the groups `Sales`, `Support` and all teams, in chunks of this size.
  static TargetGroups groups(int chunk) {
    return new TargetGroups(List.of("Sales", "Support", "Team *"), Missing.FINDING, chunk);
  }

  static Group group(String id, String name, String... members) {
    return new Group(new GroupId(id), name, Stream.of(members).map(AccountId::new).toList());
  }

  /// `emails.value!` is the rule that may adopt.
  private static List<MatchRule> matching(String... match) {
    var rules = new ArrayList<MatchRule>();
    for (var on : match) {
      var ref = AttributePaths.resolveShort(USER, on.replace("!", "")).orElseThrow();
      rules.add(new MatchRule(ref, on.endsWith("!")));
    }
    return rules;
  }

  /// Somebody in scope; further attributes as path and JSON in turn.
  static Standing.InScope in(String person, String userName, String... attributes) {
    var mapped = new ArrayList<Mapped>();
    mapped.add(mapped("externalId", quoted(person)));
    mapped.add(mapped("active", "true"));
    mapped.add(mapped("sourceOrg", quoted("corp")));
    mapped.add(mapped("userName", quoted(userName)));
    for (var i = 0; i < attributes.length; i += 2) {
      mapped.add(mapped(attributes[i], attributes[i + 1]));
    }
    return new Standing.InScope(new Desired(new PersonKey(person), mapped, "member of Staff"));
  }

  static Standing.Left left(String person) {
    return new Standing.Left(
        new PersonKey(person), Standing.LeaverEvent.OUT_OF_SCOPE, "not a member of Staff");
  }

  static Mapped mapped(String path, String json) {
    return new Mapped(
        PathParser.parse(path, USER, Reading.TOLERANT),
        ScimJson.read(json),
        Owner.ALWAYS,
        "rule of " + path);
  }

  static Mapped onCreate(Mapped mapped) {
    return new Mapped(mapped.path(), mapped.value(), Owner.ON_CREATE, mapped.rule());
  }

  static Account account(String id, String json) {
    var resource = Resource.of((ObjectNode) ScimJson.read(json));
    return new Account(new AccountId(id), Optional.of("W/\"1\""), resource);
  }

  /// An account as the flow left it, with more JSON members such as `,"title":"Agent"`.
  static Account ours(String id, String person, String userName, String more) {
    return account(
        id,
        """
        {"externalId":"%s","userName":"%s","active":true,
         "urn:ietf:params:scim:schemas:extension:genesys:2.0:User":{"sourceOrg":"corp"}%s}\
        """
            .formatted(person, userName, more));
  }

  static Link link(String person, String account) {
    return new Link(new PersonKey(person), new AccountId(account));
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
