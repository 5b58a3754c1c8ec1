package dev.tenure.cli;

import dev.tenure.plan.Change;
import dev.tenure.plan.Lane;
import dev.tenure.plan.Plan;
import dev.tenure.plan.PlanSummary;
import dev.tenure.plan.Waiting;
import dev.tenure.problem.Problem;
import dev.tenure.target.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// A plan as a diff for people: a line for each change with who and why, beneath it the attributes;
/// then what was left out; then the counts and the number of requests.
public final class PlanView {
  /// At most so many of what is alike are shown, the rest is counted; `all` is what shows them.
  public record Most(int most, String all) {
    static final Most WHOLE = new Most(Integer.MAX_VALUE, "");
    static final Most USUAL = new Most(5, "--all");

    /// `… 12 more joiner (--all)`; nothing where all are shown.
    List<String> rest(String indent, int size, String what) {
      if (size <= most) return List.of();
      return List.of(indent + "… " + (size - most) + " more" + what + " (" + all + ")");
    }
  }

  private PlanView() {}

  /// Of each lane, of findings that say the same, and of who waits at most so many are shown.
  public static String text(Plan plan, String title, Most shown) {
    var lines = new ArrayList<String>();
    lines.add(title + ": " + counts(plan));
    for (var lane : Lane.values()) {
      var changes = plan.changes().stream().filter(c -> c.lane() == lane).toList();
      changes.stream().limit(shown.most()).forEach(c -> lines.addAll(lines(c)));
      lines.addAll(shown.rest("  ", changes.size(), " " + lane.wire()));
    }
    lines.addAll(GroupLines.people(plan.changes(), shown));
    lines.addAll(findings(plan.findings(), shown));
    lines.addAll(waiting(plan.waiting(), shown));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> findings(List<Problem> findings, Most shown) {
    if (findings.isEmpty()) return List.of();
    var lines = new ArrayList<String>();
    lines.add("findings: " + findings.size());
    findings.stream()
        .collect(
            Collectors.groupingBy(
                f -> f.code() + f.message(), LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(alike -> {
          alike.stream().limit(shown.most()).forEach(f -> lines.add("  ! " + f.line()));
          lines.addAll(shown.rest("    ", alike.size(), " that say the same"));
        });
    return lines;
  }

  private static List<String> waiting(List<Waiting> waiting, Most shown) {
    if (waiting.isEmpty()) return List.of();
    var lines = new ArrayList<String>();
    lines.add("waiting: " + waiting.size());
    waiting.stream()
        .limit(shown.most())
        .map(w ->
            "  … %s of %s: %s%s"
                .formatted(
                    w.what(), w.person(), w.why(), w.due().map(due -> ", due " + due).orElse("")))
        .forEach(lines::add);
    lines.addAll(shown.rest("  ", waiting.size(), ""));
    return lines;
  }

  /// `652 joiners, 2 movers, 3 leavers; 657 requests; 651 people in scope, 650 accounts`.
  static String counts(Plan plan) {
    var changes = plan.changes();
    if (changes.isEmpty()) return "nothing to do";
    long held = changes.stream().filter(Change::held).count();
    var lanes = PlanSummary.lanes(changes).values();
    long joiners = lanes.stream().filter(l -> l == Lane.JOINER).count();
    long leavers = lanes.stream().filter(l -> l == Lane.LEAVER).count();
    return "%s, %s, %s%s; %s"
        .formatted(
            many(joiners, "joiner"),
            many(lanes.size() - joiners - leavers, "mover"),
            many(leavers, "leaver"),
            held == 0 ? "" : ", " + held + " held by the guard",
            many(changes.size() - held, "request"));
  }

  private static String many(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /// The changes of a lane.
  public static long count(List<Change> changes, Lane lane) {
    return changes.stream().filter(c -> c.lane() == lane).count();
  }

  /// `~ leaver ann@example.com (E1): gone from the source`.
  static String head(Change change) {
    if (change.isOfGroup()) return groupHead(change);
    var why =
        change.reasons().stream()
            .filter(r -> r.attribute().isEmpty())
            .map(Change.Reason::because)
            .toList();
    return "%s %s %s (%s)%s%s"
        .formatted(
            sign(change.request()),
            change.lane().wire(),
            change.name(),
            change.person(),
            why.isEmpty() ? "" : ": " + String.join("; ", why),
            change.held() ? "  HELD " + change.cluster() : "");
  }

  /// `~ mover-down group Sales: − ann@example.com (E1)`.
  private static String groupHead(Change change) {
    return "%s %s %s%s"
        .formatted(
            sign(change.request()),
            change.lane().wire(),
            GroupLines.head(change),
            change.held() ? "  HELD " + change.cluster() : "");
  }

  /// The attributes in one line.
  static String attributes(Change change) {
    return change.reasons().stream()
        .filter(r -> !r.attribute().isEmpty())
        .map(r -> "; " + attribute(r))
        .collect(Collectors.joining());
  }

  private static List<String> lines(Change change) {
    var lines = new ArrayList<String>();
    lines.add("  " + head(change));
    // Why is told person by person.
    if (change.isOfGroup()) return lines;
    change.reasons().stream()
        .filter(r -> !r.attribute().isEmpty())
        .forEach(r -> lines.add("      " + attribute(r)));
    return lines;
  }

  private static String attribute(Change.Reason reason) {
    var before = reason.before().isEmpty() ? "" : "'" + reason.before() + "' → ";
    var after = reason.after().isEmpty() ? "none" : "'" + reason.after() + "'";
    return shortened(reason.attribute()) + ": " + before + after + "   ← " + reason.because();
  }

  /// `urn:…:User:department` → `department`.
  private static String shortened(String attribute) {
    return attribute.startsWith("urn:")
        ? attribute.substring(attribute.lastIndexOf(':') + 1)
        : attribute;
  }

  private static String sign(Request request) {
    return switch (request) {
      case Request.Create _, Request.CreateGroup _ -> "+";
      case Request.Patch _, Request.Members _ -> "~";
      case Request.Delete _ -> "-";
    };
  }
}
