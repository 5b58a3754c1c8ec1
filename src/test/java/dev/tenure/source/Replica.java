package dev.tenure.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import dev.tenure.source.Feed.Cursor;
import dev.tenure.source.Feed.Event;
import dev.tenure.source.Feed.FeedOutcome;
import dev.tenure.source.Source.ReadOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What Tenure knows of a source: a snapshot, and what the feed told since.
public final class Replica implements Feed.Known {
  private final Map<PersonKey, Person> people =
      new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
  private Cursor cursor;

  private Replica(Cursor cursor) {
    this.cursor = cursor;
  }

  /// Asks for the place, then reads everybody.
  public static Replica of(Source source) {
    return startedBefore(source, () -> {});
  }

  /// The same, and does something between the two.
  public static Replica startedBefore(Source source, Runnable meanwhile) {
    var replica = new Replica(source.feed().orElseThrow().begin().orElseThrow());
    meanwhile.run();
    replica.people.putAll(snapshot(source));
    return replica;
  }

  /// Everybody, as a complete read gives them.
  public static Map<PersonKey, Person> snapshot(Source source) {
    var people = new TreeMap<PersonKey, Person>((a, b) -> a.value().compareTo(b.value()));
    var outcome = source.read(p -> people.put(p.key(), p));
    assertThat(outcome).isInstanceOf(ReadOutcome.Complete.class);
    return people;
  }

  /// Takes what the feed tells; nothing of it may be wrong, whatever the outcome.
  public List<Event> take(Source source) {
    var events = new ArrayList<Event>();
    var outcome = read(source, events);
    assertThat(outcome).isInstanceOf(FeedOutcome.Read.class);
    return events;
  }

  /// The same for a feed that may fail.
  public FeedOutcome read(Source source, List<Event> events) {
    var outcome = source.feed().orElseThrow().since(cursor, this, events::add);
    events.forEach(this::apply);
    if (outcome instanceof FeedOutcome.Read read) cursor = read.next();
    return outcome;
  }

  private void apply(Event event) {
    switch (event) {
      case Event.Changed(var person) -> people.put(person.key(), person);
      case Event.Gone(var key) -> people.remove(key);
    }
  }

  public Cursor cursor() {
    return cursor;
  }

  public Map<PersonKey, Person> people() {
    return people;
  }

  /// The person with this value. Throws where there is not exactly one.
  public Person with(String attribute, String value) {
    var found = people.values().stream().filter(p -> p.first(attribute).equals(value)).toList();
    assertThat(found).as("%s = %s", attribute, value).hasSize(1);
    return found.getFirst();
  }

  @Override
  public Set<PersonKey> inGroup(String group) {
    return people.values().stream()
        .filter(p -> p.groups().containsKey(group))
        .map(Person::key)
        .collect(Collectors.toSet());
  }

  @Override
  public Set<String> groups() {
    return people.values().stream()
        .flatMap(p -> p.groups().keySet().stream())
        .collect(Collectors.toSet());
  }

  @Override
  public boolean knows(PersonKey person) {
    return people.containsKey(person);
  }

  @Override
  public Set<PersonKey> everybody() {
    return new HashSet<>(people.keySet());
  }
}
