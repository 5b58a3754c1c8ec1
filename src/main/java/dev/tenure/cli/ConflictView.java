package dev.tenure.cli;

import dev.tenure.id.FlowId;
import dev.tenure.reconcile.Conflict;
import dev.tenure.reconcile.ConflictKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Conflicts for people: by kind, the values side by side.
final class ConflictView {
  private ConflictView() {}

  static String text(List<Conflict> conflicts, FlowId flow) {
    var lines = new ArrayList<String>();
    lines.add("flow " + flow + ": " + conflicts.size() + " conflicts");
    for (var kind : ConflictKind.values()) {
      var those = conflicts.stream().filter(c -> c.kind() == kind).toList();
      if (those.isEmpty()) continue;
      lines.add(kind.wire() + ": " + those.size());
      those.forEach(c -> lines.addAll(lines(c)));
    }
    if (!conflicts.isEmpty()) {
      lines.add("next: tenure reconcile " + flow + " --output csv > decisions.csv, decide, then");
      lines.add("      tenure reconcile " + flow + " --file decisions.csv --apply");
    }
    return String.join("\n", lines) + "\n";
  }

  private static List<String> lines(Conflict conflict) {
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "  %s (%s): %s, confidence %.2f: %s",
            conflict.name(),
            conflict.id(),
            conflict.proposal().wire(),
            conflict.confidence(),
            String.join("; ", conflict.because())));
    conflict
        .evidence()
        .forEach(e ->
            lines.add("      %s: '%s' | '%s'".formatted(e.attribute(), e.wanted(), e.found())));
    return lines;
  }
}
