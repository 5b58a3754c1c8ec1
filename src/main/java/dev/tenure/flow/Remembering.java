package dev.tenure.flow;

import dev.tenure.flow.KnownPeople.Known;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Former;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Keeps what a read of a source gives, while it goes on: only who differs is written. Used once.
final class Remembering {
  private static final int BATCH = 500;

  private final KnownPeople known;
  private final FlowId flow;
  private final Map<PersonKey, UUID> before;
  private final Set<PersonKey> absent;
  private final Map<PersonKey, Former> former = new HashMap<>();
  private final List<Person> changed = new ArrayList<>();

  Remembering(KnownPeople known, FlowId flow) {
    this.known = known;
    this.flow = flow;
    this.before = known.digests(flow);
    this.absent = new HashSet<>(before.keySet());
  }

  void take(Person person) {
    absent.remove(person.key());
    former.put(person.key(), Former.of(person));
    var digest = PersonRecord.digest(PersonRecord.text(person));
    if (digest.equals(before.get(person.key()))) return;
    changed.add(person);
    if (changed.size() == BATCH) write();
  }

  private void write() {
    if (changed.isEmpty()) return;
    remember(known.all(flow, changed.stream().map(Person::key).toList()));
    known.keep(flow, changed);
    changed.clear();
  }

  private void remember(List<Known> people) {
    people.forEach(one -> former.put(one.person().key(), Former.of(one.person())));
  }

  /// Where each of these, and everybody who was read, stood before the read.
  Map<PersonKey, Former> former(Collection<PersonKey> others) {
    var missing = others.stream().filter(key -> !former.containsKey(key)).toList();
    if (!missing.isEmpty()) remember(known.all(flow, missing));
    return former;
  }

  /// Since when those of these are away whose record itself tells it: they are gone, or disabled.
  /// When a rule began to leave somebody out is not in the record.
  Map<PersonKey, Instant> away(Collection<PersonKey> people) {
    var away = new HashMap<PersonKey, Instant>();
    for (var one : people.isEmpty() ? List.<Known>of() : known.all(flow, people)) {
      if (one.person().disabled()) away.put(one.person().key(), one.changedAt());
      one.goneAt().ifPresent(at -> away.put(one.person().key(), at));
    }
    return away;
  }

  /// The read came to its end. Only where it was complete are those gone who were not in it (law
  /// 1).
  void end(Source.ReadOutcome outcome) {
    write();
    if (!(outcome instanceof Source.ReadOutcome.Complete complete)) return;
    absent.removeAll(complete.unreadable());
    if (!absent.isEmpty()) known.gone(flow, absent);
  }
}
