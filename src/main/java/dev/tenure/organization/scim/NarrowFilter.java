package dev.tenure.organization.scim;

import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.schema.Schema;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.node.StringNode;

/// Filters as Genesys Cloud takes them: one attribute that equals one value, which needs no quotes,
/// or an external id with its authority. Everything else is 400 `invalidFilter`.
final class NarrowFilter {
  private static final int CHARACTERS_MAX = 4_000;
  private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";
  private static final Pattern EQUAL =
      Pattern.compile("([\\w:.$-]+)\\s+(\\w+)\\s+(\\S.*)", Pattern.DOTALL);
  private static final Pattern EXTERNAL =
      Pattern.compile(
          "\\Q"
              + Schema.GENESYS_USER
              + "\\E:externalIds\\s*\\[\\s*authority\\s+eq\\s+"
              + "(\"[^\"\\\\]*\")\\s+and\\s+value\\s+eq\\s+(\"[^\"\\\\]*\")\\s*]",
          Pattern.CASE_INSENSITIVE);

  private static final Map<String, String> USERS =
      Map.ofEntries(
          Map.entry("id", "id"),
          Map.entry("username", "userName"),
          Map.entry("email", "emails.value"),
          Map.entry("emails", "emails.value"),
          Map.entry("emails.value", "emails.value"),
          Map.entry("externalid", "externalId"),
          Map.entry("active", "active"),
          Map.entry("manager", Schema.ENTERPRISE + ":manager.value"),
          Map.entry("manager.value", Schema.ENTERPRISE + ":manager.value"),
          Map.entry("division", Schema.ENTERPRISE + ":division"),
          Map.entry("employeenumber", Schema.ENTERPRISE + ":employeeNumber"));

  private static final Map<String, String> GROUPS =
      Map.of("id", "id", "displayname", "displayName");

  private NarrowFilter() {}

  /// The same as a filter of the standard. `type` is `User`, `Group` or another name: to resources
  /// of other types it does not apply.
  static String standard(String filter, String type) {
    if (!type.equals("User") && !type.equals("Group")) return filter;
    var text = filter.strip();
    if (text.length() > CHARACTERS_MAX) throw refused("it is too long");
    if (type.equals("User") && EXTERNAL.matcher(text).matches()) return text;
    var equal = EQUAL.matcher(text);
    if (!equal.matches()) throw refused("it must be: attribute eq value");
    if (!equal.group(2).equalsIgnoreCase("eq")) throw refused("the only operator is eq");
    var known = type.equals("User") ? USERS : GROUPS;
    var path = known.get(bare(equal.group(1), type));
    if (path == null) throw refused("it can be of " + String.join(", ", known.keySet()));
    return path + " eq " + literal(path, equal.group(3).strip());
  }

  private static String bare(String path, String type) {
    var lower = path.toLowerCase(Locale.ROOT);
    for (var urn : new String[] {CORE + type, Schema.ENTERPRISE}) {
      var prefix = urn.toLowerCase(Locale.ROOT) + ":";
      if (lower.startsWith(prefix)) return lower.substring(prefix.length());
    }
    return lower;
  }

  private static String literal(String path, String value) {
    var quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    var inner = quoted ? value.substring(1, value.length() - 1) : value;
    if (path.equals("active")) {
      if (!inner.toLowerCase(Locale.ROOT).matches("true|false")) throw refused("not true or false");
      return inner.toLowerCase(Locale.ROOT);
    }
    if (quoted) {
      if (inner.contains("\"") && !inner.contains("\\\"")) throw refused("it has two values");
      return value;
    }
    if (value.contains("\"") || value.matches("(?is).*\\s(and|or)\\s.*")) {
      throw refused("the only form is: attribute eq value");
    }
    return ScimJson.write(StringNode.valueOf(value));
  }

  private static ScimException refused(String why) {
    return ScimException.bad(ScimType.invalidFilter, "the filter is not one of those here: " + why);
  }
}
