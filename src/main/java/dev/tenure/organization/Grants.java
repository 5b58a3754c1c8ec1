package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.GrantStore;
import dev.tenure.organization.store.GrantStore.HeldRow;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What users really have: what they were given, and what their groups carry to them.
///
/// A group carries to its direct members only; an inactive user has nothing.
public final class Grants {
  private final GrantStore store;

  Grants(Database database) {
    this.store = new GrantStore(database);
  }

  /// A role within a division, empty where the user has none; `via` is the group that it came by.
  public record Role(String name, String division, Optional<UUID> via) {}

  /// All that a user has. `division`: its own, else that of its oldest group that carries one.
  public record Held(Optional<String> division, List<Role> roles, List<String> seats) {}

  /// What the user of this id has; nothing where it is not active or there is none.
  public Held of(OrganizationId organization, UUID user) {
    var rows = store.ofUser(organization, user);
    var division =
        rows.stream()
            .filter(row -> row.kind().equals("division"))
            .flatMap(row -> Optional.ofNullable(row.name()).stream())
            .findFirst();
    var roles =
        rows.stream()
            .filter(row -> row.kind().equals("role"))
            .map(row -> role(row, division.orElse("")))
            .toList();
    var seats = rows.stream().filter(row -> row.kind().equals("seat")).map(Grants::name).toList();
    return new Held(division, roles, seats);
  }

  private static Role role(HeldRow row, String division) {
    return new Role(
        name(row),
        row.division().isEmpty() ? division : row.division(),
        Optional.ofNullable(row.via()));
  }

  private static String name(HeldRow row) {
    return String.valueOf(row.name());
  }
}
