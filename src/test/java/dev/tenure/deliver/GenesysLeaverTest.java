package dev.tenure.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.deliver.store.PostgresPlans;
import dev.tenure.deliver.store.PostgresQueue;
import dev.tenure.id.AccountId;
import dev.tenure.id.FlowId;
import dev.tenure.id.GroupId;
import dev.tenure.id.PersonKey;
import dev.tenure.organization.Lifecycle.Recreation;
import dev.tenure.plan.Change;
import dev.tenure.plan.Handover;
import dev.tenure.plan.Lane;
import dev.tenure.problem.Code;
import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.target.Account;
import dev.tenure.target.Budget;
import dev.tenure.target.Group;
import dev.tenure.target.Request;
import dev.tenure.target.TargetContract;
import dev.tenure.target.genesys.GenesysOrganization;
import dev.tenure.target.genesys.GenesysTarget;
import dev.tenure.testkit.Relay.Stub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/// Ann leaves Genesys Cloud: the account is locked, then her sessions are ended, then her roles and
/// groups, each looked at again, and the receipt tells when.
class GenesysLeaverTest {
  private static final FlowId FLOW = new FlowId("people");
  private static final PersonKey ANN = new PersonKey("E1");
  private static final String TOKENS = "DELETE /api/v2/tokens/";
  private static final String GROUP = "Agents of Berlin";
  private static final DeliveryConfig CONFIG = new DeliveryConfig(1, 50, 3, Duration.ofSeconds(90));

  private final GenesysOrganization organization = new GenesysOrganization(Recreation.REFUSE);
  private final GenesysTarget target = organization.target(Budget.UNLIMITED);
  private final SimulatedTime time = new SimulatedTime();
  private final Plans plans = new PostgresPlans(organization.server().database().jdbi(), time);
  private final Delivery delivery =
      new Delivery(plans, new PostgresQueue(organization.server().database().jdbi()), time.with(1));
  private Account ann;
  private GroupId group;

  @BeforeEach
  void annIsInAGroupWithARole() {
    var json =
        """
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ann@example.com",
         "externalId":"E1","displayName":"Ann","active":true,"roles":[{"value":"Agent"}]}\
        """;
    ann = TargetContract.account(target.send(new Request.Create(TargetContract.resource(json))));
    target.send(new Request.CreateGroup(GROUP, List.of(ann.id())));
    group = groups().getFirst().id();
    organization.relay().requests().clear();
  }

  @AfterEach
  void end() {
    target.close();
    organization.close();
  }

  private List<Group> groups() {
    var groups = new ArrayList<Group>();
    target.groups(_ -> true, groups::add);
    return groups;
  }

  private Change out() {
    var body =
        """
        {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[
          {"op":"replace","path":"active","value":false},{"op":"remove","path":"roles"}]}\
        """;
    var operations = PatchRequest.read(ScimJson.read(body), target.userType(), Reading.STRICT);
    var request = new Request.Patch(ann.id(), operations, ann.version());
    var reason = new Change.Reason("active", "true", "false", "gone");
    return new Change(
        Lane.LEAVER, ANN, "ann@example.com", request, List.of(reason), Change.Marks.NONE);
  }

  private Change outOfTheGroup() {
    var marks =
        new Change.Marks(
            false,
            "",
            JsonNodeFactory.instance.objectNode(),
            List.of(new Change.Member(ANN, "ann@example.com")),
            Handover.NONE);
    return new Change(
        Lane.LEAVER,
        new PersonKey("group:" + group.value()),
        GROUP,
        new Request.Members(group, List.of(ann.id()), List.of()),
        List.of(new Change.Reason("groups", GROUP, "", "gone")),
        marks);
  }

  private DeliveryReport delivered(Change... changes) throws InterruptedException {
    var draft = new Plans.Draft(Draw.plan(List.of(changes)), Optional.empty());
    var number = plans.save(FLOW, draft).orElseThrow();
    plans.accept(FLOW, number);
    var order = new Delivery.Order(FLOW, number, Instant.MAX);
    return delivery.deliver(order, CONFIG, target, Progress.NONE);
  }

  private int place(String beginning) {
    var all = organization.relay().requests();
    var first = organization.relay().requests(beginning).getFirst();
    return all.indexOf(first);
  }

