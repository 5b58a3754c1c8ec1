package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.Office.Staff;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Whatever happens in a company: after each plan that was applied, the organization has what the
/// directory and the rules want, and the next plan is empty (law 7). Replay: `-Dlaw.seed=…`.
class WholePathLawTest {
  private static final int SEEDS = 3;
  private static final int ROUNDS = 4;
  private static final int EVENTS_MAX = 12;
  private static final List<String> TITLES = List.of("Seller", "Agent", "Team Lead", "Juggler");
  private static final List<String> DEPARTMENTS = List.of("Verkauf", "Kundendienst", "Zirkus");
  private static final List<String> GROUPS = List.of("Sales", "Service EMEA", "Canteen");

  @Test
  void theOrganizationFollowsTheDirectory() throws Exception {
    var replay = Long.getLong("law.seed");
    for (long seed : replay == null ? LongStream.range(0, SEEDS).toArray() : new long[] {replay}) {
      try {
        live(new Random(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("again with -Dlaw.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void live(RandomGenerator random) throws InterruptedException {
    try (var office = Office.open();
        var site = office.seenBy(Site.with(Office.YAML.replace("leavers: 5", "leavers: 50")))) {
      var life = new Life(office, random);
      try (var work = Work.at(site)) {
        for (var round = 0; round < ROUNDS; round++) {
          var events = 1 + random.nextInt(EVENTS_MAX);
          for (var i = 0; i < events; i++) life.event();
          var planned = work.plan();
          if (planned.number().isPresent()) {
            assertThat(work.apply(planned).done()).isEqualTo(planned.plan().changes().size());
          }
          life.check(work.acme().users());
          assertThat(work.plan().plan().changes()).isEmpty();
          assertThat(Work.lanes(planned).keySet()).isSubsetOf(life.ever.keySet());
        }
      }
    }
  }

  /// Somebody as the test knows them.
  private record Known(Staff staff, String group, boolean disabled) {
    boolean inScope() {
      return !disabled && !group.equals("Canteen");
    }

    /// Whom the tables have no entry for is left as they are.
    boolean mapped() {
      return !staff.title().equals("Juggler") && !staff.department().equals("Zirkus");
    }
  }

  /// A company, and beside it the model of which accounts there must be.
  private static final class Life {
    private final Office office;
    private final RandomGenerator random;
    private final TreeMap<String, Known> people = new TreeMap<>();

    /// Who ever got an account, as it must be: the title, empty for a locked one.
    private final TreeMap<String, String> ever = new TreeMap<>();

    Life(Office office, RandomGenerator random) {
      this.office = office;
      this.random = random;
    }

    void event() {
      if (people.size() < 3 || random.nextInt(3) == 0) {
        hire();
        return;
      }
      var one = List.copyOf(people.values()).get(random.nextInt(people.size()));
      switch (random.nextInt(5)) {
        case 0 -> put(one, moved(one, "title", pick(TITLES), one.staff().department()));
        case 1 -> put(one, moved(one, "departmentNumber", one.staff().title(), pick(DEPARTMENTS)));
        case 2 -> transfer(one);
        case 3 -> able(one, !one.disabled());
        default -> {
          office.delete(one.staff()).takeOut(one.staff(), one.group());
          people.remove(one.staff().id());
        }
      }
    }

    private void hire() {
      var id = "9" + (ever.size() + people.size()) + "-" + random.nextInt(1_000_000);
      var staff = new Staff(id, "Åsa", "Öz-" + id, pick(DEPARTMENTS), pick(TITLES));
      var group = pick(GROUPS);
      office.hire(group, staff);
      people.put(id, new Known(staff, group, false));
    }

    private Known moved(Known one, String attribute, String title, String department) {
      office.set(one.staff(), attribute, attribute.equals("title") ? title : department);
      var was = one.staff();
      var staff = new Staff(was.id(), was.given(), was.family(), department, title);
      return new Known(staff, one.group(), one.disabled());
    }

    private void transfer(Known one) {
      var group = pick(GROUPS);
      if (group.equals(one.group())) return;
      office.takeOut(one.staff(), one.group()).join(one.staff(), group);
      put(one, new Known(one.staff(), group, one.disabled()));
    }

    private void able(Known one, boolean disabled) {
      office.set(one.staff(), "employeeType", disabled ? "Terminated" : "Staff");
      put(one, new Known(one.staff(), one.group(), disabled));
    }

    private void put(Known before, Known after) {
      people.put(before.staff().id(), after);
    }

    private String pick(List<String> from) {
      return from.get(random.nextInt(from.size()));
    }

    /// Moves the model on by one plan, and compares.
    void check(List<JsonNode> users) {
      for (var id : new TreeSet<>(ever.keySet())) {
        var now = people.get(id);
        if (now == null || !now.inScope()) ever.put(id, "");
      }
      people.forEach((id, now) -> {
        if (now.inScope() && now.mapped()) ever.put(id, now.staff().title());
      });
      assertThat(active(users)).isEqualTo(wanted());
      assertThat(users).hasSize(ever.size());
    }

    private Map<String, String> wanted() {
      return ever.entrySet().stream()
          .filter(e -> !e.getValue().isEmpty())
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, String> active(List<JsonNode> users) {
      return users.stream()
          .filter(u -> u.path("active").booleanValue())
          .collect(
              Collectors.toMap(
                  u -> u.path("externalId").stringValue(), u -> u.path("title").stringValue()));
    }
  }
}
