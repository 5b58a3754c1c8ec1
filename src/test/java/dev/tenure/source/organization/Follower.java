package dev.tenure.source.organization;

import dev.tenure.id.PersonKey;
import dev.tenure.source.Feed;
import dev.tenure.source.Feed.Cursor;
import dev.tenure.source.Feed.Event;
import dev.tenure.source.Feed.FeedOutcome;
import dev.tenure.source.InGroups;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.source.Source.ReadOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Keeps a copy of the people of a source by its feed, and starts it anew where only that helps.
final class Follower {
  private final Source source;
  private final Map<PersonKey, Person> people = new TreeMap<>();
  private Feed feed;
  private Cursor cursor;
  private int snapshots;

  Follower(Source source) {
    this.source = source;
    this.feed = source.feed().orElseThrow();
    this.cursor = snapshot();
  }

  private Cursor snapshot() {
    snapshots++;
    var begin = feed.begin().orElseThrow();
    people.clear();
    var outcome = source.read(person -> people.put(person.key(), person));
    if (!(outcome instanceof ReadOutcome.Complete) && !people.isEmpty()) {
      throw new AssertionError(outcome);
    }
    return begin;
  }

  /// Reads what happened. Where `forgets`, what was read is not kept, as where the process ends
  /// before that, and asked for once more.
  List<Event> read(boolean forgets) {
    var events = new ArrayList<Event>();
    var outcome = feed.since(cursor, new InGroups(this::inGroup), events::add);
    if (forgets) return List.of();
    events.forEach(this::keep);
    cursor =
        switch (outcome) {
          case FeedOutcome.Read(var next, _) -> next;
          case FeedOutcome.Expired _ -> snapshot();
          case FeedOutcome.Failed(var reason) -> throw new AssertionError(reason);
        };
    return events;
  }

  private void keep(Event event) {
    switch (event) {
      case Event.Changed(var person) -> people.put(person.key(), person);
      case Event.Gone(var key) -> people.remove(key);
    }
  }

  private Set<PersonKey> inGroup(String group) {
    return people.values().stream()
        .filter(p -> p.groups().containsKey(group))
        .map(Person::key)
        .collect(Collectors.toSet());
  }

  /// A new process goes on from what was kept.
  void restart() {
    feed = source.feed().orElseThrow();
  }

  Feed feed() {
    return feed;
  }

  Cursor cursor() {
    return cursor;
  }

  int snapshots() {
    return snapshots;
  }

  Person person(String key) {
    var person = people.get(new PersonKey(key));
    if (person == null) throw new AssertionError("nobody has the key " + key);
    return person;
  }

  Map<PersonKey, Person> people() {
    return people;
  }
}
