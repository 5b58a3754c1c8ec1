package dev.tenure.deliver;

import dev.tenure.id.AccountId;
import dev.tenure.id.FlowId;
import dev.tenure.id.GroupId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.plan.Grants;
import dev.tenure.plan.Link;
import dev.tenure.plan.Membership;
import dev.tenure.plan.Plan;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.schema.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The plans of flows. Who acts is taken from [dev.tenure.id.Correlation].
public interface Plans extends PlanChanges {
  /// What is saved: `config` is the hash of the configuration, where known; `unlinks` are taken
  /// away when the plan is applied. `concerning`: the plan says what is to be done for these people
  /// and nothing of others; absent: for everybody.
  record Draft(
      Plan plan, Optional<String> config, List<Link> unlinks, Optional<Set<PersonKey>> concerning) {
    public Draft {
      unlinks = List.copyOf(unlinks);
      concerning = concerning.map(Set::copyOf);
      if (concerning.isPresent() && !isOnlyAbout(concerning.get(), plan)) {
        throw new IllegalArgumentException(
            "a change is of somebody whom the plan does not concern");
      }
    }

    public Draft(Plan plan, Optional<String> config, List<Link> unlinks) {
      this(plan, config, unlinks, Optional.empty());
    }

    public Draft(Plan plan, Optional<String> config) {
      this(plan, config, List.of());
    }

    /// A plan for these people only.
    public static Draft concerning(Set<PersonKey> people, Plan plan) {
      return new Draft(plan, Optional.empty(), List.of(), Optional.of(people));
    }

    private static boolean isOnlyAbout(Set<PersonKey> people, Plan plan) {
      return plan.changes().stream()
          .flatMap(change -> Membership.each(change).stream())
          .allMatch(change -> people.contains(change.person()));
    }
  }

  /// What somebody lets through of a plan: a choice, or what is about one person.
  record Approval(PlanNumber plan, Choice choice, Optional<PersonKey> person) {
    public Approval(PlanNumber plan, Choice choice) {
      this(plan, choice, Optional.empty());
    }

    public static Approval of(PlanNumber plan, PersonKey person) {
      return new Approval(plan, Choice.ALL, Optional.of(person));
    }
  }

  /// The cluster of what is held by hand and in no other cluster.
  String BY_HAND = "held by hand";

  /// What somebody holds back of a plan. `leavers`: leavers, too, who go on otherwise. `reason` is
  /// their own and may be empty.
  record Hold(PlanNumber plan, Choice choice, boolean leavers, String reason) {}

  /// What came of a hold: so many changes are held by it; so many are being sent at this moment and
  /// are held only if they come back unsent; so many leavers go on.
  record Holding(long held, long sending, long leavers) {
    /// Whether nothing of it was still to be sent.
    public boolean isNothing() {
      return held + sending + leavers == 0;
    }
  }

  /// Keeps a plan. Whatever older plans still had waiting or held, of the people whom this one
  /// concerns, is superseded by it; what is being sent goes on to its end but is not tried again,
  /// and its successor waits for it.
  ///
  /// A plan without changes is not kept (absent). One whose changes are exactly those that are
  /// still open keeps their number: what was approved stays approved, and a back-off goes on. Of a
  /// plan for some people, each change that is open already in a plan that was accepted stays where
  /// it is; where that is all of them, the number is that of the newest such plan. A change of a
  /// group that is about others too is divided: their part stays as it is, in its place.
  Optional<PlanNumber> save(FlowId flow, Draft draft);

  /// The plan of this number.
  Optional<StoredPlan> find(FlowId flow, PlanNumber number);

  /// The same. Throws `PLAN_UNKNOWN` where there is none.
  default StoredPlan get(FlowId flow, PlanNumber number) {
    return find(flow, number)
        .orElseThrow(() ->
            new Problem(
                    Code.PLAN_UNKNOWN,
                    "there is no such plan",
                    Map.of("flow", flow.value(), "plan", number.toString()),
                    "list them: tenure plans " + flow)
                .found());
  }

  /// The changes of a plan, in the order of their lanes.
  List<StoredChange> changes(FlowId flow, PlanNumber number, ResourceType userType);

  /// What was planned for one person until this time, newest first; at most `countMax`.
  List<PlannedChange> changesOf(FlowId flow, PersonKey person, Until until);

