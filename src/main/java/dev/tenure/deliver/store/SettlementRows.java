package dev.tenure.deliver.store;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.ObservedJson;
import dev.tenure.deliver.Settlement;
import dev.tenure.deliver.Step;
import dev.tenure.problem.Code;
import dev.tenure.target.Account;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Settlements as the rows that the statement unfolds again: one parameter, whatever their number.
final class SettlementRows {
  private SettlementRows() {}

  static String of(List<Settlement> settlements) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var settlement : settlements) {
      var row = array.addObject();
      var leased = settlement.leased();
      row.put("plan", leased.plan().value()).put("seq", leased.seq());
      row.put("lane", leased.lane().wire());
      row.put("doubtful", leased.doubtful())
          .put("refund", 0)
          .put("unlink", false)
          .put("found", false);
      fill(row, settlement);
    }
    return array.toString();
  }

  private static void fill(ObjectNode row, Settlement settlement) {
    switch (settlement) {
      case Settlement.Done done -> done(row, done);
      case Settlement.Passed(_, var account, var reference) -> {
        row.put("state", ChangeState.WAITING.wire()).put("action", "change.passed");
        row.put("passed", account.flatMap(Account::version).orElse(""));
        row.put("doubtful", false).put("refund", 1);
        reference.ifPresent(r -> row.put("reference", r));
        account.ifPresent(a -> row.set("seen", ObservedJson.of(a)));
      }
      case Settlement.Failed(_, var state, var problem) -> {
        row.put("state", state.wire()).put("action", "change." + state.wire());
        // Given up without an answer.
        if (state == ChangeState.DEAD) row.put("doubtful", true);
        far(row, settlement);
        row.set("problem", ChangeJson.problem(problem));
      }
      case Settlement.Again(_, var nextAt, var doubtful, var counts, var problem) -> {
        var busy = problem.code() == Code.TARGET_BUSY;
        row.put("state", ChangeState.WAITING.wire());
        var barred = problem.code() == Code.TARGET_REFUSED;
        row.put("action", busy ? "change.busy" : barred ? "change.barred" : "change.unknown");
        row.put("next_at", nextAt.toString()).put("doubtful", doubtful);
        row.put("refund", counts ? 0 : 1);
        far(row, settlement);
        row.set("problem", ChangeJson.problem(problem));
      }
    }
  }

  /// How far a leaver's change got.
  private static void far(ObjectNode row, Settlement settlement) {
    var steps = settlement.leased().steps();
    if (!steps.isEmpty()) row.set("steps", Step.json(steps));
  }

  private static void done(ObjectNode row, Settlement.Done done) {
    row.put("state", ChangeState.DONE.wire()).put("action", "change.done");
    row.put("unlink", done.unlink()).put("found", done.found());
    done.link().ifPresent(account -> row.put("link", account.value()));
    done.readBack().ifPresent(b -> row.put("read_back", b.wire()));
    if (!done.steps().isEmpty()) row.set("steps", Step.json(done.steps()));
    done.reference().ifPresent(r -> row.put("reference", r));
    done.seen().ifPresent(account -> row.set("seen", ObservedJson.of(account)));
  }
}
