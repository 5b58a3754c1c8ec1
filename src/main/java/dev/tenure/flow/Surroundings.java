package dev.tenure.flow;

import dev.tenure.flow.KnownPeople.Known;
import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.AccountKeys;
import dev.tenure.plan.Beyond;
import dev.tenure.plan.Change;
import dev.tenure.plan.Former;
import dev.tenure.plan.LeaveTimes;
import dev.tenure.plan.Link;
import dev.tenure.plan.Memberships;
import dev.tenure.plan.Planner;
import dev.tenure.plan.Reach;
import dev.tenure.plan.World;
import dev.tenure.policy.Decision;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Desired.Rest.AccountOf;
import dev.tenure.policy.Standing;
import dev.tenure.target.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Some people, and all that a plan for them has to look at: their accounts, accounts that they
/// might have or that have what they should get, the owners of those, and the people whom they
/// refer to. From what is kept; neither end is read. Used once; closed when the plan is saved.
final class Surroundings implements AutoCloseable {
  /// Leavers of so long ago count with those of this plan.
  static final Duration LATELY = Duration.ofHours(1);

  /// So many values are tried at first where a rule offers several; then four times as many.
  private static final int CANDIDATES = 8;

  private static final int WIDER = 4;
  private static final int NAMED_MAX = 2;

  private final Flow flow;
  private final Cycle.Books books;
  private final Instant at;
  private final Rulings rulings;
  private final SeatCount seats;
  private final Map<PersonKey, Known> known = new HashMap<>();
  private final Map<PersonKey, Decision> decisions = new LinkedHashMap<>();
  private final Map<AccountId, Account> accounts = new LinkedHashMap<>();
  private final Set<Link> links = new LinkedHashSet<>();

  Surroundings(Flow flow, Cycle.Books books, Instant at) {
    this.flow = flow;
    this.books = books;
    this.at = at;
    this.rulings = Rulings.of(flow, books);
    this.seats = new SeatCount(flow, books);
  }

  /// The world of a plan about these people. `complete`: who of them is gone has left for sure.
  World of(Set<PersonKey> about, boolean complete) {
    decide(about);
    var own = link(about);
    var wanted = decisions.values().stream().flatMap(d -> desired(d).stream()).toList();
    seek(about, wanted);
    var lately = lately();
    context(about, wanted, lately);
    var standings = new ArrayList<>(decisions.values().stream().map(Decision::standing).toList());
    standings.addAll(doubted(about));
    var reach = new Reach.Part(about, complete);
    var leaves = new LeaveTimes(Optional.of(at), leaveTimes(about));
    var memberships = flow.policy().targetGroups().flatMap(_ -> memberships(about));
    return new World(
        standings,
        reach,
        List.copyOf(accounts.values()),
        List.copyOf(links),
        leaves,
        former(own, lately),
        memberships,
        new Mass(lately, books.everyone().of(flow.id())),
        () -> seats.of(Optional.of(about)),
        flow.target()::keepings);
  }

  /// The plan is saved: other flows may count the seats, though this goes on to be used.
  void release() {
    seats.close();
  }

  @Override
  public void close() {
    release();
  }

  /// Absent where nobody knows them: then nothing is said about groups.
  private Optional<Memberships> memberships(Set<PersonKey> about) {
    return books.groups().of(flow.id(), accounts.keySet(), about);
  }

  /// Who is gone, and may have an account that nobody knew of until now.
  private List<Standing> doubted(Set<PersonKey> about) {
    var gone = about.stream().filter(person -> !decisions.containsKey(person)).sorted().toList();
    if (gone.isEmpty()) return List.of();
    var doubted = books.plans().doubted(flow.id());
    return gone.stream().filter(doubted::contains).<Standing>map(Planner::gone).toList();
  }

  /// What was decided of each who is there.
  Map<PersonKey, Decision> decisions() {
    return decisions;
  }

  private record Mass(List<Change> lately, Beyond.Everybody all) implements Beyond {
    @Override
    public Optional<Everybody> everybody() {
      return Optional.of(all);
    }
  }

