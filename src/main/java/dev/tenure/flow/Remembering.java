package dev.tenure.flow;

import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import java.util.ArrayList;
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
  private final List<Person> changed = new ArrayList<>();

  Remembering(KnownPeople known, FlowId flow) {
    this.known = known;
    this.flow = flow;
    this.before = known.digests(flow);
    this.absent = new HashSet<>(before.keySet());
  }

  void take(Person person) {
    absent.remove(person.key());
    var digest = PersonRecord.digest(PersonRecord.text(person));
    if (digest.equals(before.get(person.key()))) return;
    changed.add(person);
    if (changed.size() == BATCH) write();
  }

  private void write() {
    if (!changed.isEmpty()) known.keep(flow, changed);
    changed.clear();
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
