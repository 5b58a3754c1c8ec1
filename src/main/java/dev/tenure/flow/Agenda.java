package dev.tenure.flow;

import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whom each flow has to decide on: people who changed or are gone, whose decision has run out, and
/// whose account is not as it was. What is on it stays there until a plan was made of it, whatever
/// happens meanwhile.
public interface Agenda {
  /// What was said of a person when they were last decided on. `dueAt`: when to ask again. `open`:
  /// they are in doubt or wait for something that time alone does not bring.
  record Settled(PersonKey person, Word word, Optional<Instant> dueAt, boolean open) {}

  /// What the rules said, in a word.
  enum Word {
    IN,
    LEFT,
    UNCLEAR,
    PROTECTED
  }

  /// People who are due by then, the longest due first; at most so many.
  List<PersonKey> due(FlowId flow, Instant by, int countMax);

  /// When the next person is due.
  Optional<Instant> nextDue(FlowId flow);

  /// People who are in doubt or wait; at most so many.
  List<PersonKey> open(FlowId flow, int countMax);

  /// People who are there and will have to be decided on some day, or wait for something; at most
  /// so many, the next due first.
  List<PersonKey> ahead(FlowId flow, int countMax);

  /// These have to be decided on, from this time on.
  void add(FlowId flow, Collection<PersonKey> people, Instant dueAt);

  /// These were decided on at this time. Who came onto the agenda after it stays there.
  void settle(FlowId flow, Collection<Settled> people, Instant at);

  /// Since when those of these who had left when they were last decided on have been so.
  Map<PersonKey, Instant> leftSince(FlowId flow, Collection<PersonKey> people);

  /// How many people the rules said each word of.
  Map<Word, Long> counts(FlowId flow);
}
