package dev.tenure.plan;

import dev.tenure.plan.Change.Reason;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.Desired.Owner;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.schema.Attribute.Returned;
import dev.tenure.target.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What it takes to make an account as desired, attribute by attribute.
///
/// An attribute that the target rules over ([Owner#ON_CREATE], [Owner#TARGET]) or never shows (a
/// password) is not compared. Lists are compared as sets, by those sub-attributes that the rules
/// set.
final class Difference {
  private final ObjectNode observed;
  private final Predicate<Mapped> isCompared;

  private Difference(Account account, Predicate<Mapped> isCompared) {
    this.observed = account.resource().view();
    this.isCompared = isCompared;
  }

  /// All steps, in the order of the rules; those that are not needed too, for a re-hire. There is
  /// none for an attribute that is to have no value and has none.
  static List<Step> steps(Desired desired, Account account) {
    return new Difference(account, Difference::isCompared).all(desired);
  }

  /// The same for an account that is taken into use again: what is set at creation is set anew,
  /// even what the target never shows.
  static List<Step> again(Desired desired, Account account) {
    return new Difference(account, m -> m.owner() != Owner.TARGET && isSettable(m)).all(desired);
  }

  private List<Step> all(Desired desired) {
    return Slot.of(desired).stream().flatMap(this::steps).toList();
  }

  private Stream<Step> steps(Slot slot) {
    var compared = slot.mapped().stream().filter(isCompared).toList();
    if (compared.isEmpty()) return Stream.empty();
    if (!slot.isElement()) return compared.stream().flatMap(m -> attribute(m).stream());
    return element(new Slot(slot.attribute(), slot.filter(), compared));
  }

  /// What no account shows can be set, but not emptied: nobody knows whether there is a value.
  private static boolean isSettable(Mapped mapped) {
    return mapped.path().leaf().returned() != Returned.NEVER || !Values.isNone(mapped.value());
  }

  private static boolean isCompared(Mapped mapped) {
    return mapped.owner() == Owner.ALWAYS && mapped.path().leaf().returned() != Returned.NEVER;
  }

  /// An attribute as a whole, or a sub-attribute of a single-valued one.
  private Optional<Step> attribute(Mapped mapped) {
    var leaf = mapped.path().leaf();
    var before = Values.elements(seen(mapped));
    var after = Values.elements(mapped.value());
    if (before.isEmpty() && after.isEmpty()) return Optional.empty();
    // What is equal to the letter is the same: nearly all attributes of nearly everybody.
    if (before.equals(after)) return Optional.of(same(mapped));
    var subs = Likeness.subs(after);
    var had = Likeness.forms(leaf, before, subs);
    var wanted = Likeness.forms(leaf, after, subs);
    if (had.equals(wanted)) return Optional.of(same(mapped));
    var lane = Lanes.of(mapped, !wanted.containsAll(had));
    return Optional.of(new Step(set(mapped), lane, List.of(reason(mapped, before))));
  }

  /// An account that does not say whether it is active is.
  private JsonNode seen(Mapped mapped) {
    var node = Values.single(observed, mapped.path().attribute());
    return node.isMissingNode() && Lanes.isActive(mapped) ? BooleanNode.TRUE : node;
  }

  /// Some values of a list: made where there is none, else put right one sub-attribute at a time.
  private Stream<Step> element(Slot slot) {
    var elements = slot.elements(observed);
    if (elements.isEmpty()) return added(slot).stream();
    if (slot.fresh().isEmpty()) return removed(slot, elements).stream();
    return slot.mapped().stream().flatMap(m -> within(m, elements).stream());
  }

  private static Optional<Step> added(Slot slot) {
    return slot.fresh()
        .map(element ->
            new Step(
                new PatchOperation.Add(PatchPath.of(slot.attribute()), listOf(element)),
                lane(slot, false),
                reasons(slot.mapped(), List.of())));
  }

  /// The whole element goes: without the values that the rules gave it, nothing of it is left.
  private static Optional<Step> removed(Slot slot, List<JsonNode> elements) {
    var gone = slot.mapped().stream().filter(m -> !inside(m, elements).isEmpty()).toList();
    if (gone.isEmpty()) return Optional.empty();
    var path = new PatchPath(slot.attribute(), slot.filter());
    return Optional.of(new Step(remove(path), lane(slot, true), reasons(gone, elements)));
  }

  private static Optional<Step> within(Mapped mapped, List<JsonNode> elements) {
    var before = inside(mapped, elements);
    var after = Values.elements(mapped.value());
    if (before.isEmpty() && after.isEmpty()) return Optional.empty();
    if (elements.size() == 1 && before.equals(after)) return Optional.of(same(mapped));
    var leaf = mapped.path().leaf();
    var subs = Likeness.subs(after);
    var isSame =
        before.size() == (after.isEmpty() ? 0 : elements.size())
            && Likeness.forms(leaf, before, subs).equals(Likeness.forms(leaf, after, subs));
    var reasons = isSame ? List.<Reason>of() : List.of(reason(mapped, before));
    return Optional.of(new Step(set(mapped), Lanes.of(mapped, !isSame), reasons));
  }

  private static Step same(Mapped mapped) {
    return new Step(set(mapped), Lane.COSMETIC, List.of());
  }

  private static List<JsonNode> inside(Mapped mapped, List<JsonNode> elements) {
    return elements.stream()
        .map(e -> Slot.within(mapped, e))
        .filter(v -> !Values.isNone(v))
        .toList();
  }

  private static Lane lane(Slot slot, boolean takesAway) {
    return Lanes.of(slot.mapped().getFirst(), takesAway);
  }

  private static List<Reason> reasons(List<Mapped> mapped, List<JsonNode> elements) {
    var reasons = new ArrayList<Reason>();
    for (var one : mapped) {
      var before = inside(one, elements);
      if (!before.isEmpty() || !Values.isNone(one.value())) reasons.add(reason(one, before));
    }
    return reasons;
  }

  private static Reason reason(Mapped mapped, List<JsonNode> before) {
    return Reasons.mapped(mapped, before);
  }

  private static PatchOperation set(Mapped mapped) {
    return Values.isNone(mapped.value())
        ? remove(mapped.path())
        : new PatchOperation.Replace(mapped.path(), mapped.value());
  }

  private static PatchOperation remove(PatchPath path) {
    return new PatchOperation.Remove(path, JsonNodeFactory.instance.nullNode());
  }

  private static ArrayNode listOf(ObjectNode element) {
    return JsonNodeFactory.instance.arrayNode().add(element);
  }
}
