package dev.tenure.console.page;

import dev.tenure.console.Parts;
import dev.tenure.console.Trouble;
import dev.tenure.flow.Evictions.Eviction;
import dev.tenure.flow.Exclusions.Exclusion;
import dev.tenure.flow.Flow;
import dev.tenure.flow.PersonPlanner.Foreseen;
import dev.tenure.flow.Rulings;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What would be sent for a person if an operator did something, from a fresh read of both ends.
public final class Previews {
  private final Parts parts;

  Previews(Parts parts) {
    this.parts = parts;
  }

  /// What would be sent in one flow: of the account, then each membership. `troubles`: what stands
  /// in the way, or why it cannot be told.
  public record InFlow(
      String flow, String person, List<Sent> changes, List<Trouble.Line> troubles) {}

  /// One change as a person reads it.
  public record Sent(String lane, List<Change.Reason> reasons) {}

  /// In all flows that an eviction concerns, else in this one. A flow that cannot be read is told
  /// of, and keeps nobody from being evicted elsewhere.
  List<InFlow> of(Flow flow, PersonKey person, Act act, ActPage.Wished wished) {
    var people = act == Act.EVICT ? everywhere(flow, person) : Map.of(flow, person);
    return people.entrySet().stream()
        .map(e -> inFlow(e.getKey(), e.getValue(), supposing(e.getValue(), act, wished)))
        .toList();
  }

  /// The flows that have somebody of this key, as `tenure evict` finds them.
  Map<Flow, PersonKey> everywhere(Flow flow, PersonKey person) {
    var people = new LinkedHashMap<Flow, PersonKey>();
    people.put(flow, person);
    var found = parts.engine().acts().eraser().find(person.value(), Optional.empty());
    for (var other : parts.engine().flows()) {
      var key = Optional.ofNullable(found.get(other.id()));
      if (!other.id().equals(flow.id())) key.ifPresent(k -> people.put(other, k));
    }
    return people;
  }

  private UnaryOperator<Rulings> supposing(PersonKey person, Act act, ActPage.Wished wished) {
    var now = parts.engine().world().clock().instant();
    var wish = wished.wish();
    return switch (act) {
      case EVICT -> r -> r.evicting(person, new Eviction(now, wished.actor(), wish.reason()));
      case EXCLUDE -> {
        var term = parts.engine().acts().excluder().term(wish.reason(), wish.until());
        var exclusion = new Exclusion(person, now, wished.actor(), term, Optional.empty());
        yield r -> r.excluding(exclusion);
      }
      case LIFT -> r -> r.including(person);
    };
  }

  private InFlow inFlow(Flow flow, PersonKey person, UnaryOperator<Rulings> supposing) {
    try {
      var foreseen = parts.engine().acts().persons().foresee(flow, person, supposing);
      return shown(foreseen);
    } catch (Problem.Found e) {
      var lines = Trouble.Line.all(e.problems());
      return new InFlow(flow.id().value(), person.value(), List.of(), lines);
    }
  }

  private static InFlow shown(Foreseen foreseen) {
    return new InFlow(
        foreseen.flow().value(),
        foreseen.person().value(),
        foreseen.changes().stream().map(c -> new Sent(c.lane().wire(), c.reasons())).toList(),
        Trouble.Line.all(foreseen.findings()));
  }
}
