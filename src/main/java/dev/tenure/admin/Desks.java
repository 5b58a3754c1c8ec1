package dev.tenure.admin;

import dev.tenure.store.PeopleStore;
import dev.tenure.store.TenantStore;
import dev.tenure.store.ToldStore;
import java.util.List;
import java.util.stream.Stream;

/// Who answers what: a desk for each subject.
record Desks(
    OfficeDesk office,
    UserDesk users,
    RuleDesk rules,
    FlowDesk flows,
    ChangeDesk changes,
    PersonDesk people,
    PeopleDesk everybody,
    LicenceDesk licences,
    ConflictDesk conflicts,
    AuditDesk audit,
    OrganizationDesk organizations,
    PartDesk parts,
    TenantDesk tenants,
    ClientDesk clients,
    NotifyDesk news,
    JobDesk jobs) {
  /// Every operation but the document itself.
  static final List<Operation> OPERATIONS =
      Stream.of(
              OfficeDesk.OPERATIONS,
              UserDesk.OPERATIONS,
              RuleDesk.OPERATIONS,
              FlowDesk.OPERATIONS,
              ChangeDesk.OPERATIONS,
              PersonDesk.OPERATIONS,
              PeopleDesk.OPERATIONS,
              LicenceDesk.OPERATIONS,
              ConflictDesk.OPERATIONS,
              AuditDesk.OPERATIONS,
              OrganizationDesk.OPERATIONS,
              PartDesk.OPERATIONS,
              TenantDesk.OPERATIONS,
              ClientDesk.OPERATIONS,
              NotifyDesk.OPERATIONS,
              JobDesk.OPERATIONS)
          .flatMap(List::stream)
          .toList();

  static Desks of(Engine engine) {
    var organizations = engine.books().organizations();
    var tenants = new TenantStore(engine.database());
    var whole = new OrganizationDesk(organizations, tenants);
    var audit = AuditDesk.of(engine);
    return new Desks(
        new OfficeDesk(engine),
        new UserDesk(engine.entrance().tokens(), engine.entrance().users()),
        new RuleDesk(engine),
        new FlowDesk(engine.flows(), engine.books().plans(), engine.acts().pauses()),
        new ChangeDesk(engine),
        new PersonDesk(engine.flows(), engine.acts().explainer(), engine.acts().excluder()),
        new PeopleDesk(engine, new PeopleStore(engine.database())),
        new LicenceDesk(engine),
        new ConflictDesk(engine),
        audit,
        whole,
        new PartDesk(organizations, whole),
        new TenantDesk(organizations, tenants),
        new ClientDesk(organizations),
        new NotifyDesk(engine.records().notifier(), new ToldStore(engine.database()), audit),
        new JobDesk(engine));
  }
}
