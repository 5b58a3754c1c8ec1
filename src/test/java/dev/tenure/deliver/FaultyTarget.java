package dev.tenure.deliver;

import dev.tenure.problem.Code;
import dev.tenure.target.Account;
import dev.tenure.target.Budget;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Accounts in memory behind a bad network, in front of which nodes die. It watches what the laws
/// forbid: two accounts of one person, a leaver who is active again, an older title after a newer.
final class FaultyTarget extends MemoryTarget {
  /// A node dies here; nothing that it does afterwards has an effect.
  static final class Death extends Error {
    private static final long serialVersionUID = 1;

    Death() {
      super("the node dies", null, false, false);
    }
  }

  private final SimulatedTime time;
  private final RandomGenerator random;
  private final Map<String, String> wanted;
  private final Budget budget;
  private final List<Request.Create> late = new ArrayList<>();
  private final Map<String, Integer> titles = new HashMap<>();
  private final Map<String, Integer> created = new TreeMap<>();
  private final List<String> broken = new ArrayList<>();
  private Runnable meanwhile = () -> {};
  private Instant busyUntil = Instant.MIN;
  private final boolean unique;
  private boolean faulty = true;

  FaultyTarget(
      SimulatedTime time, RandomGenerator random, Map<String, String> wanted, Budget budget) {
    this.time = time;
    this.random = random;
    this.wanted = wanted;
    this.budget = budget;
    this.unique = random.nextBoolean();
  }

  @Override
  public Budget budget() {
    return budget;
  }

  /// What happens while a request is under way for longer than its lease.
  void meanwhile(Runnable other) {
    this.meanwhile = other;
  }

  /// From now on all is well; what is still under way arrives.
  void heal() {
    faulty = false;
    busyUntil = Instant.MIN;
    late.forEach(this::carryOut);
    late.clear();
  }

  /// What was done against the laws.
  List<String> broken() {
    return broken;
  }

  @Override
  public Outcome send(Request request) {
    if (!faulty) return carryOut(request);
    time.pause(Duration.ofMillis(random.nextInt(400)));
    if (!late.isEmpty() && random.nextInt(4) == 0) carryOut(late.removeFirst());
    if (time.instant().isBefore(busyUntil)) return busy();
    return switch (random.nextInt(24)) {
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
    if (!(request instanceof Request.Patch(var id, _, _))) return carryOut(request);
    return new Outcome.Done(account(id.value()), Optional.empty());
  }

  /// Longer than the lease; another node works meanwhile.
  private Outcome slow(Request request) {
    boolean before = random.nextBoolean() || !unique;
    var outcome = before ? carryOut(request) : unknown("not yet");
    time.pause(Duration.ofSeconds(100));
    meanwhile.run();
    return before ? outcome : carryOut(request);
  }

  private Optional<Account> account(String id) {
    return accounts().stream().filter(a -> a.id().value().equals(id)).findFirst();
  }

  private Outcome carryOut(Request request) {
    if (request instanceof Request.Create(var resource)) {
      var person = resource.text("externalId").orElseThrow();
      if (unique && accounts().stream().anyMatch(a -> Draw.person(a).equals(person))) {
        return new Outcome.Refused(problem(Code.MATCH_CONFLICT, "409 uniqueness"));
      }
      int times = created.getOrDefault(person, 0) + 1;
      created.put(person, times);
      if (times > 1) broken.add(person + " was created twice");
    }
    Optional<Account> before =
        request instanceof Request.Patch(var id, _, _) ? account(id.value()) : Optional.empty();
    var outcome = take(request);
    if (outcome instanceof Outcome.Done(var after, _) && before.isPresent()) {
      watch(before.get(), after.orElseThrow());
    }
    return outcome;
  }

  private void watch(Account before, Account after) {
    var person = Draw.person(after);
    if (!isActive(before) && isActive(after) && wanted.getOrDefault(person, "").isEmpty()) {
      broken.add(person + " has left and was activated again");
    }
    var title = after.resource().text("title").orElse("");
    if (title.equals(before.resource().text("title").orElse(""))) return;
    int age = Integer.parseInt(title.substring(1));
    if (titles.getOrDefault(person, -1) > age) broken.add(person + " has an older title: " + title);
    titles.put(person, age);
  }

  static boolean isActive(Account account) {
    return account.resource().get("active").orElseThrow().booleanValue();
  }
}
