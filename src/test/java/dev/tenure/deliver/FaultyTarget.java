package dev.tenure.deliver;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.problem.Code;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.patch.Patch;
import dev.tenure.target.Account;
import dev.tenure.target.Budget;
import dev.tenure.target.Group;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Accounts in memory behind a bad network, in front of which nodes die and clocks jump. It watches
/// what the laws forbid: two accounts of one person, a leaver who is active again, somebody locked
/// who never left, an older title after a newer, a request about an account that is nobody's.
public final class FaultyTarget extends MemoryTarget {
  /// A node dies here; nothing that it does afterwards has an effect.
  public static final class Death extends Error {
    private static final long serialVersionUID = 1;

    public Death() {
      super("the node dies", null, false, false);
    }
  }

  /// The name of the group in which everybody is.
  public static final String EVERYBODY = "All";

  private final SimulatedTime time;
  private final RandomGenerator random;
  private final Map<String, String> wanted;
  private final Budget budget;
  private final List<Request.Create> late = new ArrayList<>();
  private final Map<String, Integer> titles = new HashMap<>();
  private final Map<String, Integer> created = new TreeMap<>();
  private final Set<String> left = new HashSet<>();
  private final Set<String> others = new HashSet<>();
  private final List<String> broken = new ArrayList<>();
  private Runnable meanwhile = () -> {};
  private Instant busyUntil = Instant.MIN;
  private final boolean unique;
  private int togetherMax;
  private boolean faulty = true;

  /// `wanted`: the title that was last decided on for each person, empty for who has to leave.
  public FaultyTarget(
      SimulatedTime time, RandomGenerator random, Map<String, String> wanted, Budget budget) {
    this.time = time;
    this.random = random;
    this.wanted = wanted;
    this.budget = budget;
    this.unique = random.nextBoolean();
    this.togetherMax = random.nextBoolean() ? 1 : 2 + random.nextInt(3);
  }

  @Override
  public Budget budget() {
    return budget;
  }

  /// What happens while a request is under way for longer than its lease.
  public void meanwhile(Runnable other) {
    this.meanwhile = other;
  }

  /// From now on all is well; what is still under way arrives.
  public void heal() {
    faulty = false;
    busyUntil = Instant.MIN;
    late.forEach(this::carryOut);
    late.clear();
  }

  /// From now on this person may be locked.
  public void hasLeft(String person) {
    left.add(person);
  }

  /// Has an account from the beginning; `untouched`: nobody may write to it.
  public void has(Resource account, boolean untouched) {
    if (take(new Request.Create(account)) instanceof Outcome.Done(var made, _) && untouched) {
      others.add(made.orElseThrow().id().value());
    }
  }

  /// What was done against the laws.
  public List<String> broken() {
    return broken;
  }

  @Override
  public synchronized ReadOutcome read(Consumer<Account> accounts) {
    if (!faulty || random.nextInt(8) > 0) return super.read(accounts);
    accounts().stream().limit(random.nextInt(3)).forEach(accounts);
    return cut();
  }

  @Override
  public synchronized ReadOutcome groups(Predicate<String> wanted, Consumer<Group> groups) {
    var outcome = super.groups(wanted, groups);
    return faulty && random.nextInt(8) == 0 ? cut() : outcome;
  }

  @Override
  public synchronized Optional<Group> group(GroupId group) {
    return faulty && random.nextInt(8) == 0 ? Optional.empty() : super.group(group);
  }

  @Override
  public synchronized ReadOutcome look(Look look, Consumer<Account> accounts) {
    return faulty && random.nextInt(8) == 0 ? cut() : super.look(look, accounts);
  }

  private static ReadOutcome cut() {
    return new ReadOutcome.Incomplete(problem(Code.TARGET_INCOMPLETE, "the read was cut"));
  }

  @Override
  public Outcome send(Request request) {
    if (!faulty) return carryOut(request);
    time.pause(Duration.ofMillis(random.nextInt(400)));
    if (!late.isEmpty() && random.nextInt(4) == 0) carryOut(late.removeFirst());
    if (time.instant().isBefore(busyUntil)) return busy();
    return faultily(request);
  }

  @Override
  public int togetherMax() {
    return togetherMax;
  }