  private List<String> requests(String beginning) {
    return organization.relay().requests(beginning);
  }

  private static String user(AccountId id) {
    return "/api/v2/scim/v2/Users/" + id.value();
  }

  @Test
  void eachStepFollowsTheOneBeforeAndStandsInTheReceipt() throws InterruptedException {
    assertThat(delivered(out(), outOfTheGroup()).done()).isEqualTo(2);
    assertThat(place("PATCH " + user(ann.id()))).isLessThan(place("GET " + user(ann.id())));
    assertThat(place("GET " + user(ann.id()))).isLessThan(place(TOKENS + ann.id().value()));
    assertThat(place(TOKENS)).isLessThan(place("GET /api/v2/authorization/subjects/"));
    assertThat(groups().getFirst().members()).isEmpty();
    var receipt = assertThat(plans.receipts(FLOW, 10)).singleElement().actual();
    assertThat(receipt.steps())
        .extracting(Step::what)
        .containsExactly("deactivate", "revoke-sessions", "remove-roles", "leave " + GROUP);
    assertThat(receipt.steps()).allSatisfy(step -> assertThat(step.at()).isPresent());
    assertThat(receipt.steps())
        .extracting(step -> step.readBack().orElseThrow())
        .containsExactly(
            ReadBack.CONFIRMED, ReadBack.UNREAD, ReadBack.CONFIRMED, ReadBack.CONFIRMED);
  }

