package dev.tenure.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Secret;
import dev.tenure.deliver.budget.SharedBudget;
import dev.tenure.deliver.budget.Terms;
import dev.tenure.deliver.store.PostgresBooks;
import dev.tenure.deliver.store.PostgresPlans;
import dev.tenure.deliver.store.PostgresQueue;
import dev.tenure.id.FlowId;
import dev.tenure.organization.Deactivation;
import dev.tenure.organization.OrganizationConfig;
import dev.tenure.organization.Profile;
import dev.tenure.organization.TestServer;
import dev.tenure.organization.limit.RateLimits;
import dev.tenure.plan.Change;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.target.Account;
import dev.tenure.target.Budget;
import dev.tenure.target.Deviations;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target;
import dev.tenure.target.scim.ScimTarget;
import dev.tenure.target.scim.ScimTargetConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The engine, over HTTP, into a hosted organization that allows 300 requests a minute as Genesys
/// Cloud does; for both it is as late as a simulated clock says.
class HostedBudgetTest {
  private static final FlowId FLOW = new FlowId("people");
  private static final FlowId OTHER_FLOW = new FlowId("others");
  private static final int PER_MINUTE = 300;
  private static final DeliveryConfig CONFIG = new DeliveryConfig(1, 50, 8, Duration.ofSeconds(90));

  private final SimulatedTime time = new SimulatedTime();
  private final TestServer server = TestServer.start(List.of(limited()), time);
  private final Plans plans = new PostgresPlans(server.database().jdbi(), time);
  private final PostgresBooks books = new PostgresBooks(server.database().jdbi(), time);
  private final Delivery delivery =
      new Delivery(plans, new PostgresQueue(server.database().jdbi()), time.with(1));
  private final ScimTarget target = target();

  private static OrganizationConfig limited() {
    var usual = TestServer.config(TestServer.CLOUD, Profile.GENESYS, Deactivation.LOCK);
    return new OrganizationConfig(
        usual.id(),
        usual.profile(),
        usual.reading(),
        usual.deactivation(),
        usual.divisions(),
        usual.licences(),
        usual.roles(),
        usual.clients(),
        usual.lifecycle(),
        usual.groups(),
        RateLimits.usual(true),
        usual.registry(),
        usual.platform());
  }

  private ScimTarget target() {
    Secret token =
        server.organizations().credentials().issue(TestServer.CLOUD, "engine", Duration.ofHours(1));
    var config =
        new ScimTargetConfig(
            server.address("/cloud/scim/v2"),
            () -> token,
            Duration.ofSeconds(20),
            100,
            false,
            50,
            false,
            false);
    var budget = new SharedBudget("cloud", Terms.USUAL, books, time);
    return new ScimTarget(
        config,
        Schemas.standard().user(),
        new ScimTarget.Waiting(time, time::pause),
        new ScimTarget.Common(budget, Deviations.inMemory()));
  }

  @AfterEach
  void close() {
    target.close();
    server.close();
  }

  /// Counts what the organization answers, and does something before one of the requests.
  private static final class Watched implements Target {
    private final Target target;
    private final Consumer<Integer> before;
    private int sent;
    private int busy;

    Watched(Target target, Consumer<Integer> before) {
      this.target = target;
      this.before = before;
    }

    @Override
    public Outcome send(Request request) {
      before.accept(++sent);
      var outcome = target.send(request);
      if (outcome instanceof Outcome.Busy) busy++;
      return outcome;
    }

    @Override
    public dev.tenure.scim.schema.ResourceType userType() {
      return target.userType();
    }

    @Override
    public Budget budget() {
      return target.budget();
    }

    @Override
    public ReadOutcome read(Consumer<Account> accounts) {
      return target.read(accounts);
    }

    @Override
    public ReadOutcome look(Look look, Consumer<Account> accounts) {
      return target.look(look, accounts);
    }

    @Override
    public Outcome find(Request.Create request) {
      return target.find(request);
    }
  }

  private static List<Change> creations(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> Draw.create("p" + i, "Agent")).toList();
  }

  private PlanNumber accepted(FlowId flow, List<Change> changes) {
    var number =
        plans.save(flow, new Plans.Draft(Draw.plan(changes), Optional.empty())).orElseThrow();
    plans.accept(flow, number);
    return number;
  }

  private DeliveryReport deliver(FlowId flow, PlanNumber number, Target to) {
    try {
      var order = new Delivery.Order(flow, number, Instant.MAX);
      return delivery.deliver(order, CONFIG, to, Progress.NONE);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aThousandRequestsMeetNo429AndAreDoneInTime() {
    var count = 1_000;
    var watched = new Watched(target, _ -> {});
    var report = deliver(FLOW, accepted(FLOW, creations(0, count)), watched);
    assertThat(report.done()).isEqualTo(count);
    assertThat(watched.sent).isEqualTo(count);
    assertThat(watched.busy).isZero();
    assertThat(report.took().toMillis() / (60_000.0 * count / PER_MINUTE))
        .isLessThanOrEqualTo(1.03);
  }

  /// The leaver is of another flow, and so of another plan.
  @Test
  void aLeaverIsOutWithinSecondsWhileOthersAreQueued() {
    deliver(OTHER_FLOW, accepted(OTHER_FLOW, creations(9_000, 9_001)), target);
    var accounts = new ArrayList<Account>();
    assertThat(target.read(accounts::add)).isInstanceOf(Target.ReadOutcome.Complete.class);
    var leaver = Draw.active(accounts.getFirst(), false);
    var took = new ArrayList<Duration>();
    var watched =
        new Watched(
            target,
            sent -> {
              if (sent != 200) return;
              var begun = time.instant();
              var report = deliver(OTHER_FLOW, accepted(OTHER_FLOW, List.of(leaver)), target);
              assertThat(report.done()).isEqualTo(1);
              took.add(Duration.between(begun, time.instant()));
            });
    var report = deliver(FLOW, accepted(FLOW, creations(0, 400)), watched);
    assertThat(report.done()).isEqualTo(400);
    assertThat(watched.busy).isZero();
    assertThat(took)
        .singleElement()
        .satisfies(t -> assertThat(t).isLessThan(Duration.ofSeconds(5)));
  }
}
