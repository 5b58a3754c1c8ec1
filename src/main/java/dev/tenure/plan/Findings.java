package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.MatchRule;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.target.Account;
import dev.tenure.target.Keeping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a plan says of those whom it leaves out.
final class Findings {
  private static final String PERSON = "person";
  private static final String ACCOUNT = "account";
  private static final String USER_NAME = "userName";

  private Findings() {}

  static Problem twice(PersonKey person) {
    return new Problem(
        Code.SOURCE_DUPLICATE_KEY,
        "the source gave this person more than once, nothing is done for them",
        Map.of(PERSON, person.value()),
        "give each record a key of its own");
  }

  static Problem foreign(PersonKey person, Account account, String sourceOrg) {
    return new Problem(
        Code.ACCOUNT_FOREIGN,
        "the account belongs to the source of truth '" + sourceOrg + "' and is not touched",
        about(person, account, Map.of("sourceOrg", sourceOrg)),
        "let that source release the account, or leave the person out of this flow");
  }

  static Problem otherExternalId(
      PersonKey person, Account account, MatchRule rule, String externalId) {
    return new Problem(
        Code.MATCH_CONFLICT,
        "the account '%s' has the same %s but another externalId: '%s' instead of '%s'"
            .formatted(Accounts.name(account), rule.on(), externalId, person),
        about(person, account, Map.of("rule", rule.on().toString(), "externalId", externalId)),
        "write 'adopt: true' at this match rule if the account is theirs, else give one of the two"
            + " another "
            + rule.on());
  }

  static Problem protectedAccount(PersonKey person, Account account, String other) {
    return new Problem(
        Code.MATCH_CONFLICT,
        "the account '%s' is that of '%s', who is protected"
            .formatted(Accounts.name(account), other),
        about(person, account, Map.of("externalId", other)),
        "give one of the two another value of what the match rule compares");
  }

  static Problem noneFree(PersonKey person, String attribute, long tried) {
    return new Problem(
        Code.MAP_NOT_UNIQUE,
        "all %d values that the rule for '%s' offers are taken".formatted(tried, attribute),
        Map.of(PERSON, person.value(), "rule", attribute, "candidates", Long.toString(tried)),
        "let the rule offer more, such as one with a counter: … + \"{n}\"");
  }

  static Problem ambiguous(PersonKey person, String rule, List<Account> hits) {
    var ids = hits.stream().map(a -> a.id().value()).collect(Collectors.joining(" "));
    return new Problem(
        Code.MATCH_CONFLICT,
        "%d accounts match by %s, none is taken".formatted(hits.size(), rule),
        Map.of(PERSON, person.value(), "rule", rule, "accounts", ids),
        "remove or change all but one of these accounts, or put a more exact match rule first");
  }

  static Problem claimed(PersonKey person, PersonKey other, Account account) {
    return new Problem(
        Code.MATCH_CONFLICT,
        "the account '%s' is also that of person '%s'".formatted(Accounts.name(account), other),
        about(person, account, Map.of("other", other.value())),
        "correct the record of the person whose account it is not");
  }

  /// Several people are to have one userName. `keeper` is the one who has it already.
  static Problem sameName(
      PersonKey person, String userName, List<PersonKey> all, Optional<PersonKey> keeper) {
    var others =
        all.stream()
            .filter(p -> !p.equals(person))
            .map(PersonKey::value)
            .collect(Collectors.joining(" "));
    return new Problem(
        Code.MATCH_CONFLICT,
        "more than one person is to have the userName '%s'%s"
            .formatted(userName, keeper.map(k -> ", '" + k + "' has it already").orElse("")),
        Map.of(PERSON, person.value(), "others", others, USER_NAME, userName),
        "make the userName unique in the source or by the mapping");
  }

  static Problem nameTaken(PersonKey person, String userName, Account holder) {
    var facts = new TreeMap<>(Map.of(USER_NAME, userName));
    Accounts.externalId(holder).ifPresent(e -> facts.put("externalId", e));
    return new Problem(
        Code.MATCH_CONFLICT,
        "another account has the userName '%s' already".formatted(userName),
        about(person, holder, facts),
        "add a match rule if the account is theirs, else give one of the two another userName");
  }

