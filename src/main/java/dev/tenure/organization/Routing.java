package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.RoutingStore;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// The skills and languages by which interactions are routed to users. Who has one of them is part
/// of the user.
public final class Routing {
  private final RoutingStore store;
  private final Clock clock;
  private final Consumer<OrganizationId> forget;

  /// `forget` is told of each organization that changed.
  Routing(Database database, Clock clock, Consumer<OrganizationId> forget) {
    this.store = new RoutingStore(database);
    this.clock = clock;
    this.forget = forget;
  }

  /// What there are names of.
  public enum Kind {
    SKILL("routingSkills"),
    LANGUAGE("routingLanguages");

    private final String attribute;

    Kind(String attribute) {
      this.attribute = attribute;
    }

    /// The attribute of users that names them.
    public String attribute() {
      return attribute;
    }

    /// Those of the organization, by name.
    public List<String> names(Organization organization) {
      return this == SKILL ? organization.platform().skills() : organization.platform().languages();
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Adds one; false where there is one of this name, with the same letter case.
  public boolean add(OrganizationId organization, Kind kind, String name) {
    return add(organization, kind, List.of(name));
  }

  boolean add(OrganizationId organization, Platform declared) {
    boolean skills = add(organization, Kind.SKILL, declared.skills());
    return add(organization, Kind.LANGUAGE, declared.languages()) || skills;
  }

  private boolean add(OrganizationId organization, Kind kind, List<String> names) {
    if (names.isEmpty()) return false;
    boolean added = store.add(organization, kind.word(), names, clock.instant()) > 0;
    if (added) forget.accept(organization);
    return added;
  }
}
