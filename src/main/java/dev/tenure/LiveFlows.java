package dev.tenure;

import dev.tenure.Settings.FlowSettings;
import dev.tenure.Settings.TargetSettings;
import dev.tenure.flow.Flow;
import dev.tenure.flow.FlowRunner;
import dev.tenure.flow.Flows;
import dev.tenure.flow.Rules;
import dev.tenure.id.FlowId;
import dev.tenure.organization.Organizations;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The flows of the configuration, which may change while they run.
final class LiveFlows {
  private static final Logger LOG = LoggerFactory.getLogger(LiveFlows.class);

  private final Organizations organizations;
  private final FlowAssembly assembly;
  private final Flows all;
  private Settings settings;
  private @Nullable FlowRunner runner;

  LiveFlows(Settings settings, Organizations organizations, FlowAssembly assembly) {
    this.settings = settings;
    this.organizations = organizations;
    this.assembly = assembly;
    this.all = new Flows(List.of());
    all.become(settings.flows().stream().map(f -> assembly.flow(f, all)).toList());
  }

  Flows all() {
    return all;
  }

  /// What holds now.
  synchronized Settings settings() {
    return settings;
  }

  /// Has them run.
  synchronized void run(FlowRunner by) {
    runner = by;
    by.become(all.all());
  }

  /// From now on the flows are these: who is the same goes on undisturbed. All else in the
  /// configuration counts from the next start. Throws `CONFIG_REFERENCE` where a flow needs more
  /// than that.
  synchronized void become(Settings next) {
    refuseUndeclared(next, organizations);
    var before = all.all();
    var now = next.flows().stream().map(this::sameOrNew).toList();
    all.become(now);
    if (runner != null) runner.become(now);
    tell(before, now);
    if (!next.frame().equals(settings.frame())) {
      LOG.warn(
          "the configuration of server, console, database or organizations has changed; that counts"
              + " from the next start");
    }
    settings = next;
  }

  private Flow sameOrNew(FlowSettings flow) {
    return all.find(flow.id())
        .filter(known -> known.fingerprint().equals(flow.fingerprint()))
        .orElseGet(() -> assembly.flow(flow, all));
  }

  private static void tell(List<Flow> before, List<Flow> now) {
    for (var flow : now) {
      if (!before.contains(flow)) LOG.info("flow {}: runs by the changed configuration", flow.id());
    }
    for (var flow : before) {
      boolean stays = now.stream().anyMatch(f -> f.id().equals(flow.id()));
      if (!stays) LOG.info("flow {}: is no longer configured, and stopped", flow.id());
    }
  }

  /// Throws `PLAN_UNKNOWN`.
  Flow flow(FlowId id) {
    return all.find(id).orElseThrow(() -> unknown(id, all.all().stream().map(Flow::id).toList()));
  }

  /// The deciding half of one of these flows, reading from where it says.
  Rules rules(List<FlowSettings> others, FlowId id) {
    return others.stream()
        .filter(f -> f.id().equals(id))
        .findFirst()
        .map(f -> new Rules(assembly.source(f.source()), f.policy()))
        .orElseThrow(() -> unknown(id, others.stream().map(FlowSettings::id).toList()));
  }

  private static Problem.Found unknown(FlowId id, List<FlowId> there) {
    return new Problem(
            Code.PLAN_UNKNOWN,
            "there is no flow '" + id + "'",
            Map.of("flows", there.toString()),
            "use one of these, or add it to the configuration")
        .found();
  }

  /// The server made the organizations of the configuration that it was started with.
  static void refuseUndeclared(Settings settings, Organizations organizations) {
    for (var flow : settings.flows()) {
      if (flow.target() instanceof TargetSettings.Hosted(var name, _, var user, _)) {
        var served = organizations.find(name);
        if (served.isEmpty())
          throw undeclared(flow, "does not have the organization", organizations);
        var same = served.get().schemas().user().schemas().toList().equals(user.schemas().toList());
        if (!same) throw undeclared(flow, "has other schemas for the organization", organizations);
      }
    }
  }

  private static Problem.Found undeclared(
      FlowSettings flow, String what, Organizations organizations) {
    var name = ((TargetSettings.Hosted) flow.target()).organization();
    return new Problem(
            Code.CONFIG_REFERENCE,
            "the running server " + what + " '" + name + "'",
            Map.of("flow", flow.id().value(), "organizations", organizations.all().toString()),
            "start the server again with this configuration")
        .found();
  }
}
