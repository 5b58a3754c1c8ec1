package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.database.Database;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.Delivery;
import dev.tenure.deliver.FaultyTarget;
import dev.tenure.deliver.MortalTarget;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.Plans;
import dev.tenure.deliver.SimulatedTime;
import dev.tenure.deliver.TimeAndChance;
import dev.tenure.deliver.budget.SharedBudget;
import dev.tenure.deliver.budget.Terms;
import dev.tenure.deliver.store.PostgresBooks;
import dev.tenure.deliver.store.PostgresQueue;
import dev.tenure.flow.Cycle;
import dev.tenure.flow.Fingerprint;
import dev.tenure.flow.Flow;
import dev.tenure.id.FlowId;
import dev.tenure.plan.Change;
import dev.tenure.plan.Lane;
import dev.tenure.plan.Membership;
import dev.tenure.problem.Problem;
import dev.tenure.scim.Resource;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.target.Account;
import dev.tenure.target.Request;
import dev.tenure.testkit.TestDatabase;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/// The whole engine on a simulated clock: real rules, planner, queue and executor, over a source
/// that is read by halves, a target that lies and loses, clocks that jump, a database that fails
/// and nodes that die. Laws 1 to 8 are its invariants. `-Dsimulation.seeds=` for more,
/// `-Dsimulation.seed=` for one again.
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 300);
  private static final int ROUNDS = 3;
  private static final int TURNS_MAX = 30;

  @TempDir static Path folder;
  private static Database database;
  private static DrawnFlow drawn;

  @BeforeAll
  static void start() throws IOException {
    database = TestDatabase.fresh();
    drawn = DrawnFlow.read(database, folder);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void theLawsHoldWhateverFails() throws InterruptedException {
    var replay = Long.getLong("simulation.seed");
    for (long seed : replay == null ? LongStream.range(0, SEEDS).toArray() : new long[] {replay}) {
      try {
        new Life(seed).live();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("again with -Dsimulation.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static final class Life {
    private final FlowId id;
    private final SimulatedTime time = new SimulatedTime();
    private final RandomGenerator random;
    private final TimeAndChance world;
    private final Cycle.Books books;
    private final SimulatedStaff staff;
    private final Map<String, String> decided = new HashMap<>();
    private final FaultyTarget target;
    private final StaffEvents events;
    private List<Problem> findings = List.of();
    private boolean nested;
    private DrawnFlow by = drawn;

    /// Requests that were not ours.
    private int given;

    Life(long seed) {
      this.id = new FlowId("whole-" + seed);
      this.random = new Random(seed);
      this.world = time.with(seed);
      this.books = FlowBooks.of(database, time);
      this.staff = new SimulatedStaff(drawn.schema(), random);
      var kept = new PostgresBooks(database.jdbi(), time);
      var budget = new SharedBudget("whole-" + seed, Terms.USUAL, kept, time);
      this.target = new FaultyTarget(time, random, decided, budget);
      this.events = new StaffEvents(staff, target, random);
      target.meanwhile(this::another);
    }

    void live() throws InterruptedException {
      others();
      events.hire();
      for (var round = 1; round <= ROUNDS; round++) {
        for (var turns = 1 + random.nextInt(3); turns > 0; turns--) turn();
        events.happen(round);
      }
      target.heal();
      staff.heal();
      time.pause(Duration.ofHours(2));
      settle();
      assertThat(target.broken()).isEmpty();
      assertThat(state()).as("with %s", findings).isEqualTo(expected());
      assertThat(stayers()).as("in a group though they have left").isEmpty();
      assertThat(unplanned()).as("law 2: sent and never planned").isEmpty();
    }

    /// Somebody else's account, and perhaps one that is to be adopted.
    private void others() {
      target.has(account("other@x.org", "elsewhere"), true);
      if (random.nextBoolean()) target.has(account(StaffEvents.ADOPTED, ""), false);
      given = target.received().size();
    }

    private static Resource account(String name, String org) {
      var json = JsonNodeFactory.instance.objectNode().put("userName", name).put("active", true);
      if (!org.isEmpty()) {
        json.putObject(dev.tenure.scim.schema.Schema.ORIGIN).put("sourceOrg", org);
      }
      return Resource.of(json);
    }

    /// Turns until a plan for everybody is empty (law 7).
    private void settle() throws InterruptedException {
      for (var turns = 0; ; turns++) {
        assertThat(turns).as("turns until it is quiet").isLessThan(TURNS_MAX);
        time.pause(Duration.ofMinutes(10));
        turn(new MortalBooks(random, true));
        var plan = cycle(new MortalBooks(random, true)).plan(flow(target)).plan();
        findings = plan.findings();
        var left = plan.changes();
        if (left.isEmpty() && books.plans().unfinished(id).isEmpty()) return;
      }
    }

    private void turn() throws InterruptedException {
      if (random.nextInt(8) == 0) reword();
      turn(new MortalBooks(random, false));
      time.pause(Duration.ofSeconds(random.nextInt(120)));
    }

    /// The configuration is another, of the rules only or of the ends too, and says the same.
    private void reword() {
      var as = drawn.fingerprint();
      var ends = as.ends() + random.nextInt(2);
      by = drawn.by(new Fingerprint(as.rules() + random.nextInt(), ends));
    }

    /// One turn of one node; what it has not done is left to the next.
    private void turn(MortalBooks mortal) throws InterruptedException {
      try {
        cycle(mortal).turn(flow(new MortalTarget(target, mortal::die)), true);
      } catch (FaultyTarget.Death | MortalBooks.Failure | Problem.Found _) {
        time.pause(Duration.ofSeconds(1));
      }
    }

    private Cycle cycle(MortalBooks mortal) {
      var queue = mortal.of(new PostgresQueue(database.jdbi()));
      var mine = mortal.of(watched());
      return new Cycle(mine, new Delivery(mine.plans(), queue, world), world);
    }

    /// Remembers what was decided last of each person.
    private Cycle.Books watched() {
      return new Cycle.Books(
          watching(books.plans()),
          books.links(),
          books.locks(),
          books.people(),
          books.agenda(),
          books.observed(),
          books.groups(),
          books.everyone(),
          books.places(),
          books.pauses(),
          books.evictions(),
          books.exclusions());
    }

    private Plans watching(Plans plans) {
      InvocationHandler handler =
          (_, method, arguments) -> {
            try {
              var answer = method.invoke(plans, arguments);
              if (method.getName().equals("accept")) decide((PlanNumber) arguments[1]);
              return answer;
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
          };
      return (Plans)
          Proxy.newProxyInstance(
              Plans.class.getClassLoader(), new Class<?>[] {Plans.class}, handler);
    }

    private void decide(PlanNumber plan) {
      for (var stored : books.plans().changes(id, plan, target.userType())) {
        boolean leaves = stored.change().lane() == Lane.LEAVER;
        decided.put(stored.change().person().value(), leaves ? "" : "stays");
        if (stored.state() != ChangeState.WAITING) continue;
        for (var one : Membership.of(stored.change())) {
          if (one.joins()) decided.put(one.person().value(), "stays");
        }
      }
    }

    /// Who can sign in, and as what.
    private Map<String, String> state() {
      var state = new TreeMap<String, String>();
      for (var account : target.accounts()) {
        var person = text(account, "externalId");
        if (person.isEmpty() || !FaultyTarget.isActive(account)) continue;
        var shown =
            text(account, "userName")
                + " "
                + text(account, "title")
                + " "
                + target.groupsOf(account);
        state.merge(person, shown, (some, more) -> some + " and " + more);
      }
      state.keySet().removeIf(person -> isBad(person) || isWaiting(person));
      return state;
    }

    /// Who has left, and is in a group all the same.
    private Set<String> stayers() {
      var stayers = new TreeSet<>(target.inGroups());
      stayers.removeIf(person -> isHere(person) || isBad(person));
      return stayers;
    }

    private static String text(Account account, String attribute) {
      return account.resource().text(attribute).orElse("");
    }

    private Map<String, String> expected() {
      var expected = new TreeMap<String, String>();
      staff
          .members()
          .forEach((person, member) -> {
            if (!isHere(person)) return;
            var groups = new TreeSet<>(Set.of(FaultyTarget.EVERYBODY, "Title " + member.title()));
            expected.put(person, member.mail() + " " + member.title() + " " + groups);
          });
      expected.keySet().removeIf(this::isWaiting);
      return expected;
    }

    private boolean isBad(String person) {
      var member = staff.members().get(person);
      return member != null && member.mail().isEmpty();
    }

    private boolean isHere(String person) {
      var member = staff.members().get(person);
      return member != null && !member.mail().isEmpty() && member.dept().equals("Sales");
    }

    /// Whose name is another's who does not give it up: a leaver keeps it, and of a bad record
    /// nothing is known; or who waits for somebody who waits so. That has to be told.
    private boolean isWaiting(String person) {
      return isHere(person) && isTold(person) && isStuck(person, new HashSet<>());
    }

    private boolean isStuck(String person, Set<String> seen) {
      if (!isHere(person)) return true;
      if (!seen.add(person)) return false;
      var name = staff.member(person).mail();
      return target.accounts().stream()
          .filter(account -> text(account, "userName").equals(name))
          .map(account -> text(account, "externalId"))
          .anyMatch(holder -> !holder.equals(person) && isStuck(holder, seen));
    }

    private boolean isTold(String person) {
      return findings.stream().anyMatch(f -> person.equals(f.details().get("person")));
    }

    /// Versions aside: that of who makes way is known later.
    private Set<String> unplanned() {
      var sent = new HashSet<String>();
      for (var request : target.received().subList(given, target.received().size())) {
        sent.add(told(request));
      }
      for (var plan : books.plans().list(id, Integer.MAX_VALUE)) {
        for (var stored : books.plans().changes(id, plan.number(), target.userType())) {
          sent.remove(told(stored.change().request()));
          if (stored.change().handover().makesWay()) sent.remove(told(aside(stored.change())));
        }
      }
      return sent;
    }

    private static String told(Request request) {
      return request instanceof Request.Patch(var account, var operations, _)
          ? account + " " + operations
          : request.toString();
    }

    private static Request aside(Change change) {
      var patch = (Request.Patch) change.request();
      var name = JsonNodeFactory.instance.stringNode(change.handover().detour());
      var operations = new ArrayList<PatchOperation>();
      for (var operation : patch.operations()) {
        var isName = operation.path().attribute().attribute().name().equals("userName");
        operations.add(isName ? new PatchOperation.Replace(operation.path(), name) : operation);
      }
      return new Request.Patch(patch.account(), operations, Optional.empty());
    }

    /// A second node, which has taken the flow over while the first one waits for an answer.
    private void another() {
      if (nested) return;
      nested = true;
      try {
        turn(new MortalBooks(random, false));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        nested = false;
      }
    }

    private Flow flow(dev.tenure.target.Target at) {
      return by.between(staff, at, id, time);
    }
  }
}
