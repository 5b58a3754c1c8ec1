package dev.tenure.admin;

import dev.tenure.access.AdminTokens;
import dev.tenure.access.ConsoleUsers;
import dev.tenure.audit.AuditChain;
import dev.tenure.audit.AuditLog;
import dev.tenure.database.Database;
import dev.tenure.deliver.Pauses;
import dev.tenure.flow.Cycle;
import dev.tenure.flow.Eraser;
import dev.tenure.flow.Evictor;
import dev.tenure.flow.Excluder;
import dev.tenure.flow.Explainer;
import dev.tenure.flow.Flows;
import dev.tenure.flow.PersonPlanner;
import dev.tenure.flow.Undoing;
import dev.tenure.job.Jobs;
import dev.tenure.licence.Ledgers;
import dev.tenure.notify.Notifier;
import dev.tenure.view.Status;

/// What the API shows, and what it does it with.
public record Engine(
    Entrance entrance,
    Flows flows,
    Status.Books books,
    Cycle cycle,
    Jobs jobs,
    Acts acts,
    Ledgers ledgers,
    Records records,
    Database database,
    House house) {

  /// Which programs may use the API, and who may sign in to the console.
  public record Entrance(AdminTokens tokens, ConsoleUsers users) {}

  /// What was done, and who is told what happens.
  public record Records(AuditLog log, AuditChain chain, Notifier notifier) {}

  /// What flows and people are looked after with.
  public record Acts(
      Pauses pauses,
      Explainer explainer,
      Excluder excluder,
      PersonPlanner persons,
      Evictor evictor,
      Eraser eraser,
      Undoing undoing) {
    /// Those that need nothing but a cycle are made here.
    public static Acts of(Cycle cycle, Pauses pauses, Explainer explainer, Eraser eraser) {
      return new Acts(
          pauses,
          explainer,
          new Excluder(cycle),
          new PersonPlanner(cycle),
          new Evictor(cycle),
          eraser,
          new Undoing(cycle));
    }
  }
}
