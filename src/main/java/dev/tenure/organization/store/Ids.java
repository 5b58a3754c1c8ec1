package dev.tenure.organization.store;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The ids of resources as they stand in requests.
public final class Ids {
  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private Ids() {}

  /// Absent where the text is no id that was ever given out: ids are compared exactly.
  public static Optional<UUID> parse(String text) {
    return CANONICAL.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }
}
