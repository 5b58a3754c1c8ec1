package dev.tenure.plan;

import dev.tenure.plan.Sieve.Found;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.policy.Suspicion;
import dev.tenure.target.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who leaves: whole departments at once, or simply too many. People who leave for another reason
/// than the suspicious ones go on: a cluster holds those of one [LeaverEvent].
final class LeaverChecks {
  private final Sieve sieve;
  private final Crowd crowd;

  LeaverChecks(Sieve sieve, Crowd crowd) {
    this.sieve = sieve;
    this.crowd = crowd;
  }

  void run() {
    for (var event : LeaverEvent.values()) vanished(event);
    many();
    var deletions = sieve.open(c -> c.request() instanceof Request.Delete);
    sieve.check(
        Suspicion.DELETIONS,
        "many deletions",
        new Found(deletions, crowd::linked),
        "accounts would be deleted");
  }

  private static boolean isLeaver(Change change) {
    return change.lane() == Lane.LEAVER;
  }

  private List<Change> leavers(LeaverEvent event) {
    return sieve.open(c -> isLeaver(c) && crowd.event(c.person()) == event);
  }

  /// The trait that explains the most leavers first, as long as one explains enough of them.
  private void vanished(LeaverEvent event) {
    var leavers = leavers(event);
    if (!sieve.mayBe(Suspicion.VANISHED, leavers.size())) return;
    var traits = new HashMap<Change, List<Trait>>();
    for (var leaver : leavers) traits.put(leaver, traits(leaver));
    var suspects = suspects(traits);
    var open = new LinkedHashSet<>(leavers);
    for (var next = most(suspects.keySet(), open, traits); next.isPresent(); ) {
      var trait = next.get();
      var those = open.stream().filter(c -> has(traits, c, trait)).toList();
      hold(event, trait, new Found(those, suspects.getOrDefault(trait, 0L)));
      those.forEach(open::remove);
      suspects.remove(trait);
      next = most(suspects.keySet(), open, traits);
    }
  }

  private List<Trait> traits(Change leaver) {
    return crowd.member(leaver.person()).map(crowd::traits).orElse(List.of());
  }

  private static boolean has(Map<Change, List<Trait>> traits, Change change, Trait trait) {
    return traits.getOrDefault(change, List.of()).contains(trait);
  }

  /// The traits of which nearly everybody leaves, with how many have them. The more have a trait
  /// the less it is suspicious, so that the look at everybody ends as soon as none can be any more:
  /// some leavers of a large department are known for that after a few of the others.
  private Map<Trait, Long> suspects(Map<Change, List<Trait>> leavers) {
    var leaving = new HashMap<Trait, Long>();
    leavers.values().forEach(all -> all.forEach(t -> leaving.merge(t, 1L, Long::sum)));
    leaving.values().removeIf(count -> !sieve.mayBe(Suspicion.VANISHED, count));
    var all = new HashMap<Trait, Long>();
    if (leaving.isEmpty()) return all;
    crowd.eachActive(member -> {
      for (var trait : crowd.traits(member)) {
        var count = leaving.get(trait);
        if (count == null) continue;
        var have = all.merge(trait, 1L, Long::sum);
        if (sieve.isTooMany(Suspicion.VANISHED, count, have)) continue;
        leaving.remove(trait);
        all.remove(trait);
      }
      return !leaving.isEmpty();
    });
    return all;
  }

  /// Where two explain as many, the one that fewer others have.
  private Optional<Trait> most(
      Set<Trait> suspects, Set<Change> open, Map<Change, List<Trait>> traits) {
    var covered = new HashMap<Trait, Long>();
    for (var change : open) {
      for (var trait : traits.getOrDefault(change, List.of())) {
        if (suspects.contains(trait)) covered.merge(trait, 1L, Long::sum);
      }
    }
    return covered.entrySet().stream()
        .filter(e -> sieve.mayBe(Suspicion.VANISHED, e.getValue()))
        .max(Map.Entry.<Trait, Long>comparingByValue().thenComparing(e -> rank(e.getKey())))
        .map(Map.Entry::getKey);
  }

  /// Everybody before all, then by name: the same plan gets the same clusters.
  private static String rank(Trait trait) {
    return trait.equals(Trait.EVERYBODY) ? "\uffff" : trait.toString();
  }

  private void hold(LeaverEvent event, Trait trait, Found found) {
    var who = trait.equals(Trait.EVERYBODY) ? "all people" : "those with " + trait;
    sieve.hold(
        Suspicion.VANISHED,
        trait + " " + word(event),
        found,
        "of %s are %s at once".formatted(who, words(event)));
  }

  /// As few as make the rest no longer too many; those of the commonest reason first.
  private void many() {
    while (true) {
      var rest = sieve.open(LeaverChecks::isLeaver);
      if (!sieve.mayBe(Suspicion.LEAVERS, rest.size())) return;
      if (!sieve.isTooMany(Suspicion.LEAVERS, rest.size(), crowd.active())) return;
      var groups = new ArrayList<List<Change>>();
      for (var event : LeaverEvent.values()) groups.add(leavers(event));
      var most = groups.stream().max(Comparator.comparingInt(List::size)).orElseThrow();
      var event = crowd.event(most.getFirst().person());
      sieve.hold(
          Suspicion.LEAVERS,
          "many " + word(event),
          new Found(most, crowd.active()),
          "active accounts would be locked or deleted: " + words(event));
    }
  }

  private static String word(LeaverEvent event) {
    return switch (event) {
      case GONE_FROM_SOURCE -> "vanished";
      case DISABLED_IN_SOURCE -> "disabled";
      default -> words(event);
    };
  }

  private static String words(LeaverEvent event) {
    return event.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