  @Test
  void theAuditLogTellsTheSteps() throws InterruptedException {
    delivered(out());
    var steps =
        organization
            .server()
            .database()
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery(
                        "select detail->>'steps' from audit_entry where action = 'change.done'")
                    .mapTo(String.class)
                    .one());
    assertThat(Step.read(ScimJson.read(steps)))
        .extracting(Step::what)
        .containsExactly("deactivate", "revoke-sessions", "remove-roles");
  }

  /// The account is as asked already: only what is left is done.
  @Test
  void aRevocationWhoseAnswerIsLostIsRepeatedAndTheLockIsNot() throws InterruptedException {
    organization.relay().lose(TOKENS);
    assertThat(delivered(out()).done()).isEqualTo(1);
    assertThat(requests("PATCH " + user(ann.id()))).hasSize(1);
    assertThat(requests(TOKENS)).hasSize(2);
    assertThat(plans.receipts(FLOW, 10).getFirst().steps()).hasSize(3);
  }

  @Test
  void aLockWhoseAnswerIsLostIsSeenAndTheSessionsEnd() throws InterruptedException {
    organization.relay().lose("PATCH " + user(ann.id()));
    assertThat(delivered(out()).done()).isEqualTo(1);
    assertThat(requests("PATCH " + user(ann.id()))).hasSize(1);
    assertThat(requests(TOKENS)).hasSize(1);
  }

  @Test
  void sessionsThatMayNotBeEndedKeepTheReceiptOpen() throws InterruptedException {
    organization.relay().stub(TOKENS, new Stub(403, "{\"code\":\"missing.permissions\"}"));
    var report = delivered(out());
    assertThat(report.done()).isZero();
    var problem = assertThat(report.problems()).singleElement().actual();
    assertThat(problem.code()).isEqualTo(Code.TARGET_REFUSED);
    assertThat(problem.details()).containsEntry("step", "revoke-sessions");
    assertThat(organization.user(ann.id()).text("/state")).isEqualTo("inactive");
    assertThat(plans.receipts(FLOW, 10)).singleElement().matches(receipt -> !receipt.isDone());
  }

  private static List<String> steps(Receipt receipt) {
    return receipt.steps().stream().map(s -> s.what() + " " + s.seen()).toList();
  }

  /// After the client was allowed to: the lock is seen and not sent again, and keeps its time.
  @Test
  void whatWasRefusedIsSentOnceMoreAndTheReceiptIsWhole() throws InterruptedException {
    organization.relay().stub(TOKENS, new Stub(403, "{\"code\":\"missing.permissions\"}"));
    var refused = delivered(out());
    assertThat(refused.problems().getFirst().remedy()).contains("tenure retry");
    var open = plans.receipts(FLOW, 10).getFirst();
    assertThat(steps(open))
        .containsExactly("deactivate seen", "revoke-sessions open", "remove-roles open");
    organization.relay().unstub(TOKENS);
    organization.relay().requests().clear();
    time.pause(Duration.ofHours(2));
    assertThat(plans.retry(FLOW, Optional.of(new PersonKey("E2")))).isEmpty();
    var number = refused.plan().number();
    assertThat(plans.retry(FLOW, Optional.of(ANN))).containsExactly(number);
    assertThat(plans.retry(FLOW, Optional.empty())).isEmpty();
    var order = new Delivery.Order(FLOW, number, Instant.MAX);
    assertThat(delivery.deliver(order, CONFIG, target, Progress.NONE).done()).isEqualTo(1);
    assertThat(requests("PATCH ")).isEmpty();
    assertThat(requests(TOKENS)).hasSize(1);
    var whole = plans.receipts(FLOW, 10).getFirst();
    assertThat(whole.isDone()).isTrue();
    assertThat(steps(whole))
        .containsExactly("deactivate seen", "revoke-sessions not readable", "remove-roles seen");
    assertThat(whole.after(whole.steps().getFirst()).orElseThrow()).isLessThan(Duration.ofHours(1));
    assertThat(whole.after(whole.steps().get(1)).orElseThrow()).isGreaterThan(Duration.ofHours(1));
    assertThat(plans.retry(FLOW, Optional.empty())).isEmpty();
  }

  /// The next plan sees a locked account, and has nothing for her.
  @Test
  void whatANewerPlanFindsHalfDoneIsGivenUpAndNotForgotten() throws InterruptedException {
    organization.relay().stub(TOKENS, new Stub(500, "{}"));
    var number = plans.save(FLOW, new Plans.Draft(Draw.plan(List.of(out())), Optional.empty()));
    plans.accept(FLOW, number.orElseThrow());
    var soon = new Delivery.Order(FLOW, number.orElseThrow(), time.instant().plusMillis(1));
    assertThat(delivery.deliver(soon, CONFIG, target, Progress.NONE).remaining()).isEqualTo(1);
    assertThat(delivered(outOfTheGroup()).done()).isEqualTo(1);
    assertThat(plans.deadLetters(FLOW, 10)).singleElement().matches(l -> l.person().equals(ANN));
    assertThat(steps(plans.receipts(FLOW, 10).getFirst())).contains("revoke-sessions open");
    organization.relay().unstub(TOKENS);
    assertThat(plans.retry(FLOW, Optional.of(ANN))).containsExactly(number.orElseThrow());
    var rest = new Delivery.Order(FLOW, number.orElseThrow(), Instant.MAX);
    assertThat(delivery.deliver(rest, CONFIG, target, Progress.NONE).done()).isEqualTo(1);
    assertThat(plans.receipts(FLOW, 10).getFirst().isDone()).isTrue();
  }

  /// Somebody who came back since then is not locked out by what was meant before.
  @Test
  void whatSomethingNewerWasPlannedAfterIsNotSentAgain() throws InterruptedException {
    organization.relay().stub(TOKENS, new Stub(403, "{}"));
    delivered(out());
    organization.relay().unstub(TOKENS);
    var back =
        new Change(
            Lane.JOINER,
            ANN,
            "ann@example.com",
            opened(),
            List.of(new Change.Reason("active", "false", "true", "is back")),
            Change.Marks.NONE);
    assertThat(delivered(back).done()).isEqualTo(1);
    assertThat(plans.retry(FLOW, Optional.empty())).isEmpty();
  }

  private Request opened() {
    var body =
        """
        {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[
          {"op":"replace","path":"active","value":true}]}\
        """;
    return new Request.Patch(
        ann.id(),
        PatchRequest.read(ScimJson.read(body), target.userType(), Reading.STRICT),
        Optional.empty());
  }

  @Test
  void aGroupThatKeepsItsMemberIsNotTakenForLeft() throws InterruptedException {
    organization.relay().stub("PATCH /api/v2/scim/v2/Groups", new Stub(200, "{}"));
    var report = delivered(outOfTheGroup());
    assertThat(report.done()).isZero();
    assertThat(report.problems())
        .singleElement()
        .extracting(dev.tenure.problem.Problem::code)
        .isEqualTo(Code.CHANGE_IGNORED);
  }
}
