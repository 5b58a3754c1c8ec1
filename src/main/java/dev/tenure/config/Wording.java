package dev.tenure.config;

import dev.tenure.config.Value.Items;
import dev.tenure.config.Value.Kind;
import dev.tenure.config.Value.Mapping;
import dev.tenure.config.Value.Scalar;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.List;
import java.util.Map;

/// The words of the problems that the schema and the readers share. `path` is that of the value,
/// `at` its `file:line:column`.
final class Wording {
  private static final int SHOWN_MAX = 60;

  private Wording() {}

  /// What was wanted, what stands there instead, and what to do.
  record Mismatch(String expected, String found, String remedy) {}

  static Problem wrong(String path, String at, Mismatch m) {
    var message = path + ": expected " + m.expected() + ", found " + m.found();
    return problem(Code.CONFIG_VALUE, message, at, m.remedy());
  }

  static Problem noSecret(String path, String at) {
    var message = path + ": secrets are not written into the file";
    return problem(Code.CONFIG_SECRET, message, at, Form.SECRET.remedy());
  }

  static Problem notOneOf(String path, String at, Scalar found, List<String> allowed) {
    var all = String.join(", ", allowed);
    var remedy =
        Nearest.of(found.text(), allowed)
            .map(n -> "did you mean '" + n + "'? allowed: " + all)
            .orElse("write one of: " + all);
    return wrong(path, at, new Mismatch("one of " + all, found(found), remedy));
  }

  static Problem missing(String section, String key, String at, String meaning) {
    var message = "'" + key + "' is missing" + in(section);
    return problem(Code.CONFIG_REQUIRED, message, at, "add '" + key + "'" + meaning);
  }

  static Problem unknownKey(String section, String key, String at, List<String> allowed) {
    var all = String.join(", ", allowed);
    var remedy =
        Nearest.of(key, allowed)
            .map(n -> "did you mean '" + n + "'? allowed here: " + all)
            .orElse("remove it; allowed here: " + all);
    var message = "unknown key '" + shown(key) + "'" + in(section);
    return problem(Code.CONFIG_UNKNOWN_KEY, message, at, remedy);
  }

  static Problem unknownName(String path, String at, String name, List<String> known) {
    var all = known.isEmpty() ? "none is defined" : "known: " + String.join(", ", known);
    var remedy = Nearest.of(name, known).map(n -> "did you mean '" + n + "'? " + all).orElse(all);
    var message = path + ": there is no '" + shown(name) + "'";
    return problem(Code.CONFIG_REFERENCE, message, at, remedy);
  }

  static Problem problem(Code code, String message, String at, String remedy) {
    return new Problem(code, message, Map.of("at", at), remedy);
  }

  static String in(String section) {
    return section.isEmpty() ? "" : " in " + section;
  }

  /// What was found; the words of a text too.
  static String found(Value value) {
    return switch (value) {
      case Mapping _ -> "a mapping";
      case Items _ -> "a list";
      case Scalar s when s.kind() == Kind.EMPTY -> "no value";
      case Scalar s -> quoted(s);
    };
  }

  /// What was found where no scalar belongs: a text there may be a misplaced secret (law 10).
  static String shape(Value value) {
    return value instanceof Scalar s && s.kind() != Kind.EMPTY ? "a single value" : found(value);
  }

  private static String quoted(Scalar scalar) {
    return scalar.kind() == Kind.TEXT ? "'" + shown(scalar.text()) + "'" : shown(scalar.text());
  }

  static String shown(String text) {
    var line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= SHOWN_MAX ? line : line.substring(0, SHOWN_MAX) + "…";
  }
}
