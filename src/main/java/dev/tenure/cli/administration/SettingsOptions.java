package dev.tenure.cli.administration;

import dev.tenure.cli.Call;
import dev.tenure.organization.Deactivation;
import dev.tenure.organization.Lifecycle.Deletion;
import dev.tenure.organization.Lifecycle.Recreation;
import dev.tenure.organization.Lifecycle.Uniqueness;
import dev.tenure.organization.Profile;
import dev.tenure.organization.Quirk;
import dev.tenure.organization.SettingsChoice;
import dev.tenure.scim.Reading;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The options of a command that say how an organization is.
record SettingsOptions(Call call) {
  /// What was typed.
  SettingsChoice chosen() {
    return new SettingsChoice(
        call.choice("--profile", Profile.class),
        call.choice("--reading", Reading.class),
        call.choice("--deactivation", Deactivation.class),
        call.choice("--deletion", Deletion.class),
        call.optional("--retention").map(_ -> Duration.ofDays(call.count("--retention"))),
        call.choice("--recreation", Recreation.class),
        several("--unique", Uniqueness::named, Uniqueness.all()),
        several("--quirks", Quirk::named, Quirk.all()));
  }

  private <T> Optional<Set<T>> several(
      String option, Function<String, Optional<T>> named, List<String> all) {
    return call.optional(option)
        .map(list ->
            Arrays.stream(list.equals("none") ? new String[0] : list.split(",", -1))
                .map(name -> named.apply(name.strip()).orElseThrow(() -> noneOf(option, all)))
                .collect(Collectors.toSet()));
  }

  private RuntimeException noneOf(String option, List<String> all) {
    return call.usage(option + " is none or of " + String.join(", ", all));
  }
}
