package dev.tenure.admin;

import dev.tenure.store.ChangeStore;
import dev.tenure.store.PeopleStore;
import java.util.List;
import java.util.stream.Stream;

/// Who answers what: a desk for each subject.
record Desks(
    OfficeDesk office,
    FlowDesk flows,
    ChangeDesk changes,
    PersonDesk people,
    PeopleDesk everybody,
    LicenceDesk licences,
    ConflictDesk conflicts,
    AuditDesk audit,
    JobDesk jobs) {
  /// Every operation but the document itself.
  static final List<Operation> OPERATIONS =
      Stream.of(
              OfficeDesk.OPERATIONS,
              FlowDesk.OPERATIONS,
              ChangeDesk.OPERATIONS,
              PersonDesk.OPERATIONS,
              PeopleDesk.OPERATIONS,
              LicenceDesk.OPERATIONS,
              ConflictDesk.OPERATIONS,
              AuditDesk.OPERATIONS,
              JobDesk.OPERATIONS)
          .flatMap(List::stream)
          .toList();

  static Desks of(Engine engine) {
    return new Desks(
        new OfficeDesk(engine),
        new FlowDesk(engine.flows(), engine.books().plans(), engine.acts().pauses()),
        new ChangeDesk(engine, new ChangeStore(engine.database())),
        new PersonDesk(engine.flows(), engine.acts().explainer(), engine.acts().excluder()),
        new PeopleDesk(engine, new PeopleStore(engine.database())),
        new LicenceDesk(engine),
        new ConflictDesk(engine),
        AuditDesk.of(engine),
        new JobDesk(engine));
  }
}
