package dev.tenure.cli;

import dev.tenure.access.AdminTokens;
import dev.tenure.access.ConsoleUsers;
import dev.tenure.audit.AuditChain;
import dev.tenure.audit.AuditLog;
import dev.tenure.deliver.Pauses;
import dev.tenure.deliver.Plans;
import dev.tenure.deliver.Queue;
import dev.tenure.flow.Cycle;
import dev.tenure.flow.Eraser;
import dev.tenure.flow.Evictor;
import dev.tenure.flow.Excluder;
import dev.tenure.flow.Explainer;
import dev.tenure.flow.Flow;
import dev.tenure.flow.FlowStates;
import dev.tenure.id.FlowId;
import dev.tenure.licence.Ledgers;
import dev.tenure.notify.Notifier;
import dev.tenure.organization.Organizations;
import dev.tenure.target.DeviationBook;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// A Tenure that is open for work: an own one, or the running one that this process attached to.
public interface Workplace extends AutoCloseable {
  /// The flow of this name. Throws [dev.tenure.problem.Problem.Found] with `PLAN_UNKNOWN`.
  Flow flow(FlowId id);

  /// All flows of the configuration.
  List<Flow> flows();

  /// Starts running all flows, each at its interval. Once, and only where this process serves.
  void runFlows();

  /// Plans and applies.
  Cycle cycle();

  Plans plans();

  /// What waits to be sent.
  Queue queue();

  /// The flows that somebody stopped.
  Pauses pauses();

  /// Explains people.
  Explainer explainer();

  /// Locks people out by hand.
  Evictor evictor();

  /// Takes people out of a flow's scope by hand.
  default Excluder excluder() {
    return new Excluder(cycle());
  }

  /// Forgets people in what flows keep.
  Eraser eraser();

  /// The licences of organizations.
  Ledgers ledgers();

  /// How the last cycle of each flow went under `serve`.
  FlowStates states();

  /// What targets do otherwise than they should.
  DeviationBook deviations();

  /// Who is told what happens.
  Notifier notifier();

  AuditLog audit();

  AuditChain auditChain();

  /// Who may sign in to the console.
  ConsoleUsers consoleUsers();

  /// Which programs may use the admin API.
  AdminTokens adminTokens();

  Organizations organizations();

  /// Where the organizations are served at this moment, to this machine.
  URI base();

  /// Where the console is, if this process shows it.
  Optional<URI> console();

  /// Where clients reach the organizations when the server runs.
  URI address();

  @Override
  void close();
}