  /// Up to when, and how many.
  record Until(Instant time, int countMax, ResourceType userType) {}

  /// The newest plans, newest first.
  default List<StoredPlan> list(FlowId flow, int countMax) {
    return list(flow, Long.MAX_VALUE, countMax);
  }

  /// The plans up to this number, newest first: the next page of a list goes on below its last.
  List<StoredPlan> list(FlowId flow, long numberMax, int countMax);

  /// Says that the plan is to be sent, and keeps its links. Throws `PLAN_UNKNOWN`, or
  /// `PLAN_OUTDATED` for one that was superseded or is applied already.
  void accept(FlowId flow, PlanNumber number);

  /// Releases what the guard holds back in this plan; the number of changes. It is sent when the
  /// plan is applied (again), and ends with the plan. Throws as [#accept], `CLUSTER_UNKNOWN` where
  /// the choice names a cluster and nothing fits, and `CHOICE_EMPTY` where any other has nothing.
  long approve(FlowId flow, Approval approval, String actor);

  /// The same for all clusters.
  default long approve(FlowId flow, PlanNumber number, String actor) {
    return approve(flow, new Approval(number, Choice.ALL), actor);
  }

  /// Holds back what is still to be sent of this plan, until somebody approves it; also in the
  /// plans that take the place of this one, where it is about the same people. A leaver who was not
  /// held then goes on. Throws as [#approve].
  Holding hold(FlowId flow, Hold hold);

  /// The links that match rules found for this plan.
  List<Link> links(FlowId flow, PlanNumber number);

  /// Has the changes of leavers sent once more that were refused or given up, or that of this
  /// person only, unless something newer was planned for them. What of them is done already is
  /// seen, and not sent again. Gives the plans in which they stand, oldest first.
  List<PlanNumber> retry(FlowId flow, Optional<PersonKey> person);

  /// The plans that were to be sent and are not finished, oldest first.
  List<PlanNumber> unfinished(FlowId flow);

  /// Writes down that a delivery ended, and the plan where nothing of it is left to be sent.
  void close(FlowId flow, PlanNumber number);

  /// Ends all leases of the flow: for who holds the flow's lock, and so knows that their owners are
  /// gone. What they may have sent is looked up before it is repeated.
  long takeOver(FlowId flow);

  /// Whether the guard holds something of the flow.
  boolean isHeld(FlowId flow);

  /// The leavers since then that are sent or will be, except those that somebody approved.
  List<Change> leaversSince(FlowId flow, Instant since, ResourceType userType);

  /// The changes that ended since then otherwise than done, each with the account that it was
  /// about, where there is one.
  List<Failure> failuresSince(FlowId flow, Instant since);

  /// A change that failed; `name` is what people call the account.
  record Failure(PersonKey person, Optional<AccountId> account, String name, ChangeState state) {}

  /// The changes of groups that ended since then otherwise than done, and those that made a group.
  List<GroupEnd> groupsSince(FlowId flow, Instant since);

  /// How a change of a group ended. `group`: its id, where it had one before; `people`: whose
  /// memberships it was about.
  record GroupEnd(Optional<GroupId> group, String name, List<PersonKey> people, ChangeState state) {
    public GroupEnd {
      people = List.copyOf(people);
    }
  }

  /// What was given up, the most urgent first, and in a lane the oldest first; at most `countMax`.
  List<DeadLetter> deadLetters(FlowId flow, int countMax);

  /// What became of leavers: who is still inside first, then the latest.
  List<Receipt> receipts(FlowId flow, int countMax);

  /// What became of the leavers of one plan, in the same order.
  List<Receipt> receipts(FlowId flow, PlanNumber plan, int countMax);

  /// The people whose creation may have happened though it ended otherwise, and who have no account
  /// that is known: a request that was lost may have arrived.
  Set<PersonKey> doubted(FlowId flow);

  /// What people get by changes that are still to be sent, or are held.
  List<Taking> taking(FlowId flow);

  /// Somebody who gets something that may take a seat.
  record Taking(PersonKey person, Grants gained) {}

  /// The digests ([ChangeJson#digest]) of the changes that the target refused, or that were given
  /// up, since then.
  Set<String> failedSince(FlowId flow, Instant since);
}
