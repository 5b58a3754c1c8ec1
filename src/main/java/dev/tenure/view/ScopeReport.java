package dev.tenure.view;

import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.LeaverTable;
import dev.tenure.policy.Standing;
import dev.tenure.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Counts people by why they are in or out, and keeps some of each kind by name.
public final class ScopeReport {
  /// So many people of a reason are usually named.
  public static final int SHOWN = 3;

  private final int namedMax;
  private final Map<Group, Members> groups = new HashMap<>();

  /// Where somebody stands.
  public enum Side {
    IN,
    OUT,
    PROTECTED,
    UNCLEAR;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Group(Side side, String why) {}

  private static final class Members {
    private long count;
    private final List<PersonKey> named = new ArrayList<>();
  }

  /// A reason, how many people it holds for, and some of them or all.
  public record Row(Side side, String why, long count, List<PersonKey> people) {
    public String shown() {
      var named = people.stream().map(PersonKey::value).collect(Collectors.joining(", "));
      return count > people.size() ? named + ", …" : named;
    }
  }

  public ScopeReport(int namedMax) {
    this.namedMax = namedMax;
  }

  public void add(Standing standing) {
    var members = groups.computeIfAbsent(group(standing), _ -> new Members());
    members.count++;
    if (members.named.size() < namedMax) members.named.add(standing.person());
  }

  private static Group group(Standing standing) {
    return switch (standing) {
      case Standing.InScope(var desired) -> new Group(Side.IN, desired.scope());
      case Standing.Left left ->
          new Group(Side.OUT, LeaverTable.key(left.event()) + ": " + left.why());
      case Standing.Protected(_, var why) -> new Group(Side.PROTECTED, why);
      case Standing.Unclear(_, var problems) ->
          new Group(
              Side.UNCLEAR,
              problems.stream()
                  .map((Problem p) -> p.code() + ": " + p.message())
                  .distinct()
                  .collect(Collectors.joining("; ")));
    };
  }

  /// Who is in first, the most frequent reason first.
  public List<Row> rows() {
    return groups.entrySet().stream()
        .map(e ->
            new Row(
                e.getKey().side(),
                e.getKey().why(),
                e.getValue().count,
                e.getValue().named.stream().sorted().toList()))
        .sorted(
            Comparator.comparing(Row::side)
                .thenComparing(Comparator.comparingLong(Row::count).reversed())
                .thenComparing(Row::why))
        .toList();
  }

  /// `651 in, 12 out, 1 protected, 3 unclear`.
  public String sums() {
    var sums = new ArrayList<String>();
    for (var side : Side.values()) {
      long count = rows().stream().filter(r -> r.side() == side).mapToLong(Row::count).sum();
      if (count > 0 || side == Side.IN || side == Side.OUT) sums.add(count + " " + side.word());
    }
    return String.join(", ", sums);
  }

  /// These rows as JSON; `complete`: whether the source gave everybody.
  public static ObjectNode json(FlowId flow, List<Row> rows, boolean complete) {
    var answer = JsonNodeFactory.instance.objectNode().put("flow", flow.value());
    answer.put("complete", complete);
    var reasons = answer.putArray("reasons");
    for (var row : rows) {
      var node = reasons.addObject().put("scope", row.side().word());
      node.put("why", row.why()).put("count", row.count());
      var people = node.putArray("people");
      row.people().forEach(p -> people.add(p.value()));
    }
    return answer;
  }
}
