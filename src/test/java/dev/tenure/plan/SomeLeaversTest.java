package dev.tenure.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.policy.GuardLimits;
import dev.tenure.policy.LeaverPolicy;
import dev.tenure.policy.Standing.LeaverEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// What a plan with a few leavers costs where there are many people: it once looked at all of them
/// for each leaver, two seconds among 50,000.
class SomeLeaversTest {
  private static final int PEOPLE = 3_000;
  private static final int LEAVERS = 12;
  private static final PlanPolicy POLICY =
      Rules.with(
          Rules.policy("externalId", "userName"),
          LeaverPolicy.DEACTIVATE,
          new GuardLimits(Map.of()));

  /// Everybody of a world, and how many of them were looked at.
  private record Counted(World world, AtomicLong looks) implements Beyond, Beyond.Everybody {
    @Override
    public List<Change> lately() {
      return List.of();
    }

    @Override
    public Optional<Everybody> everybody() {
      return Optional.of(this);
    }

    @Override
    public long linked() {
      return world.links().size();
    }

    @Override
    public long active() {
      return world.accounts().stream().filter(a -> a.isActive()).count();
    }

    @Override
    public long inGroup(String name) {
      return 0;
    }

    @Override
    public void each(Predicate<Member> goesOn) {
      for (var link : world.links()) {
        looks.incrementAndGet();
        var account =
            world.accounts().stream().filter(a -> a.id().equals(link.account())).findFirst();
        var former = Optional.ofNullable(world.former().get(link.person()));
        if (!goesOn.test(new Member(link.person(), account.orElseThrow(), former))) return;
      }
    }

    World whole() {
      return new World(
          world.standings(),
          world.reach(),
          world.accounts(),
          world.links(),
          world.leaves(),
          world.former(),
          world.memberships(),
          this,
          world.seats(),
          world.keepings());
    }
  }

  private static Counted counted(Company company) {
    return new Counted(company.world(), new AtomicLong());
  }

  @Test
  void someLeaversOfManyAreKnownAfterALookAtAFewOthers() {
    var company = new Company(new Random(7), PEOPLE);
    company.leave(company.some(company.staff(), LEAVERS), LeaverEvent.GONE_FROM_SOURCE);
    var counted = counted(company);
    var plan = Company.plan(POLICY, counted.whole());
    assertThat(plan.changes()).hasSize(LEAVERS).noneMatch(c -> c.marks().held());
    assertThat(counted.looks().get()).isLessThan(PEOPLE / 10);
  }

  @Test
  void whatVanishedAsAWholeIsFoundBesideThem() {
    var company = new Company(new Random(7), PEOPLE);
    var legal = company.staff(w -> w.get("department").equals("Legal"));
    company.leave(legal, LeaverEvent.GONE_FROM_SOURCE);
    var plan = Company.plan(POLICY, counted(company).whole());
    assertThat(plan.changes()).hasSize(legal.size()).allMatch(c -> c.marks().held());
  }
}
