package dev.tenure.scim.patch;

import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.filter.FilterParser;
import dev.tenure.scim.filter.FilterText;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import java.util.Optional;

/// Reads and writes PATCH paths (RFC 7644 §3.5.2): `title`, `name.givenName`, `emails[type eq
/// "work"]`, `emails[type eq "work"].value`, each also with its URN, or the URN of an extension
/// alone. Tolerant reading knows short names of extension attributes.
public final class PathParser {
  private static final int SHOWN_MAX = 80;

  private PathParser() {}

  /// Reads a path; anything else is 400 `invalidPath`, with the nearest valid path.
  public static PatchPath parse(String text, ResourceType type, Reading reading) {
    if (text.length() > FilterParser.CHARACTERS_MAX) {
      throw bad(text, "is longer than " + FilterParser.CHARACTERS_MAX + " characters");
    }
    var path = text.strip();
    var open = path.indexOf('[');
    if (open < 0) return PatchPath.of(attribute(path, type, reading));
    var attribute = attribute(path.substring(0, open), type, reading);
    var close = path.lastIndexOf(']');
    if (close < open) throw bad(path, "has a '[' without a ']'");
    if (!attribute.attribute().multiValued() || attribute.sub().isPresent()) {
      throw bad(path, "has a value filter, but '" + attribute + "' has one value only");
    }
    var filter = filter(path.substring(open + 1, close), attribute.attribute(), reading);
    return new PatchPath(below(attribute, path, close + 1), Optional.of(filter));
  }

  /// The path as text that is read as the same path again.
  public static String render(PatchPath path) {
    return path.values()
        .map(filter ->
            path.attribute().parent()
                + "["
                + FilterText.render(filter)
                + "]"
                + path.attribute().sub().map(s -> "." + s.name()).orElse(""))
        .orElseGet(() -> path.attribute().toString());
  }

  private static AttributeRef attribute(String path, ResourceType type, Reading reading) {
    var found =
        reading.isTolerant()
            ? AttributePaths.resolveShort(type, path)
            : AttributePaths.resolve(type, path);
    return found.orElseThrow(() -> bad(path, "names no attribute" + nearest(path, type)));
  }

  private static String nearest(String path, ResourceType type) {
    return AttributePaths.nearest(type, path).map(n -> "; nearest is '" + n + "'").orElse("");
  }

  private static AttributeRef below(AttributeRef attribute, String path, int end) {
    var rest = path.substring(end);
    if (rest.isEmpty()) return attribute;
    var sub = rest.startsWith(".") ? attribute.attribute().sub(rest.substring(1)) : none();
    if (sub.isPresent()) {
      return new AttributeRef(attribute.attribute(), attribute.extension(), sub);
    }
    throw bad(path, "does not end with '.' and a sub-attribute after its ']'");
  }

  private static Optional<Attribute> none() {
    return Optional.empty();
  }

  private static Filter filter(String text, Attribute attribute, Reading reading) {
    try {
      return FilterParser.parseValueFilter(text, attribute, reading);
    } catch (ScimException e) {
      throw ScimException.bad(ScimType.invalidPath, "path: in the brackets, " + e.getMessage());
    }
  }

  private static ScimException bad(String path, String what) {
    var shown = path.length() > SHOWN_MAX ? path.substring(0, SHOWN_MAX) + "…" : path;
    return ScimException.bad(ScimType.invalidPath, "path: '" + shown + "' " + what);
  }
}
