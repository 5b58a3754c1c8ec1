package dev.tenure.view;

import dev.tenure.deliver.Progress;
import dev.tenure.job.Jobs.Job;
import dev.tenure.reconcile.Found;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Long work as JSON: who began it, how far it is, and how it ended.
public final class JobJson {
  private JobJson() {}

  /// `problem` renders why a job failed.
  public static ObjectNode of(Job job, Function<Job, ObjectNode> problem) {
    var node = JsonNodeFactory.instance.objectNode().put("id", job.id());
    node.put("kind", job.key().kind()).put("what", job.key().what()).put("by", job.by());
    node.put("state", state(job)).put("begunAt", job.begun().toString());
    job.ended().ifPresent(at -> node.put("endedAt", at.toString()));
    job.progress().ifPresent(state -> put(node.putObject("progress"), state));
    job.outcome().ifPresent(outcome -> node.put("words", outcome.words()));
    job.outcome().flatMap(o -> o.result()).ifPresent(result -> put(node, result));
    if (!job.problems().isEmpty()) node.set("problem", problem.apply(job));
    return node;
  }

  private static String state(Job job) {
    if (job.isRunning()) return "running";
    return job.problems().isEmpty() ? "done" : "failed";
  }

  private static void put(ObjectNode node, Progress.State state) {
    node.put("of", state.total()).put("done", state.done()).put("failed", state.failed());
    node.put("seconds", state.elapsed().toMillis() / 1000.0);
    state.remaining().ifPresent(r -> node.put("remainingSeconds", r.toMillis() / 1000.0));
    state.paused().ifPresent(p -> node.put("pausedSeconds", p.toMillis() / 1000.0));
  }

  /// What only the console can show is left out.
  private static void put(ObjectNode node, Object result) {
    switch (result) {
      case ObjectNode json -> node.set("result", json);
      case Found found -> node.putObject("result").put("conflicts", found.conflicts().size());
      default -> {
        // a page's own record
      }
    }
  }
}
