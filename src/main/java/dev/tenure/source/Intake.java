package dev.tenure.source;

import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Source.ReadOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Keeps the books of one read: who was given, who was left out and why, and what that means for
/// the absent. Every adapter decides with it, so that law 1 and law 8 are decided in one place.
///
/// - A record whose key is known but that cannot be used is a finding, and its person counts as
///   present.
/// - Two records with one key: the first is given, the second is a finding.
/// - A record without a key is a finding. It might be anybody's, so nobody can be protected by
///   name: up to [#KEYLESS_SHARE_MAX] of all records this is taken as what it mostly is, a record
///   that was never a person (one bad row must not hold back every leaver); above it the key itself
///   is not to be believed and the read is incomplete.
public final class Intake {
  /// Part of the records that may be without a key in a complete read.
  public static final double KEYLESS_SHARE_MAX = 0.10;

  /// A few keyless records never make a read incomplete, however small the source is.
  private static final int KEYLESS_ALWAYS_FINE = 1;

  private static final int FINDINGS_MAX = 1_000;

  private final Consumer<Person> people;
  private final CompactKeys given = new CompactKeys();
  private final Set<PersonKey> unreadable = new HashSet<>();
  private final List<Problem> findings = new ArrayList<>();
  private long findingsBeyond;
  private long keyless;
  private long unusable;

  public Intake(Consumer<Person> people) {
    this.people = people;
  }

  /// How many people were given so far.
  public long count() {
    return given.size();
  }

  /// The key that this text makes, if any; blanks around it do not count.
  public static Optional<PersonKey> key(String text) {
    var bare = text.strip();
    return bare.isEmpty() || bare.length() > PersonKey.LENGTH_MAX
        ? Optional.empty()
        : Optional.of(new PersonKey(bare));
  }

  /// Gives the person on, unless their key was there before. `where` tells a human which record it
  /// is: a line, a DN.
  public void person(Person person, String where) {
    if (given.add(person.key().value())) {
      people.accept(person);
      return;
    }
    note(
        new Problem(
            Code.SOURCE_DUPLICATE_KEY,
            "two records have the key '" + person.key() + "'; the first one counts",
            Map.of("person", person.key().value(), "record", where),
            "give each person a key of their own, or choose another 'key' for this source"));
  }

  /// A record without a usable key was left out.
  public void withoutKey(String where, String keyName) {
    keyless++;
    note(
        new Problem(
            Code.SOURCE_ROW,
            "a record has no usable key and was left out",
            Map.of("record", where, "key", keyName),
            "give the record a value of 1 to "
                + PersonKey.LENGTH_MAX
                + " characters in '"
                + keyName
                + "'"));
  }

  /// A record was left out whose person is, as far as can be told, one of `keys`.
  public void unreadable(Collection<PersonKey> keys, Problem why) {
    unusable++;
    unreadable.addAll(keys);
    note(why);
  }

  /// Something of a record was not as expected.
  public void note(Problem finding) {
    if (findings.size() < FINDINGS_MAX) findings.add(finding);
    else findingsBeyond++;
  }

  /// The same as [#end(String, Expectation)] without a past.
  public ReadOutcome end(String from, long peopleMin) {
    return end(from, new Expectation(peopleMin, 1, Past.UNKNOWN));
  }

  /// The source came to its end: complete unless it is suspiciously empty, has shrunk too much, or
  /// too many records had no key. `from` names the source for a human.
  public ReadOutcome end(String from, Expectation expected) {
    if (given.size() < Math.max(1, expected.minimum())) {
      return incomplete(tooFew(from, expected.minimum()));
    }
    var last = expected.past().people().orElse(0);
    if (given.size() + unusable < last * (1 - expected.maximumShrink())) {
      return incomplete(shrunk(from, last, expected.maximumShrink()));
    }
    if (keyless > KEYLESS_ALWAYS_FINE && keyless > KEYLESS_SHARE_MAX * (given.size() + keyless)) {
      return incomplete(tooManyKeyless(from));
    }
    return new ReadOutcome.Complete(given.size(), findings(), unreadable);
  }

  private Problem tooFew(String from, long expected) {
    return new Problem(
        Code.SOURCE_EMPTY,
        "only " + given.size() + " people were found, at least " + expected + " expected",
        Map.of("source", from),
        "check what the source gives; nobody was made a leaver by this");
  }

  private Problem shrunk(String from, long last, double most) {
    return new Problem(
        Code.SOURCE_SHRUNK,
        (given.size() + unusable) + " people were found, " + last + " the last time",
        Map.of("source", from, "maximumShrink", Math.round(most * 100) + "%"),
        "check what the source gives; if so many have left, raise 'maximumShrink' for one read;"
            + " nobody was made a leaver by this");
  }

  private Problem tooManyKeyless(String from) {
    return new Problem(
        Code.SOURCE_INCOMPLETE,
        keyless + " of " + (given.size() + keyless) + " records have no key",
        Map.of("source", from),
        "choose a 'key' that everybody has; nobody was made a leaver by this");
  }

  /// The read ended early.
  public ReadOutcome incomplete(Problem reason) {
    return new ReadOutcome.Incomplete(given.size(), reason, findings());
  }

  private List<Problem> findings() {
    if (findingsBeyond == 0) return findings;
    var all = new ArrayList<>(findings);
    all.add(
        new Problem(
            Code.SOURCE_ROW,
            findingsBeyond + " more records were left out",
            Map.of(),
            "solve the findings above first"));
    return all;
  }
}