  static Problem noName(PersonKey person) {
    return new Problem(
        Code.MAP_REQUIRED,
        "the rules give no userName, no account can be made",
        Map.of(PERSON, person.value()),
        "map userName to an attribute that this person has");
  }

  static Problem waiting(long leavers) {
    return new Problem(
        Code.SOURCE_INCOMPLETE,
        "the source was not read completely: nobody is treated as a leaver",
        Map.of("waiting", Long.toString(leavers)),
        "see why the source's read ended early; they follow after the next complete read");
  }

  static Problem misfit(String attribute, Keeping keeping, Set<PersonKey> who) {
    return new Problem(
        Code.TARGET_ATTRIBUTE,
        "the target says that it %s '%s', in which %d people differ"
            .formatted(keeping.words(), attribute, who.size()),
        crowd("attribute", attribute, who),
        keeping.remedy());
  }

  static Problem noGroup(String name, Set<PersonKey> who) {
    return new Problem(
        Code.GROUP_MISSING,
        "the target has no group '"
            + name
            + "', in which %d people should be".formatted(who.size()),
        group(name, who),
        "make the group in the target, correct its name in the rule, or write 'missing: create'"
            + " where the target lets clients make groups");
  }

  static Problem unmanaged(String name, Set<PersonKey> who) {
    return new Problem(
        Code.GROUP_UNMANAGED,
        "the rule names the group '" + name + "', which the flow does not manage",
        group(name, who),
        "add it to 'manage' of the flow's groups, or let the rule not name it");
  }

  static Problem twoGroups(String name) {
    return new Problem(
        Code.GROUP_AMBIGUOUS,
        "the target has more than one group '" + name + "', none is touched",
        Map.of("group", name),
        "give all but one another name in the target");
  }

  static Problem unused(List<String> names) {
    var some = names.stream().limit(Cluster.EXAMPLES_MAX).collect(Collectors.joining(", "));
    return new Problem(
        Code.GROUP_UNUSED,
        "nobody is in %d of the managed groups, and the rules put nobody there"
            .formatted(names.size()),
        Map.of("groups", some, "count", Integer.toString(names.size())),
        "delete them in the target if nobody needs them any more: Tenure deletes no group");
  }

  /// `queue`: what people call those who wait, the first first.
  static Problem poolFull(Seats.Pool pool, List<String> queue) {
    var some = queue.stream().limit(Cluster.EXAMPLES_MAX).collect(Collectors.joining(" "));
    return new Problem(
        Code.LICENCE_POOL_FULL,
        "no seat of '%s' is free: %d people wait for one".formatted(pool.sku(), queue.size()),
        Map.of(
            "licence", pool.sku(),
            "seats", Long.toString(pool.seats()),
            "taken", Long.toString(pool.taken()),
            "waiting", Integer.toString(queue.size()),
            "first", some),
        "buy seats, or see what 'tenure licences --reclaimable' finds; a seat that becomes free"
            + " goes to the first who waits");
  }

  static Problem seatRefused(PersonKey person, Seats.Pool pool) {
    return new Problem(
        Code.LICENCE_REFUSED,
        "no seat of '" + pool.sku() + "' is free, and the flow refuses to overdraw the pool",
        Map.of(
            PERSON,
            person.value(),
            "licence",
            pool.sku(),
            "seats",
            Long.toString(pool.seats()),
            "taken",
            Long.toString(pool.taken())),
        "buy seats, see what 'tenure licences --reclaimable' finds, or let them wait with"
            + " 'whenFull: wait'");
  }

  private static Map<String, String> group(String name, Set<PersonKey> who) {
    return crowd("group", name, who);
  }

  private static Map<String, String> crowd(String what, String name, Set<PersonKey> who) {
    var some =
        who.stream()
            .limit(Cluster.EXAMPLES_MAX)
            .map(PersonKey::value)
            .collect(Collectors.joining(" "));
    return Map.of(what, name, "count", Integer.toString(who.size()), "examples", some);
  }

  private static Map<String, String> about(
      PersonKey person, Account account, Map<String, String> more) {
    var facts = new TreeMap<>(more);
    facts.put(PERSON, person.value());
    facts.put(ACCOUNT, account.id().value());
    facts.putIfAbsent(USER_NAME, Accounts.name(account));
    return facts;
  }
}
