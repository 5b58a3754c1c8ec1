package dev.tenure.plan;

import dev.tenure.plan.Change.Reason;
import dev.tenure.policy.Desired;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Account;
import dev.tenure.target.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the one change that a person needs, whose place in the world is clear.
final class Changes {
  private final ResourceType userType;
  private final Fitting fitting;

  Changes(ResourceType userType, Fitting fitting) {
    this.userType = userType;
    this.fitting = fitting;
  }

  /// A joiner. `because` says why there is no account yet.
  Change create(Desired desired, String because) {
    fitting.creates(desired);
    var name = Blueprint.userName(desired).orElse(desired.person().value());
    return new Change(
        Lane.JOINER,
        desired.person(),
        name,
        new Request.Create(Blueprint.of(desired, userType)),
        Reasons.created(desired, desired.scope() + "; " + because),
        Change.Marks.NONE);
  }

  /// What makes the account as desired; none where it is.
  Optional<Change> update(Desired desired, Account account) {
    var all = needed(desired, account);
    if (all.isEmpty()) return Optional.empty();
    var needed = needed(fitting.comparable(desired, account), account);
    fitting.leaves(desired, all, needed);
    if (needed.isEmpty()) return Optional.empty();
    var lane = Lanes.of(needed);
    var opens = needed.stream().anyMatch(s -> s.lane() == Lane.JOINER);
    if (opens) return Optional.of(reactivate(desired, account));
    return Optional.of(patch(desired, account, needed, lane));
  }

  private static List<Step> needed(Desired desired, Account account) {
    return Difference.steps(desired, account).stream().filter(Step::isNeeded).toList();
  }

  /// A re-hire gets everything again: what was left behind is not trusted.
  private Change reactivate(Desired desired, Account account) {
    var steps = Difference.again(fitting.settable(desired, account), account);
    var again = patch(desired, account, steps, Lane.JOINER);
    var reasons = new ArrayList<Reason>();
    reasons.add(
        new Reason("", "inactive", "active", desired.scope() + "; everything is applied again"));
    reasons.addAll(again.reasons());
    return new Change(
        again.lane(), again.person(), again.name(), again.request(), reasons, Change.Marks.NONE);
  }

  private static Change patch(Desired desired, Account account, List<Step> steps, Lane lane) {
    return new Change(
        lane,
        desired.person(),
        Accounts.name(account),
        new Request.Patch(
            account.id(), steps.stream().map(Step::operation).toList(), account.version()),
        steps.stream().flatMap(s -> s.reasons().stream()).toList(),
        Change.Marks.NONE);
  }
}
