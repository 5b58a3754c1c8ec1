package dev.tenure.flow;

import dev.tenure.flow.KnownPeople.Known;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Former;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Keeps what a read of a source gives, while it goes on: only who differs is written. Used once.
final class Remembering {
  private static final int BATCH = 500;

  private final KnownPeople known;
  private final FlowId flow;

  /// Those who were there and have not come yet.
  private final Map<PersonKey, UUID> before;

  private final boolean tellsFormer;
  private final Map<PersonKey, Former> former = new HashMap<>();
  private final List<Person> changed = new ArrayList<>();
  private long changes;

  private Remembering(KnownPeople known, FlowId flow, boolean tellsFormer) {
    this.known = known;
    this.flow = flow;
    this.tellsFormer = tellsFormer;
    this.before = known.digests(flow);
  }

  Remembering(KnownPeople known, FlowId flow) {
    this(known, flow, true);
  }

  /// One that does not tell where people stood before: of a million people, only what tells who is
  /// new is in memory.
  static Remembering lean(KnownPeople known, FlowId flow) {
    return new Remembering(known, flow, false);
  }

  void take(Person person) {
    if (tellsFormer) former.put(person.key(), Former.of(person));
    var digest = PersonRecord.digest(PersonRecord.text(person));
    if (digest.equals(before.remove(person.key()))) return;
    changes++;
    changed.add(person);
    if (changed.size() == BATCH) write();
  }

  private void write() {
    if (changed.isEmpty()) return;
    if (tellsFormer) remember(known.all(flow, changed.stream().map(Person::key).toList()));
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

  /// How many differ from before.
  long changes() {
    return changes;
  }

  /// The read came to its end. Only where it was complete are those gone who were not in it (law
  /// 1).
  void end(Source.ReadOutcome outcome) {
    write();
    if (!(outcome instanceof Source.ReadOutcome.Complete complete)) return;
    before.keySet().removeAll(complete.unreadable());
    changes += before.size();
    if (!before.isEmpty()) known.gone(flow, before.keySet());
  }
}
