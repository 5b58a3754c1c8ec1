package dev.tenure.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.source.Source.ReadOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every source does, whatever lies behind it.
public interface SourceContract {
  /// A person of the contract's worlds; an empty key is a record without one.
  record Sample(String key, String mail, List<String> groups, boolean disabled) {
    public static Sample of(int number) {
      return new Sample(
          "k" + number, "p" + number + "@example.com", List.of("Cloud"), number % 7 == 3);
    }
  }

  /// A source with these people. `mail` is an attribute of one value.
  Source source(List<Sample> people);

  /// The same, which fails after some of its people have been read.
  Source failingInTheMiddle(List<Sample> people);

  /// What a read gave and how it ended.
  record Read(List<Person> people, ReadOutcome outcome) {
    public static Read of(Source source) {
      var people = new ArrayList<Person>();
      var outcome = source.read(people::add);
      return new Read(people, outcome);
    }

    public List<Code> findings() {
      return outcome.findings().stream().map(p -> p.code()).toList();
    }

    /// The reason of an incomplete read.
    public Optional<Code> reason() {
      return outcome instanceof ReadOutcome.Incomplete i
          ? Optional.of(i.reason().code())
          : Optional.empty();
    }
  }

  static List<Sample> samples(int count) {
    var samples = new ArrayList<Sample>();
    for (int i = 0; i < count; i++) samples.add(Sample.of(i));
    return samples;
  }

  @Test
  default void givesEachPersonOnceWithWhatTheSourceHas() {
    var read = Read.of(source(samples(25)));
    assertThat(read.outcome()).isEqualTo(new ReadOutcome.Complete(25, List.of()));
    assertThat(read.people()).hasSize(25);
    assertThat(read.people().stream().map(p -> p.key().value()))
        .containsExactlyInAnyOrderElementsOf(samples(25).stream().map(Sample::key).toList());
    for (var person : read.people()) {
      int number = Integer.parseInt(person.key().value().substring(1));
      assertThat(person.first("mail")).isEqualTo("p" + number + "@example.com");
      assertThat(person.disabled()).isEqualTo(number % 7 == 3);
      assertThat(person.groups()).containsEntry("Cloud", List.of("Cloud"));
    }
  }

  @Test
  default void saysIncompleteWhenItEndsEarly() {
    var read = Read.of(failingInTheMiddle(samples(200)));
    assertThat(read.reason()).contains(Code.SOURCE_INCOMPLETE);
    assertThat(read.people()).hasSizeLessThan(200);
    assertThat(((ReadOutcome.Incomplete) read.outcome()).people()).isEqualTo(read.people().size());
  }

  @Test
  default void anEmptySourceIsNotBelieved() {
    assertThat(Read.of(source(List.of())).reason()).contains(Code.SOURCE_EMPTY);
  }

  @Test
  default void oneRecordWithoutKeyStopsNobodyElse() {
    var people = new ArrayList<>(samples(20));
    people.add(new Sample("", "nobody@example.com", List.of(), false));
    var read = Read.of(source(people));
    assertThat(read.outcome()).isInstanceOf(ReadOutcome.Complete.class);
    assertThat(read.people()).hasSize(20);
    assertThat(read.findings()).containsExactly(Code.SOURCE_ROW);
  }

  @Test
  default void manyRecordsWithoutKeyMakeTheKeyUnbelievable() {
    var people = new ArrayList<>(samples(20));
    for (int i = 0; i < 5; i++) people.add(new Sample("", "n" + i + "@x", List.of(), false));
    assertThat(Read.of(source(people)).reason()).contains(Code.SOURCE_INCOMPLETE);
  }

  @Test
  default void ofTwoRecordsWithOneKeyTheFirstCountsAndThePersonIsPresent() {
    var people = new ArrayList<>(samples(20));
    people.add(new Sample("k3", "other@example.com", List.of(), false));
    var read = Read.of(source(people));
    assertThat(read.outcome()).isInstanceOf(ReadOutcome.Complete.class);
    assertThat(read.findings()).containsExactly(Code.SOURCE_DUPLICATE_KEY);
    assertThat(read.people().stream().filter(p -> p.key().equals(new PersonKey("k3"))))
        .singleElement()
        .satisfies(p -> assertThat(p.first("mail")).isEqualTo("p3@example.com"));
  }
}
