package dev.tenure.cli.administration;

import dev.tenure.cli.Call;
import dev.tenure.organization.Deactivation;
import dev.tenure.organization.Lifecycle;
import dev.tenure.organization.Lifecycle.Deletion;
import dev.tenure.organization.Lifecycle.Recreation;
import dev.tenure.organization.Lifecycle.Uniqueness;
import dev.tenure.organization.Profile;
import dev.tenure.organization.Quirk;
import dev.tenure.organization.Settings;
import dev.tenure.scim.Reading;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The options of a command that say how an organization is.
record SettingsOptions(Call call) {

  /// What was typed, over what there was; what a new profile changes is that of the profile.
  Settings over(Optional<Settings> before) {
    var profile =
        call.choice("--profile", Profile.class)
            .orElse(before.map(Settings::profile).orElse(Profile.STANDARD));
    var usual = before.filter(b -> b.profile() == profile).orElseGet(() -> Settings.of(profile));
    var lifecycle = usual.lifecycle();
    return new Settings(
        profile,
        call.choice("--reading", Reading.class).orElse(usual.reading()),
        call.choice("--deactivation", Deactivation.class).orElse(usual.deactivation()),
        new Lifecycle(
            call.choice("--deletion", Deletion.class).orElse(lifecycle.deletion()),
            call.optional("--retention").isPresent()
                ? Duration.ofDays(call.count("--retention"))
                : lifecycle.retention(),
            call.choice("--recreation", Recreation.class).orElse(lifecycle.recreation()),
            call.optional("--unique").map(this::unique).orElse(lifecycle.unique())),
        before.map(Settings::enabled).orElse(true),
        call.optional("--quirks").map(this::quirks).orElse(usual.quirks()));
  }

  private Set<Quirk> quirks(String list) {
    if (list.equals("none")) return Set.of();
    return Arrays.stream(list.split(",", -1))
        .map(name ->
            Quirk.named(name.strip())
                .orElseThrow(
                    () -> call.usage("--quirks is none or of " + String.join(", ", Quirk.all()))))
        .collect(Collectors.toSet());
  }

  private Set<Uniqueness> unique(String list) {
    if (list.equals("none")) return Set.of();
    return Arrays.stream(list.split(",", -1))
        .map(name ->
            Uniqueness.named(name.strip())
                .orElseThrow(() ->
                    call.usage("--unique is none or of " + String.join(", ", Uniqueness.all()))))
        .collect(Collectors.toSet());
  }
}
