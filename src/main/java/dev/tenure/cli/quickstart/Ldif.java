package dev.tenure.cli.quickstart;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Builds LDIF (RFC 2849): entries, and change records for them.
final class Ldif {
  private final StringBuilder text = new StringBuilder();

  Ldif entry(String dn) {
    return line("", "").line("dn", dn);
  }

  Ldif add(String dn) {
    return entry(dn).line("changetype", "add");
  }

  Ldif delete(String dn) {
    return entry(dn).line("changetype", "delete");
  }

  Ldif replace(String dn, String attribute, String value) {
    return entry(dn)
        .line("changetype", "modify")
        .line("replace", attribute)
        .line(attribute, value)
        .dash();
  }

  Ldif change(String dn, String operation, String attribute, String value) {
    return entry(dn)
        .line("changetype", "modify")
        .line(operation, attribute)
        .line(attribute, value)
        .dash();
  }

  Ldif with(String attribute, String value) {
    return line(attribute, value);
  }

  Ldif with(String attribute, List<String> values) {
    values.forEach(value -> line(attribute, value));
    return this;
  }

  private Ldif dash() {
    text.append("-\n");
    return this;
  }

  private Ldif line(String name, String value) {
    if (name.isEmpty()) {
      if (!text.isEmpty()) text.append('\n');
    } else if (safe(value)) {
      text.append(name).append(": ").append(value).append('\n');
    } else {
      var bytes = value.getBytes(StandardCharsets.UTF_8);
      text.append(name)
          .append(":: ")
          .append(Base64.getEncoder().encodeToString(bytes))
          .append('\n');
    }
    return this;
  }

  private static boolean safe(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c < 127)
        && !value.startsWith(" ")
        && !value.startsWith(":")
        && !value.startsWith("<")
        && !value.endsWith(" ");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
