package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.target.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Finds the userNames that change hands within a plan, and has who takes one wait for who gives it
/// up: somebody takes the old name of another, two people swap theirs.
final class Handovers {
  private final Map<String, Change> givers = new HashMap<>();
  private final Map<PersonKey, Handover> handovers = new HashMap<>();

  private Handovers() {}

  /// The same changes with their [Handover]; they remember what was there before. Whoever takes a
  /// name from somebody who is held is held with them.
  static List<Change> in(List<Change> changes) {
    var handovers = new Handovers();
    changes.forEach(handovers::give);
    if (handovers.givers.isEmpty()) return changes;
    changes.forEach(handovers::take);
    if (handovers.handovers.isEmpty()) return changes;
    changes.forEach(handovers::makeWay);
    return changes.stream().map(handovers::marked).toList();
  }

  /// Without those who take a name that nobody of the rest gives up.
  static List<Change> closed(List<Change> changes) {
    var given = changes.stream().map(c -> c.handover().gives()).collect(Collectors.toSet());
    var left =
        changes.stream()
            .filter(c -> c.handover().takes().isEmpty() || given.contains(c.handover().takes()))
            .toList();
    return left.size() == changes.size() ? changes : closed(left);
  }

  private void give(Change change) {
    var before = Values.member(change.before(), Blueprint.USER_NAME).asString("");
    if (before.isEmpty()) return;
    var key = Accounts.nameKey(before);
    var taken = taken(change);
    var gives = change.request() instanceof Request.Delete || taken.isPresent();
    if (gives && !taken.equals(Optional.of(key))) givers.putIfAbsent(key, change);
  }

  private void take(Change change) {
    var name = taken(change);
    var giver = name.map(givers::get);
    if (giver.isEmpty() || giver.get().person().equals(change.person())) return;
    set(change.person(), of(change.person()).taking(name.get()));
    set(giver.get().person(), of(giver.get().person()).giving(name.get()));
  }

  private Handover of(PersonKey person) {
    return handovers.getOrDefault(person, Handover.NONE);
  }

  private void set(PersonKey person, Handover handover) {
    handovers.put(person, handover);
  }

  /// The first of a circle makes way.
  private void makeWay(Change change) {
    var seen = new HashSet<PersonKey>();
    var at = Optional.of(change);
    while (at.isPresent() && seen.add(at.get().person())) {
      var handover = of(at.get().person());
      if (handover.makesWay()) return;
      at = giver(handover);
    }
    if (at.filter(end -> end.person().equals(change.person())).isEmpty()) return;
    var before = Values.member(change.before(), Blueprint.USER_NAME).asString("");
    set(change.person(), of(change.person()).by(detour(before)));
  }

  private Optional<Change> giver(Handover handover) {
    return Optional.ofNullable(givers.get(handover.takes()));
  }

  /// A name that nobody has who was not given it here: of the same domain, for many targets take
  /// nothing but addresses.
  private static String detour(String name) {
    int at = name.lastIndexOf('@');
    return at < 0 ? name + ".moving" : name.substring(0, at) + ".moving" + name.substring(at);
  }

  private Change marked(Change change) {
    var handover = of(change.person());
    if (handover.equals(Handover.NONE)) return change;
    var handed = told(change.with(handover));
    if (change.held()) return handed;
    return holder(change, new HashSet<>()).map(h -> handed.heldAs(h.cluster())).orElse(handed);
  }

  /// For whom it waits is part of why the userName changes.
  private Change told(Change change) {
    var handover = change.handover();
    var giver = giver(handover);
    if (giver.isEmpty()) return change;
    var way = handover.makesWay() ? ", '" + handover.detour() + "' until then" : "";
    var after = "; after '" + giver.get().name() + "' has given it up" + way;
    return change.because(
        change.reasons().stream()
            .map(r ->
                r.attribute().equals(Blueprint.USER_NAME)
                    ? new Change.Reason(r.attribute(), r.before(), r.after(), r.because() + after)
                    : r)
            .toList());
  }

  /// The first of those for whom the change waits who is held.
  private Optional<Change> holder(Change change, Set<PersonKey> seen) {
    if (!seen.add(change.person())) return Optional.empty();
    var giver = giver(of(change.person()));
    return giver.filter(Change::held).or(() -> giver.flatMap(g -> holder(g, seen)));
  }

  /// The key of the name that the account has afterwards, where the change says so.
  private static Optional<String> taken(Change change) {
    var name =
        switch (change.request()) {
          case Request.Create(var account) -> account.text(Blueprint.USER_NAME);
          case Request.Patch(_, var operations, _) -> named(operations);
          case Request.Delete _, Request.Members _, Request.CreateGroup _ ->
              Optional.<String>empty();
        };
    return name.map(Accounts::nameKey);
  }

  private static Optional<String> named(List<PatchOperation> operations) {
    var names = new ArrayList<JsonNode>();
    for (var operation : operations) {
      if (!Blueprint.isUserName(operation.path().attribute())) continue;
      if (operation instanceof PatchOperation.Replace(_, var value)) names.add(value);
      if (operation instanceof PatchOperation.Add(_, var value)) names.add(value);
    }
    return names.stream().map(n -> n.asString("")).filter(n -> !n.isBlank()).findFirst();
  }
}
