package dev.tenure.policy;

import dev.tenure.config.Section;
import dev.tenure.policy.LeaverStep.Kind;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.problem.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What happens to the account of somebody who must not have access any more: for each event the
/// steps, in the order in which they are taken. The first is always to deactivate or delete, at
/// once. `unseenRoles`: the target may have roles of an account that it does not show.
public record LeaverTable(Map<LeaverEvent, List<LeaverStep>> steps, boolean unseenRoles) {
  private static final List<LeaverStep> USUAL =
      List.of(LeaverStep.now(Kind.DEACTIVATE), LeaverStep.now(Kind.REVOKE_SESSIONS));

  /// Who is locked out by hand loses all, but may come back.
  private static final List<LeaverStep> ALL =
      List.of(
          LeaverStep.now(Kind.DEACTIVATE),
          LeaverStep.now(Kind.REVOKE_SESSIONS),
          LeaverStep.now(Kind.REMOVE_ROLES),
          LeaverStep.now(Kind.REMOVE_GROUPS),
          LeaverStep.now(Kind.RELEASE_LICENCE));

  public LeaverTable {
    var all = new EnumMap<LeaverEvent, List<LeaverStep>>(LeaverEvent.class);
    for (var event : LeaverEvent.values()) {
      all.put(event, List.copyOf(steps.getOrDefault(event, USUAL)));
    }
    all.put(LeaverEvent.EVICTED, ALL);
    steps = Map.copyOf(all);
  }

  public LeaverTable(Map<LeaverEvent, List<LeaverStep>> steps) {
    this(steps, false);
  }

  /// The same at a target that may not show all roles.
  public LeaverTable withUnseenRoles() {
    return new LeaverTable(steps, true);
  }

  /// The same for every event.
  public static LeaverTable of(LeaverPolicy policy) {
    var first =
        switch (policy) {
          case DEACTIVATE -> USUAL;
          case DELETE -> List.of(LeaverStep.now(Kind.DELETE));
        };
    var table = new EnumMap<LeaverEvent, List<LeaverStep>>(LeaverEvent.class);
    for (var event : LeaverEvent.values()) table.put(event, first);
    return new LeaverTable(table);
  }

  public List<LeaverStep> of(LeaverEvent event) {
    return steps.getOrDefault(event, USUAL);
  }

  /// Key `leaver` of a flow: `deactivate`, `delete`, or a section with the steps of events, each
  /// step a name or `{step: delete, after: 30d}`.
  static LeaverTable read(Section flow) {
    var section = Forms.section(flow, "leaver");
    if (section.isEmpty()) return of(flow.oneOf("leaver", LeaverPolicy.DEACTIVATE));
    var table = new EnumMap<LeaverEvent, List<LeaverStep>>(LeaverEvent.class);
    for (var event : LeaverEvent.values()) {
      var key = key(event);
      if (section.get().has(key)) table.put(event, steps(section.get(), key));
    }
    return new LeaverTable(table);
  }

  /// As it is written in a configuration: `pastLastDay`.
  public static String key(LeaverEvent event) {
    return switch (event) {
      case OUT_OF_SCOPE -> "outOfScope";
      case DISABLED_IN_SOURCE -> "disabledInSource";
      case GONE_FROM_SOURCE -> "goneFromSource";
      case PAST_LAST_DAY -> "pastLastDay";
      case EVICTED -> "evicted";
    };
  }

  private static List<LeaverStep> steps(Section section, String key) {
    var items = section.items(key);
    var steps = new ArrayList<LeaverStep>();
    for (var item : items.keys()) {
      var details = Forms.section(items, item);
      var kind = details.orElse(items).oneOf(details.isPresent() ? "step" : item, Kind.DEACTIVATE);
      var after = details.map(d -> d.duration("after", Duration.ZERO)).orElse(Duration.ZERO);
      steps.add(new LeaverStep(kind, after));
    }
    if (isSound(steps)) return steps;
    section.problem(
        key,
        Code.CONFIG_VALUE,
        "these steps cannot be taken in this order",
        "let the first be deactivate or delete without a delay, no delay be shorter than the one"
            + " before, and delete the last");
    return USUAL;
  }

  private static boolean isSound(List<LeaverStep> steps) {
    if (steps.isEmpty() || !isLock(steps.getFirst())) return false;
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i - 1).kind() == Kind.DELETE) return false;
      if (steps.get(i).after().compareTo(steps.get(i - 1).after()) < 0) return false;
    }
    return true;
  }

  private static boolean isLock(LeaverStep step) {
    var locks = step.kind() == Kind.DEACTIVATE || step.kind() == Kind.DELETE;
    return locks && step.after().isZero();
  }
}
