package dev.tenure.cli.administration;

import dev.tenure.cli.Faces;
import dev.tenure.cli.Faces.Column;
import dev.tenure.organization.Dialects.Habit;
import dev.tenure.organization.Dialects.Seen;
import java.util.List;
import java.util.stream.Collectors;

/// How a client speaks SCIM, in plain words.
final class DialectView {
  private DialectView() {}

  static String text(List<Seen> seen) {
    if (seen.isEmpty()) return "No request of this client was seen.";
    return seen.stream().map(DialectView::text).collect(Collectors.joining("\n"));
  }

  private static String text(Seen seen) {
    var facts =
        "%-15s%s%n%-15s%s%n%-15s%s%n%-15s%d, the last %s%n"
            .formatted(
                "with",
                seen.credential().isEmpty() ? "access tokens" : "bearer token " + seen.credential(),
                "dialect",
                seen.dialect().title(),
                "user agent",
                seen.agent(),
                "requests",
                seen.requests(),
                seen.last());
    if (seen.habits().isEmpty()) return facts + "It sends nothing odd.\n";
    var habits =
        Faces.table(
            seen.habits(),
            List.of(
                new Column<>("what it does", h -> h.oddity().meaning()),
                new Column<>("requests", Habit::requests),
                new Column<>("last", Habit::last)));
    return facts + "\n" + habits;
  }
}
