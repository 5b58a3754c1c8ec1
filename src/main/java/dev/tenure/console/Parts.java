package dev.tenure.console;

import dev.tenure.access.Access;
import dev.tenure.access.OpenIdSignIn;
import dev.tenure.audit.AuditChain;
import dev.tenure.audit.AuditLog;
import dev.tenure.database.Database;
import dev.tenure.deliver.Pauses;
import dev.tenure.deliver.Plans;
import dev.tenure.deliver.TimeAndChance;
import dev.tenure.flow.Cycle;
import dev.tenure.flow.Eraser;
import dev.tenure.flow.Evictor;
import dev.tenure.flow.Excluder;
import dev.tenure.flow.Explainer;
import dev.tenure.flow.Flow;
import dev.tenure.flow.FlowStates;
import dev.tenure.flow.Flows;
import dev.tenure.flow.PersonPlanner;
import dev.tenure.flow.Undoing;
import dev.tenure.http.HttpFailure;
import dev.tenure.id.OrganizationId;
import dev.tenure.licence.Ledgers;
import dev.tenure.notify.Notifier;
import dev.tenure.organization.Organizations;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What the console shows.
public record Parts(
    Entrance entrance,
    Engine engine,
    Organizations organizations,
    Records records,
    Database database) {

  /// How people come in. `outside` is the server's address as they know it.
  public record Entrance(Access access, Optional<OpenIdSignIn> provider, URI outside) {}

  /// The flows, and what can be done with them.
  public record Engine(
      Flows known,
      Cycle cycle,
      Plans plans,
      Explainer explainer,
      FlowStates states,
      Ledgers ledgers,
      Acts acts,
      TimeAndChance world) {
    /// The flows as they are now.
    public List<Flow> flows() {
      return known.all();
    }

    /// The flow of this name, else 404.
    public Flow flow(String name) {
      return flows().stream()
          .filter(f -> f.id().value().equals(name))
          .findFirst()
          .orElseThrow(() -> new HttpFailure(404, "there is no flow '" + name + "'"));
    }

    /// The organization that the flow leads to, where it is hosted here.
    public Optional<OrganizationId> target(Flow flow) {
      return flow.organization();
    }
  }

  /// What can be done about one person, one plan, one flow.
  public record Acts(
      Evictor evictor,
      Eraser eraser,
      Excluder excluder,
      PersonPlanner persons,
      Undoing undoing,
      Pauses pauses) {
    /// Those that need nothing but a cycle are made here.
    public static Acts of(Cycle cycle, Eraser eraser, Pauses pauses) {
      return new Acts(
          new Evictor(cycle),
          eraser,
          new Excluder(cycle),
          new PersonPlanner(cycle),
          new Undoing(cycle),
          pauses);
    }
  }

  /// What was done, and who was told of it.
  public record Records(AuditLog log, AuditChain chain, Notifier notifier) {}
}
