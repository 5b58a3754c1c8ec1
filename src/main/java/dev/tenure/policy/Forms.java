package dev.tenure.policy;

import dev.tenure.config.Section;
import java.util.Optional;

/// Values that may be written short, as a text, or long, as a section.
final class Forms {
  private Forms() {}

  /// The section, where it was written long.
  static Optional<Section> section(Section parent, String key) {
    return parent.isSection(key) ? parent.section(key) : Optional.empty();
  }
}
