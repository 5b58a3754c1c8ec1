package dev.tenure.policy;

import java.util.List;
import java.util.Locale;

/// The groups of the target that a flow manages: `manage` are their names, in any letter case, with
/// `*` for any letters. Who of a flow's people is in one of them is the flow's to say; other
/// groups, and members who are nobody's, are never touched. At most `chunk` members are changed by
/// one request.
public record TargetGroups(List<String> manage, Missing missing, int chunk) {
  /// What happens where the target has no group of a name.
  public enum Missing {
    /// It is told, and the group is left out.
    FINDING,
    /// The group is made.
    CREATE
  }

  public TargetGroups {
    manage = List.copyOf(manage);
    if (chunk < 1) throw new IllegalArgumentException("a request changes at least one member");
  }

  /// The same, changing so many members by one request.
  public TargetGroups inChunksOf(int chunkMax) {
    return new TargetGroups(manage, missing, chunkMax);
  }

  /// The same for a target in which clients make no groups.
  public TargetGroups makingNone() {
    return new TargetGroups(manage, Missing.FINDING, chunk);
  }

  /// Whether the group of this name is the flow's.
  public boolean manages(String name) {
    var folded = folded(name);
    return manage.stream().anyMatch(pattern -> matches(folded(pattern), folded));
  }

  /// Whether that is said by its very name, and not by a pattern only.
  public boolean names(String name) {
    var folded = folded(name);
    return manage.stream().map(TargetGroups::folded).anyMatch(folded::equals);
  }

  /// Names of groups are compared in this form: letter case and blanks around do not count.
  public static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /// The parts between the stars occur in their order, the first at the beginning, the last at the
  /// end.
  private static boolean matches(String pattern, String name) {
    var parts = pattern.split("\\*", -1);
    if (parts.length == 1) return pattern.equals(name);
    var first = parts[0];
    var last = parts[parts.length - 1];
    if (name.length() < first.length() + last.length()) return false;
    if (!name.startsWith(first) || !name.endsWith(last)) return false;
    var at = first.length();
    for (var i = 1; i < parts.length - 1; i++) {
      var found = name.indexOf(parts[i], at);
      if (found < 0) return false;
      at = found + parts[i].length();
    }
    return at <= name.length() - last.length();
  }
}
