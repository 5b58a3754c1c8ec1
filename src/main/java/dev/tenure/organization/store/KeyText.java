package dev.tenure.organization.store;

import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import org.jspecify.annotations.Nullable;

/// Texts that stand in an index: an entry of PostgreSQL's holds some 2,700 bytes at the most.
final class KeyText {
  static final int CHARACTERS_MAX = 800;

  private KeyText() {}

  /// Throws 400 `invalidValue` where the text is too long to be looked up by.
  static void require(String attribute, @Nullable String text) {
    if (text == null || text.length() <= CHARACTERS_MAX) return;
    throw ScimException.bad(
        ScimType.invalidValue,
        "'" + attribute + "' is longer than " + CHARACTERS_MAX + " characters");
  }
}
