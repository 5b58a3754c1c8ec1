package dev.tenure.organization;

import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Lifecycle.Deletion;
import dev.tenure.organization.Lifecycle.Recreation;
import dev.tenure.organization.Lifecycle.Uniqueness;
import dev.tenure.organization.store.OrganizationStore;
import dev.tenure.organization.store.OrganizationStore.Declared;
import dev.tenure.organization.store.OrganizationStore.Pool;
import dev.tenure.organization.store.OrganizationStore.Role;
import dev.tenure.scim.Reading;
import dev.tenure.scim.schema.Schemas;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The settings of an organization that are chosen as a whole. `enabled`: its clients may come in.
public record Settings(
    Profile profile,
    Reading reading,
    Deactivation deactivation,
    Lifecycle lifecycle,
    boolean enabled,
    Set<Quirk> quirks) {

  public Settings {
    quirks = Set.copyOf(quirks);
  }

  /// What an organization of this profile has where nothing else is said.
  public static Settings of(Profile profile) {
    return new Settings(
        profile, Reading.TOLERANT, Deactivation.LOCK, profile.lifecycle(), true, profile.quirks());
  }

  /// The same, open or closed.
  public Settings enabled(boolean open) {
    return new Settings(profile, reading, deactivation, lifecycle, open, quirks);
  }

  static Settings of(OrganizationStore.Settings stored) {
    return new Settings(
        Profile.valueOf(stored.profile()),
        Reading.valueOf(stored.reading()),
        Deactivation.valueOf(stored.deactivation()),
        new Lifecycle(
            Deletion.valueOf(stored.deletion()),
            Duration.ofSeconds(stored.retentionSeconds()),
            Recreation.valueOf(stored.recreation()),
            stored.unique().stream().map(Uniqueness::valueOf).collect(Collectors.toSet())),
        stored.enabled(),
        stored.quirks().stream().map(Quirk::valueOf).collect(Collectors.toSet()));
  }

  OrganizationStore.Settings stored(OrganizationId id) {
    return new OrganizationStore.Settings(
        id,
        profile.name(),
        reading.name(),
        deactivation.name(),
        lifecycle.deletion().name(),
        lifecycle.retention().toSeconds(),
        lifecycle.recreation().name(),
        lifecycle.unique().stream().map(Uniqueness::name).sorted().toList(),
        false,
        enabled,
        quirks.stream().map(Quirk::name).sorted().toList());
  }

  static Organization organization(Declared stored, Schemas schemas) {
    var settings = of(stored.settings());
    return new Organization(
        stored.settings().id(),
        settings.profile(),
        settings.reading(),
        schemas,
        settings.deactivation(),
        settings.lifecycle(),
        stored.divisions(),
        stored.roles().stream()
            .collect(Collectors.toMap(Role::name, r -> Optional.ofNullable(r.sku()))),
        stored.pools().stream().collect(Collectors.toMap(Pool::sku, Pool::price)),
        stored.pools().stream().anyMatch(pool -> pool.whenFull().equals("REFUSE")),
        settings.enabled(),
        new Platform(settings.quirks(), stored.skills(), stored.languages()));
  }
}