  /// Some of it is done, all of it or nothing, and what is said of it may be less. Where one takes
  /// long, the next ones are late: only a target that minds uniqueness stands that.
  @Override
  public List<Outcome> together(List<Request> requests) {
    if (!faulty) return requests.stream().map(this::carryOut).toList();
    time.pause(Duration.ofMillis(random.nextInt(400)));
    if (time.instant().isBefore(busyUntil)) return all(requests, busy());
    int some = random.nextInt(requests.size() + 1);
    return switch (random.nextInt(9)) {
      case 0 -> {
        requests.subList(0, some).forEach(this::carryOut);
        yield all(requests, unknown("the answer to all of them was lost"));
      }
      case 1 -> {
        requests.subList(0, some).forEach(this::carryOut);
        throw new Death();
      }
      case 2 -> {
        togetherMax = 1;
        yield all(requests, new Outcome.Busy(Duration.ofSeconds(1)));
      }
      case 3 -> {
        busyUntil = time.instant().plusSeconds(1 + random.nextInt(90));
        yield all(requests, busy());
      }
      case 4 -> requests.stream().map(this::leavingOut).toList();
      case 5 -> requests.stream().map(unique ? this::faultily : this::carryOut).toList();
      default -> requests.stream().map(this::carryOut).toList();
    };
  }

  private static List<Outcome> all(List<Request> requests, Outcome outcome) {
    return requests.stream().map(_ -> outcome).toList();
  }

  private Outcome leavingOut(Request request) {
    var outcome = carryOut(request);
    return random.nextBoolean() ? outcome : unknown("the answer leaves it out");
  }

  private Outcome faultily(Request request) {
    return switch (random.nextInt(26)) {
      case 0 -> lost(request);
      case 1, 2 -> answerLost(request);
      case 3 -> onTheWay(request);
      case 4 -> unknown("500 before it was done");
      case 5 -> {
        busyUntil = time.instant().plusSeconds(1 + random.nextInt(90));
        yield busy();
      }
      case 6 -> nothingDone(request);
      case 7 -> throw new Death();
      case 8 -> {
        carryOut(request);
        throw new Death();
      }
      case 9 -> slow(request);
      case 10 -> new Outcome.Barred(problem(Code.TARGET_REFUSED, "the token has expired"));
      case 11 -> {
        time.setBack(Duration.ofSeconds(random.nextInt(600)));
        yield carryOut(request);
      }
      case 12 -> {
        time.pause(Duration.ofSeconds(random.nextInt(600)));
        yield carryOut(request);
      }
      default -> carryOut(request);
    };
  }

  @Override
  public synchronized Outcome find(Request.Create request) {
    if (!faulty) return super.find(request);
    if (time.instant().isBefore(busyUntil)) return busy();
    return random.nextInt(8) == 0 ? unknown("the look got no answer") : super.find(request);
  }

  private Outcome busy() {
    var left = Duration.between(time.instant(), busyUntil);
    return new Outcome.Busy(left.isPositive() ? left : Duration.ofSeconds(1));
  }

  private static Outcome unknown(String why) {
    return new Outcome.Unknown(problem(Code.CHANGE_UNKNOWN, why));
  }

  private static Outcome lost(Request request) {
    return unknown("the request was lost: " + request.getClass().getSimpleName());
  }

  private Outcome answerLost(Request request) {
    carryOut(request);
    return unknown("the answer was lost");
  }

  /// A creation that arrives after somebody looked for it: only a target that minds uniqueness
  /// stands that. A PATCH would meet another version.
  private Outcome onTheWay(Request request) {
    if (!unique || !(request instanceof Request.Create create)) return lost(request);
    late.add(create);
    return unknown("it is still on the way");
  }

  /// It answers 200.
  private Outcome nothingDone(Request request) {
    if (request instanceof Request.Members) {
      return new Outcome.Done(Optional.empty(), Optional.empty());
    }
    if (!(request instanceof Request.Patch(var id, _, _))) return carryOut(request);
    return new Outcome.Done(account(id), Optional.empty());
  }

  /// Longer than the lease; another node works meanwhile.
  private Outcome slow(Request request) {
    boolean before = random.nextBoolean() || !unique;
    var decided = Map.copyOf(wanted);
    var outcome = before ? carryOut(request) : unknown("not yet");
    time.pause(Duration.ofSeconds(100));
    meanwhile.run();
    return before ? outcome : carryOut(request, decided);
  }

  private Optional<Account> account(AccountId id) {
    return accounts().stream().filter(a -> a.id().equals(id)).findFirst();
  }

  private Outcome carryOut(Request request) {
    return carryOut(request, wanted);
  }

