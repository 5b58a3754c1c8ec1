package dev.tenure.view;

import dev.tenure.deliver.StoredChange;
import dev.tenure.deliver.StoredPlan;
import dev.tenure.plan.PlanJson;
import dev.tenure.plan.PlanTotals;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A plan that was kept with its changes, what they come to, and what they do to seats, as JSON.
public final class WholePlanJson {
  private WholePlanJson() {}

  /// `rate`: requests that the target takes in a minute, where somebody says so.
  public static ObjectNode of(
      StoredPlan stored, List<StoredChange> changes, SeatEffect seats, Optional<Integer> rate) {
    var answer = StoredPlanJson.of(stored);
    var totals = PlanTotals.of(changes.stream().map(StoredChange::change).toList());
    var node = totals(totals);
    rate.ifPresent(r -> node.put("seconds", totals.at(r).toSeconds()));
    answer.set("totals", node);
    answer.set("seats", seats.json());
    var list = answer.putArray("changes");
    for (var change : changes) {
      var one = PlanJson.shown(change.change());
      one.put("seq", change.seq()).put("state", change.state().wire());
      change.problem().ifPresent(p -> one.set("problem", ProblemJson.of(p)));
      list.add(one);
    }
    return answer;
  }

  private static ObjectNode totals(PlanTotals totals) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("created", totals.created()).put("reactivated", totals.reactivated());
    node.put("deactivated", totals.deactivated()).put("deleted", totals.deleted());
    node.put("roleGains", totals.roleGains()).put("roleLosses", totals.roleLosses());
    node.put("membershipGains", totals.membershipGains());
    node.put("membershipLosses", totals.membershipLosses()).put("updated", totals.updated());
    return node.put("held", totals.held()).put("requests", totals.requests());
  }
}
