package dev.tenure.organization;

import dev.tenure.config.Section;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What an organization of the profile `genesys` has beyond the standard: its quirks, and the
/// skills and languages by which interactions are routed to its users.
public record Platform(Set<Quirk> quirks, List<String> skills, List<String> languages) {
  /// What every organization has that says nothing.
  public static final Platform NONE = new Platform(Set.of(), List.of(), List.of());

  public Platform {
    quirks = Set.copyOf(quirks);
    skills = List.copyOf(skills);
    languages = List.copyOf(languages);
  }

  static Platform read(Section section, Profile profile) {
    var quirks = section.texts("quirks");
    quirks.forEach(name -> section.requireKnown("quirks", name, Quirk.all()));
    return new Platform(
        section.has("quirks")
            ? quirks.stream()
                .flatMap(name -> Quirk.named(name).stream())
                .collect(Collectors.toSet())
            : profile.quirks(),
        section.texts("skills"),
        section.texts("languages"));
  }

  boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }
}
