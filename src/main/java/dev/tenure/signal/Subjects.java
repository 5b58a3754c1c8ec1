package dev.tenure.signal;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads subject identifiers (RFC 9493, RFC 9967 §2.1) as the keys by which streams leave subjects
/// out: `Users/ID`, `Groups/ID`, or an address in lower case.
final class Subjects {
  private static final Pattern PATH = Pattern.compile("/?(?:Users|Groups)/[0-9a-fA-F-]{36}");
  private static final Pattern ID = Pattern.compile("[0-9a-fA-F-]{36}");
  private static final int ADDRESS_CHARACTERS_MAX = 320;

  private Subjects() {}

  /// Absent for a form that no event here is about. `issuer` is the one of the stream.
  static Optional<String> key(JsonNode subject, String issuer) {
    return switch (subject.path("format").asString("")) {
      case "scim" -> path(subject.path("uri").asString(""));
      case "iss_sub" ->
          subject.path("iss").asString("").equals(issuer)
              ? user(subject.path("sub").asString(""))
              : Optional.empty();
      case "opaque" -> user(subject.path("id").asString(""));
      case "email" -> address(subject.path("email").asString(""));
      case "complex" -> subject.size() == 2 ? key(simple(subject), issuer) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /// Only a user alone: a device or a session is no subject here.
  private static JsonNode simple(JsonNode complex) {
    var user = complex.path("user");
    return user.path("format").asString("").equals("complex") ? user.path("none") : user;
  }

  private static Optional<String> path(String uri) {
    return Optional.of(uri)
        .filter(u -> PATH.matcher(u).matches())
        .map(u -> u.startsWith("/") ? u.substring(1) : u);
  }

  private static Optional<String> user(String id) {
    return Optional.of(id).filter(i -> ID.matcher(i).matches()).map(i -> "Users/" + i);
  }

  private static Optional<String> address(String email) {
    return Optional.of(email.toLowerCase(Locale.ROOT))
        .filter(e -> e.contains("@") && e.length() <= ADDRESS_CHARACTERS_MAX);
  }
}
