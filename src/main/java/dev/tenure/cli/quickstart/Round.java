package dev.tenure.cli.quickstart;

import dev.tenure.cli.ApplyCommand;
import dev.tenure.cli.PlanView;
import dev.tenure.cli.Workplace;
import dev.tenure.deliver.DeliveryReport;
import dev.tenure.flow.CycleReport;
import dev.tenure.flow.Flow;
import dev.tenure.id.FlowId;
import dev.tenure.plan.Lane;

/// Plans the flow, shows the plan, and applies it.
final class Round {
  static final FlowId FLOW = new FlowId("people");
  private final Workplace workplace;
  private final Story story;
  private final Flow flow;

  Round(Workplace workplace, Story story) {
    this.workplace = workplace;
    this.story = story;
    this.flow = workplace.flow(FLOW);
  }

  Outcome planAndApply() throws InterruptedException {
    var planned = workplace.cycle().plan(flow);
    story.plan(planned);
    var complete = planned.counts().complete();
    if (planned.number().isEmpty()) return new Outcome(0, 0, 0, 0, complete, false);
    DeliveryReport report;
    try (var line = story.progress("apply")) {
      report = workplace.cycle().apply(flow, planned.number().get(), ApplyCommand.progress(line));
    }
    story.say(ApplyCommand.text(report));
    var undone = planned.plan().changes().size() - report.done();
    return counted(planned, undone);
  }

  /// Whether there is nothing to do any more (law 7).
  boolean isSettled() throws InterruptedException {
    var again = workplace.cycle().plan(flow);
    if (!again.isEmpty()) story.plan(again);
    else story.say("plan once more: nothing to do");
    return again.isEmpty();
  }

  private static Outcome counted(CycleReport planned, long undone) {
    var changes = planned.plan().changes();
    var joined = PlanView.count(changes, Lane.JOINER);
    var left = PlanView.count(changes, Lane.LEAVER);
    var moved = changes.size() - joined - left;
    return new Outcome(joined, moved, left, undone, planned.counts().complete(), false);
  }
}