  /// `decided`: what was decided when it was sent.
  private Outcome carryOut(Request request, Map<String, String> decided) {
    var before = concerned(request);
    if (unique && isTaken(request, before)) {
      return new Outcome.Refused(problem(Code.MATCH_CONFLICT, "409 uniqueness"));
    }
    if (request instanceof Request.Create(var resource)) count(resource);
    for (var comer : comers(request)) come(comer, decided);
    for (var goer : goers(request)) go(goer);
    var outcome = take(request);
    if (before.filter(a -> others.contains(a.id().value())).isPresent()) {
      broken.add("an account of nobody was touched: " + before.get());
    } else if (outcome instanceof Outcome.Done(var after, _) && before.isPresent()) {
      after.ifPresent(a -> watch(before.get(), a, decided));
    }
    return outcome;
  }

  private static List<AccountId> comers(Request request) {
    return switch (request) {
      case Request.Members(_, _, var add) -> add;
      case Request.CreateGroup(_, var members) -> members;
      case Request.Create _, Request.Patch _, Request.Delete _ -> List.of();
    };
  }

  /// Who leaves a group in which everybody is.
  private List<AccountId> goers(Request request) {
    return request instanceof Request.Members(var group, var remove, _)
            && super.group(group).filter(g -> g.name().equals(EVERYBODY)).isPresent()
        ? remove
        : List.of();
  }

  private void come(AccountId id, Map<String, String> decided) {
    if (others.contains(id.value())) broken.add("an account of nobody came into a group: " + id);
    var person = person(id);
    if (person.isPresent() && !isActive(id) && "".equals(decided.get(person.get()))) {
      broken.add(person.get() + " has left and came into a group");
    }
  }

  private void go(AccountId id) {
    if (others.contains(id.value())) broken.add("an account of nobody left a group: " + id);
    person(id).filter(p -> !left.contains(p)).ifPresent(p -> broken.add(p + " never left"));
  }

  private Optional<String> person(AccountId id) {
    return account(id).flatMap(a -> a.resource().text("externalId"));
  }

  private boolean isActive(AccountId id) {
    return account(id).filter(FaultyTarget::isActive).isPresent();
  }

  private Optional<Account> concerned(Request request) {
    return switch (request) {
      case Request.Patch(var id, _, _) -> account(id);
      case Request.Delete(var id, _) -> account(id);
      case Request.Create _, Request.Members _, Request.CreateGroup _ -> Optional.empty();
    };
  }

  /// Whether the userName or externalId that the account would get is another's.
  private boolean isTaken(Request request, Optional<Account> before) {
    Optional<Resource> after =
        switch (request) {
          case Request.Create(var resource) -> Optional.of(resource);
          case Request.Patch(_, var operations, _) ->
              before.map(a -> Patch.apply(a.resource(), operations, userType(), Reading.STRICT));
          case Request.Delete _, Request.Members _, Request.CreateGroup _ -> Optional.empty();
        };
    return after.isPresent()
        && accounts().stream()
            .filter(a -> before.filter(b -> b.id().equals(a.id())).isEmpty())
            .anyMatch(a -> collides(a.resource(), after.get()));
  }

  private static boolean collides(Resource one, Resource other) {
    return Stream.of("userName", "externalId")
        .anyMatch(name -> one.text(name).isPresent() && one.text(name).equals(other.text(name)));
  }

  private void count(Resource created) {
    var person = created.text("externalId").orElseThrow();
    if (this.created.merge(person, 1, Integer::sum) > 1) broken.add(person + " was created twice");
  }

  private void watch(Account before, Account after, Map<String, String> decided) {
    var marked = after.resource().text("externalId");
    // One that was there before, and is locked before it is marked.
    var person = marked.or(() -> after.resource().text("userName")).orElseThrow();
    if (!isActive(before) && isActive(after) && decided.getOrDefault(person, "").isEmpty()) {
      broken.add(person + " has left and was activated again");
    }
    if (isActive(before) && !isActive(after) && !left.contains(person)) {
      broken.add(person + " never left and was locked");
    }
    var title = after.resource().text("title").orElse("");
    if (title.equals(before.resource().text("title").orElse(""))) return;
    int age = Integer.parseInt(title.substring(1));
    if (titles.getOrDefault(person, -1) > age) broken.add(person + " has an older title: " + title);
    titles.put(person, age);
  }

  /// The people whose accounts are in a group.
  public Set<String> inGroups() {
    var people = new HashSet<String>();
    for (var account : accounts()) {
      if (!groupsOf(account).isEmpty()) person(account.id()).ifPresent(people::add);
    }
    return people;
  }

  /// Whether somebody can sign in with it.
  public static boolean isActive(Account account) {
    return account.resource().get("active").orElseThrow().booleanValue();
  }
}
