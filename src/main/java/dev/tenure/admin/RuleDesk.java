package dev.tenure.admin;

import dev.tenure.flow.Rules;
import dev.tenure.flow.Simulation;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.job.Jobs.Key;
import dev.tenure.job.Jobs.Outcome;
import dev.tenure.view.SimulationJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What other rules would come to.
record RuleDesk(Engine engine) {
  static final List<Operation> OPERATIONS =
      List.of(JobDesk.begin("/flows/{flow}/simulation", (d, r) -> d.rules().simulate(r)));

  private static final int CAUSES_MAX = 100;
  private static final int PEOPLE_MAX = 100;

  /// Whose outcome would differ if the body's `flows` and `tables` stood in the configuration.
  private Response simulate(Request request) {
    Wanted.query(request, Set.of());
    var flow = Wanted.flow(request, engine.flows());
    var others = Wanted.configuration(request);
    if (others.isBlank()) throw new HttpFailure(400, "the body says what is to be different");
    var other = engine.house().rules(flow, others);
    return JobDesk.begun(
        engine,
        new Key("simulate", flow.id().value()),
        _ -> {
          var rules = new Rules(flow.source(), flow.policy());
          var byHand = engine.cycle().rulings(flow);
          var report = Simulation.of(rules, other, byHand, flow.clock().instant());
          var json = SimulationJson.of(report, CAUSES_MAX, PEOPLE_MAX);
          var words = report.differing() + " of " + report.people() + " would have another outcome";
          return new Outcome(words, Optional.empty(), Optional.of(json));
        });
  }
}