  private static Optional<Desired> desired(Decision decision) {
    return decision.standing() instanceof Standing.InScope(var desired)
        ? Optional.of(desired)
        : Optional.empty();
  }

  private void decide(Collection<PersonKey> people) {
    var open = people.stream().filter(key -> !known.containsKey(key)).toList();
    for (var one : books.people().all(flow.id(), open)) {
      var person = one.person();
      known.put(person.key(), one);
      if (one.goneAt().isEmpty()) decisions.put(person.key(), rulings.of(person, at));
    }
  }

  /// Adds the links of these people, and their accounts.
  private List<Link> link(Collection<PersonKey> people) {
    var theirs = books.links().of(flow.id(), people);
    links.addAll(theirs);
    see(theirs.stream().map(Link::account).toList());
    return theirs;
  }

  private void see(Collection<AccountId> ids) {
    var open = ids.stream().filter(id -> !accounts.containsKey(id)).toList();
    books.observed().all(flow.id(), open).forEach(a -> accounts.put(a.id(), a));
  }

  /// Adds the accounts that these people might have, or that have what they should get.
  private void seek(Set<PersonKey> about, List<Desired> wanted) {
    var keys = new HashSet<String>();
    about.forEach(person -> keys.add(AccountKeys.externalId(person.value())));
    var open = wanted;
    for (var count = CANDIDATES; !open.isEmpty() || !keys.isEmpty(); count *= WIDER) {
      for (var desired : open) keys.addAll(flow.keys().sought(desired, count));
      see(books.observed().found(flow.id(), keys));
      keys.clear();
      open = exhausted(open, count);
    }
  }

  private List<Desired> exhausted(List<Desired> wanted, int count) {
    if (!flow.keys().hasUniques()) return List.of();
    var taken = new HashSet<String>();
    for (var account : accounts.values()) taken.addAll(flow.keys().of(account));
    return wanted.stream().filter(d -> flow.keys().isExhausted(d, count, taken)).toList();
  }

  /// Adds the others whom these people have to do with.
  private void context(Set<PersonKey> about, List<Desired> wanted, List<Change> lately) {
    var others = new HashSet<PersonKey>();
    books.links().owners(flow.id(), accounts.keySet()).forEach(l -> others.add(l.person()));
    for (var account : accounts.values()) PersonKeys.externalId(account).ifPresent(others::add);
    lately.forEach(change -> others.add(change.person()));
    others.addAll(referred(wanted));
    others.removeAll(about);
    decide(others);
    link(others);
  }

  private Set<PersonKey> referred(List<Desired> wanted) {
    var keys = new HashSet<PersonKey>();
    var names = new HashSet<String>();
    for (var desired : wanted) {
      for (var mapped : desired.attributes()) {
        if (!(mapped.rest() instanceof AccountOf(var by, var value, _))) continue;
        if (by.equals("key")) PersonKeys.of(value).ifPresent(keys::add);
        else names.add(value);
      }
    }
    keys.addAll(books.people().named(flow.id(), names, NAMED_MAX));
    return keys;
  }

  private List<Change> lately() {
    return books.plans().leaversSince(flow.id(), at.minus(LATELY), flow.target().userType());
  }

  /// Where those with an account stood before.
  private Map<PersonKey, Former> former(List<Link> own, List<Change> lately) {
    var people = new ArrayList<PersonKey>();
    own.forEach(link -> people.add(link.person()));
    lately.forEach(change -> people.add(change.person()));
    var former = new HashMap<PersonKey, Former>();
    books.people().before(flow.id(), people).forEach((key, p) -> former.put(key, Former.of(p)));
    return former;
  }

  private Map<PersonKey, Instant> leaveTimes(Set<PersonKey> about) {
    var away = new ArrayList<PersonKey>();
    for (var person : about) {
      var decision = decisions.get(person);
      if (decision == null || decision.standing() instanceof Standing.Left) away.add(person);
    }
    return LeftSince.of(books.agenda().leftSince(flow.id(), away), known, away);
  }
}
