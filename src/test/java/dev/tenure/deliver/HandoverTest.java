package dev.tenure.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.deliver.store.PostgresLinks;
import dev.tenure.deliver.store.PostgresPlans;
import dev.tenure.deliver.store.PostgresQueue;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.plan.Handover;
import dev.tenure.plan.Lane;
import dev.tenure.problem.Code;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.target.Account;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/// Names that change hands, sent by eight workers to a target that minds nothing: whatever order is
/// kept, the delivery keeps it.
class HandoverTest {
  private static final FlowId FLOW = new FlowId("people");
  private final SimulatedTime time = new SimulatedTime();
  private final dev.tenure.database.Database database = TestDatabase.fresh();
  private final Plans plans = new PostgresPlans(database.jdbi(), time);
  private final Links links = new PostgresLinks(database.jdbi(), time);

  @AfterEach
  void close() {
    database.close();
  }

  /// Nobody ever has the name of somebody else; whose id is in `refused` may not be renamed.
  private static final class Minding extends MemoryTarget {
    private Set<String> refused = Set.of();

    @Override
    public synchronized Outcome send(Request request) {
      if (request instanceof Request.Patch(var id, _, _) && refused.contains(id.value())) {
        return new Outcome.Refused(problem(Code.CHANGE_REFUSED, "not that one"));
      }
      var outcome = take(request);
      var names = accounts().stream().map(HandoverTest::name).toList();
      assertThat(names).doesNotHaveDuplicates();
      return outcome;
    }
  }

  private static String name(Account account) {
    return account.resource().text("userName").orElseThrow();
  }

  private Minding target(String... people) throws InterruptedException {
    var target = new Minding();
    apply(List.of(people).stream().map(p -> Draw.create(p, "t0")).toList(), target);
    assertThat(links.of(FLOW)).hasSize(people.length);
    return target;
  }

  private StoredPlan apply(List<Change> changes, Minding target) throws InterruptedException {
    var number =
        plans.save(FLOW, new Plans.Draft(Draw.plan(changes), Optional.empty())).orElseThrow();
    plans.accept(FLOW, number);
    var delivery = new Delivery(plans, new PostgresQueue(database.jdbi()), time.with(1));
    return delivery.deliver(FLOW, number, target, Progress.NONE).plan();
  }

  /// `to` is the person whose name this one gets.
  private static Change rename(Minding target, String person, String to, Handover handover) {
    var account = target.accounts().stream().filter(a -> Draw.person(a).equals(person)).findFirst();
    var path = AttributePaths.resolve(Schemas.standard().user(), "userName").orElseThrow();
    var name = JsonNodeFactory.instance.stringNode(to + "@example.com");
    var operation = new PatchOperation.Replace(PatchPath.of(path), name);
    return new Change(
        Lane.MOVER,
        new PersonKey(person),
        person,
        new Request.Patch(
            account.orElseThrow().id(), List.of(operation), account.orElseThrow().version()),
        List.of(new Change.Reason("userName", person, to, "mail")),
        new Change.Marks(false, "", JsonNodeFactory.instance.objectNode(), List.of(), handover));
  }

  private static Handover takes(String person, String takes, String detour) {
    return new Handover(person + "@example.com", takes + "@example.com", detour);
  }

  private static Map<String, String> names(Minding target) {
    return target.accounts().stream().collect(Collectors.toMap(Draw::person, HandoverTest::name));
  }

  private Map<String, ChangeState> states(StoredPlan plan, Minding target) {
    return plans.changes(FLOW, plan.number(), target.userType()).stream()
        .collect(Collectors.toMap(c -> c.change().person().value(), StoredChange::state));
  }

  @Test
  void aCircleOfThreeTakesFourRequests() throws InterruptedException {
    var target = target("a", "b", "c");
    var before = target.received().size();
    var plan =
        apply(
            List.of(
                rename(target, "a", "b", takes("a", "b", "a.moving@example.com")),
                rename(target, "b", "c", takes("b", "c", "")),
                rename(target, "c", "a", takes("c", "a", ""))),
            target);
    assertThat(plan.state()).isEqualTo(PlanState.APPLIED);
    assertThat(names(target))
        .isEqualTo(Map.of("a", "b@example.com", "b", "c@example.com", "c", "a@example.com"));
    assertThat(target.received()).hasSize(before + 4);
  }

  @Test
  void whoWasToGetANameThatIsKeptIsPlannedAnew() throws InterruptedException {
    var target = target("a", "b", "c");
    target.refused = Set.of(id(target, "c"));
    var plan =
        apply(
            List.of(
                rename(target, "a", "b", takes("a", "b", "")),
                rename(target, "b", "c", takes("b", "c", "")),
                rename(target, "c", "new", new Handover("c@example.com", "", ""))),
            target);
    assertThat(states(plan, target))
        .isEqualTo(
            Map.of("a", ChangeState.STALE, "b", ChangeState.STALE, "c", ChangeState.REFUSED));
    assertThat(names(target))
        .isEqualTo(Map.of("a", "a@example.com", "b", "b@example.com", "c", "c@example.com"));
  }

  private static String id(Minding target, String person) {
    return target.accounts().stream()
        .filter(a -> Draw.person(a).equals(person))
        .map(a -> a.id().value())
        .findFirst()
        .orElseThrow();
  }
}
