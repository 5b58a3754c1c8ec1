package dev.tenure.organization;

import dev.tenure.organization.Lifecycle.Deletion;
import dev.tenure.organization.Lifecycle.Recreation;
import dev.tenure.organization.Lifecycle.Uniqueness;
import dev.tenure.scim.Reading;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What somebody chose of an organization's settings; the rest stays as it is.
public record SettingsChoice(
    Optional<Profile> profile,
    Optional<Reading> reading,
    Optional<Deactivation> deactivation,
    Optional<Deletion> deletion,
    Optional<Duration> retention,
    Optional<Recreation> recreation,
    Optional<Set<Uniqueness>> unique,
    Optional<Set<Quirk>> quirks) {

  /// What was chosen, over what there was; what a new profile changes is that of the profile.
  public Settings over(Optional<Settings> before) {
    var chosen = profile.orElse(before.map(Settings::profile).orElse(Profile.STANDARD));
    var usual = before.filter(b -> b.profile() == chosen).orElseGet(() -> Settings.of(chosen));
    var lifecycle = usual.lifecycle();
    return new Settings(
        chosen,
        reading.orElse(usual.reading()),
        deactivation.orElse(usual.deactivation()),
        new Lifecycle(
            deletion.orElse(lifecycle.deletion()),
            retention.orElse(lifecycle.retention()),
            recreation.orElse(lifecycle.recreation()),
            unique.orElse(lifecycle.unique())),
        before.map(Settings::enabled).orElse(true),
        quirks.orElse(usual.quirks()));
  }
}
