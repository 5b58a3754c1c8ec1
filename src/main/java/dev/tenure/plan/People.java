package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Standing;
import dev.tenure.problem.Problem;
import dev.tenure.target.Account;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Who is who, while a plan is made: what the rules say of each person, which account is theirs,
/// and who is left out because something about them is in doubt.
final class People {
  private final TreeMap<PersonKey, Standing> standings = new TreeMap<>();
  private final Map<PersonKey, Account> accounts = new HashMap<>();
  private final Map<AccountId, PersonKey> owners = new HashMap<>();
  private final Map<PersonKey, AccountId> vanished = new HashMap<>();
  private final Set<PersonKey> kept = new HashSet<>();
  private final Set<PersonKey> blocked = new HashSet<>();
  private final List<Link> found = new ArrayList<>();
  private final List<Problem> findings = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();

  /// Everybody in the order of their keys, so that the same world gives the same plan.
  People(List<Standing> given, List<Link> links, Accounts target) {
    for (var standing : given) {
      if (standings.putIfAbsent(standing.person(), standing) != null) {
        block(standing.person(), Findings.twice(standing.person()));
      }
    }
    links.stream()
        .sorted(Comparator.comparing(Link::person).thenComparing(l -> l.account().value()))
        .forEach(link -> keep(link, target));
  }

  private void keep(Link link, Accounts target) {
    var account = target.byId(link.account());
    if (account.isEmpty()) {
      vanished.put(link.person(), link.account());
      return;
    }
    var other = owners.putIfAbsent(link.account(), link.person());
    if (other != null && !other.equals(link.person())) {
      block(link.person(), Findings.claimed(link.person(), other, account.get()));
      block(other, Findings.claimed(other, link.person(), account.get()));
    } else if (accounts.putIfAbsent(link.person(), account.get()) == null) {
      kept.add(link.person());
    }
  }

  /// Notes the account that a rule found.
  void link(PersonKey person, Account account) {
    accounts.put(person, account);
    owners.put(account.id(), person);
    found.add(new Link(person, account.id()));
  }

  /// Leaves this person out of the plan.
  void block(PersonKey person, Problem finding) {
    blocked.add(person);
    findings.add(finding);
  }

  /// Notes what a later plan will do.
  void await(Waiting something) {
    waiting.add(something);
  }

  List<Waiting> waiting() {
    return List.copyOf(waiting);
  }

  /// What somebody should have, now that more of it is known.
  void settle(Desired desired) {
    standings.put(desired.person(), new Standing.InScope(desired));
  }

  /// Everybody in scope who is not left out, in the order of their keys.
  List<Desired> desired() {
    var all = new ArrayList<Desired>();
    for (var standing : standings.values()) {
      if (standing instanceof Standing.InScope(var desired) && !isBlocked(desired.person())) {
        all.add(desired);
      }
    }
    return all;
  }

  /// What this person should have, where they are in scope.
  Optional<Desired> desired(PersonKey person) {
    return Optional.ofNullable(standings.get(person))
        .flatMap(s -> s instanceof Standing.InScope(var d) ? Optional.of(d) : Optional.empty());
  }

  /// Whether the externalId is that of somebody of whom nothing is written.
  boolean isProtected(String externalId) {
    return standings.get(new PersonKey(externalId)) instanceof Standing.Protected;
  }

  void find(Problem finding) {
    findings.add(finding);
  }

  Collection<Standing> standings() {
    return standings.values();
  }

  Optional<Standing> standing(PersonKey person) {
    return Optional.ofNullable(standings.get(person));
  }

  boolean isKnown(PersonKey person) {
    return standings.containsKey(person);
  }

  boolean isBlocked(PersonKey person) {
    return blocked.contains(person);
  }

  /// Whether the link was there before this plan.
  boolean isKept(PersonKey person) {
    return kept.contains(person);
  }

  Optional<Account> account(PersonKey person) {
    return Optional.ofNullable(accounts.get(person));
  }

  Optional<PersonKey> owner(Account account) {
    return Optional.ofNullable(owners.get(account.id()));
  }

  /// The account that was this person's and is no more.
  Optional<AccountId> vanished(PersonKey person) {
    return Optional.ofNullable(vanished.get(person));
  }

  /// Everybody with an account, in the order of their keys.
  List<PersonKey> linked() {
    return accounts.keySet().stream().sorted().toList();
  }

  /// The links that this plan adds: those of people who are not left out.
  List<Link> found() {
    return found.stream().filter(l -> !isBlocked(l.person())).toList();
  }

  List<Problem> findings() {
    return List.copyOf(findings);
  }
}
