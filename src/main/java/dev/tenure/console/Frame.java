package dev.tenure.console;

import dev.tenure.access.Role;
import java.util.List;
import java.util.Optional;

/// What surrounds every page. `section` is the part of the console, as its address names it; `cli`
/// the command that shows or does the same; `notice` what was just done.
public record Frame(
    String title,
    String section,
    String cli,
    Optional<String> notice,
    Who who,
    String theme,
    String version) {

  /// Who looks; `csrf` is sent along with everything that changes something.
  public record Who(String name, Role role, boolean temporary, String csrf) {
    public boolean operates() {
      return role.covers(Role.OPERATOR);
    }

    public boolean administers() {
      return role.covers(Role.ADMINISTRATOR);
    }
  }

  /// A part of the console; `help` is the page of the book about it.
  public record Section(String path, String name, String help) {}

  /// All parts, in the order in which they are shown.
  public static final List<Section> SECTIONS =
      List.of(
          new Section("", "Overview", "console.html"),
          new Section("plans", "Plans", "plans.html"),
          new Section("people", "People", "explain.html"),
          new Section("conflicts", "Conflicts", "reconcile.html"),
          new Section("licences", "Licences", "licences.html"),
          new Section("organizations", "Organizations", "dialects.html"),
          new Section("notifications", "Notifications", "notifications.html"),
          new Section("audit", "Audit", "audit.html"));

  public List<Section> sections() {
    return SECTIONS;
  }

  /// The page of the book about this part.
  public String help() {
    return SECTIONS.stream()
        .filter(s -> s.path().equals(section))
        .findFirst()
        .map(Section::help)
        .orElse("console.html");
  }

  public String asset(String name) {
    return "/console/assets/" + version + "/" + name;
  }

  /// The theme after this one: as the system says, light, dark.
  public String nextTheme() {
    return switch (theme) {
      case "" -> "light";
      case "light" -> "dark";
      default -> "";
    };
  }

  public String themeName() {
    return theme.isEmpty() ? "system" : theme;
  }
}
