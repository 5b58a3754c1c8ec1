package dev.tenure.id;

import java.util.regex.Pattern;

/// What a name in the configuration may look like.
final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  private Names() {}

  static void require(String what, String value) {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "the name of a " + what + " is 1 to 40 of a-z, 0-9 and -, starting with a letter");
    }
  }
}
