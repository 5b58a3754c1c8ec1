package dev.tenure.flow;

import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.source.Person;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The people of each flow, as its source had them when they were last read.
public interface KnownPeople {
  /// A person as they were last seen. `changedAt`: since when they are so; `goneAt`: since when a
  /// complete read has them no more.
  record Known(Person person, Instant changedAt, Optional<Instant> goneAt) {}

  /// What the records of all people who are there come to ([PersonRecord#digest]).
  Map<PersonKey, UUID> digests(FlowId flow);

  /// These are so now; whoever was gone is back.
  void keep(FlowId flow, Collection<Person> people);

  /// These are there no more. What they were is kept.
  void gone(FlowId flow, Collection<PersonKey> people);

  /// The person, gone or not.
  Optional<Known> find(FlowId flow, PersonKey person);

  /// The person as they were known at this time; absent before they were first read.
  Optional<Known> at(FlowId flow, PersonKey person, Instant at);

  /// What each of these was before they were last found different; who never was is as they are.
  Map<PersonKey, Person> before(FlowId flow, Collection<PersonKey> people);

  /// The keys of people with one of these values in some attribute, in any letter case; at most so
  /// many for each value.
  List<PersonKey> named(FlowId flow, Collection<String> names, int countMax);

  /// Those who are there with keys after this one, in the order of their keys, at most so many.
  List<Known> page(FlowId flow, Optional<PersonKey> after, int countMax);

  /// Those of the keys who are known, gone or not.
  List<Known> all(FlowId flow, Collection<PersonKey> people);

  /// How many are there: as many as the last complete read gave.
  long count(FlowId flow);

  /// The names of all groups that somebody who is there is in, in lower case.
  Set<String> groups(FlowId flow);

  /// Those who are there and in this group, directly or through others; its name in any letter
  /// case.
  Set<PersonKey> inGroup(FlowId flow, String group);
}
