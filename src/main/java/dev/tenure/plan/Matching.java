package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired;
import dev.tenure.policy.MatchRule;
import dev.tenure.policy.Standing;
import dev.tenure.problem.Problem;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Account;
import dev.tenure.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Finds the accounts of people who have none yet: the rules in their order, the first that hits
/// decides. Two hits are a conflict and never a guess; an account that is somebody else's is left
/// alone.
final class Matching {
  private final ResourceType userType;
  private final PlanPolicy policy;
  private final Accounts accounts;
  private final People people;
  private final TreeMap<String, List<Claim>> claims = new TreeMap<>();

  private record Claim(PersonKey person, Account account) {
    boolean isMarked() {
      return Accounts.externalId(account).filter(person.value()::equals).isPresent();
    }
  }

  Matching(ResourceType userType, PlanPolicy policy, Accounts accounts, People people) {
    this.userType = userType;
    this.policy = policy;
    this.accounts = accounts;
    this.people = people;
  }

  /// Links everybody whose account is plain, and leaves out those whose is not.
  void run() {
    for (var standing : people.standings()) {
      var isOpen = people.account(standing.person()).isEmpty();
      if (!isOpen || people.isBlocked(standing.person())) continue;
      switch (standing) {
        case Standing.InScope(var desired) -> match(desired);
        case Standing.Left left -> matchLeaver(left.person());
        case Standing.Unclear _, Standing.Protected _ -> {
          // Nothing of theirs is touched, so nothing of theirs is looked for.
        }
      }
    }
    claims.values().forEach(this::settle);
  }

  private void match(Desired desired) {
    var body = Blueprint.of(desired, userType).view();
    for (var rule : policy.match()) {
      var hits =
          accounts.matching(rule, body).stream().filter(a -> !isGivenUp(a, rule, body)).toList();
      if (hits.isEmpty()) continue;
      if (hits.size() == 1) take(desired.person(), hits.getFirst(), rule);
      else people.block(desired.person(), several(desired.person(), rule, hits));
      return;
    }
  }

  /// Whether it is somebody's who is to have another value than the one that was compared.
  private boolean isGivenUp(Account account, MatchRule rule, JsonNode body) {
    var owner = people.owner(account).flatMap(people::desired);
    if (owner.isEmpty()) return false;
    var theirs = Blueprint.of(owner.get(), userType).view();
    var kept = Values.keys(theirs, rule.on()).collect(Collectors.toSet());
    return Values.keys(body, rule.on()).noneMatch(kept::contains);
  }

  private static Problem several(PersonKey person, MatchRule rule, List<Account> hits) {
    return Findings.ambiguous(person, rule.on().toString(), hits);
  }

  private void take(PersonKey person, Account account, MatchRule rule) {
    var externalId = Accounts.externalId(account).filter(e -> !e.equals(person.value()));
    if (accounts.isForeign(account)) {
      people.block(person, Findings.foreign(person, account, origin(account)));
    } else if (people.owner(account).isPresent()) {
      people.block(person, Findings.claimed(person, people.owner(account).orElseThrow(), account));
    } else if (externalId.filter(people::isProtected).isPresent()) {
      people.block(person, Findings.protectedAccount(person, account, externalId.get()));
    } else if (externalId.isPresent() && !rule.adopt()) {
      people.block(person, Findings.otherExternalId(person, account, rule, externalId.get()));
    } else {
      claim(person, account);
    }
  }

  /// Only the externalId tells that an account is a leaver's: no other rule is sure enough to lock
  /// somebody out. Accounts that are locked already are of no interest.
  private void matchLeaver(PersonKey person) {
    var open =
        accounts.byExternalId(person.value()).stream()
            .filter(a -> a.isActive() && !accounts.isForeign(a))
            .filter(a -> people.owner(a).isEmpty())
            .toList();
    if (open.size() == 1) claim(person, open.getFirst());
    if (open.size() > 1) people.block(person, Findings.ambiguous(person, "externalId", open));
  }

  private void claim(PersonKey person, Account account) {
    var claim = new Claim(person, account);
    claims.merge(account.id().value(), List.of(claim), Matching::both);
  }

  private static List<Claim> both(List<Claim> some, List<Claim> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /// An account that bears the key of one of them is theirs: who only has the same name waits, and
  /// doesn't stop them from giving it up.
  private void settle(List<Claim> claimants) {
    var owner = claimants.stream().filter(Claim::isMarked).findFirst();
    if (claimants.size() == 1) owner = Optional.of(claimants.getFirst());
    owner.ifPresent(claim -> people.link(claim.person(), claim.account()));
    var first = owner.orElse(claimants.getFirst());
    for (var claim : claimants) {
      if (owner.filter(claim::equals).isPresent()) continue;
      var other = claim.equals(first) ? claimants.get(1) : first;
      people.block(
          claim.person(), Findings.claimed(claim.person(), other.person(), claim.account()));
    }
  }

  static String origin(Account account) {
    return Target.sourceOrg(account).orElse("");
  }
}
