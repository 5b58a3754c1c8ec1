package dev.tenure.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Source.ReadOutcome;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static ReadOutcome read(int people, int unreadable, Expectation expected) {
    var intake = new Intake(_ -> {});
    for (int i = 0; i < people; i++) {
      var key = new PersonKey("k" + i);
      intake.person(new Person(key, Map.of(), Map.of(), false), "row " + i);
    }
    for (int i = 0; i < unreadable; i++) {
      var row = new Problem(Code.SOURCE_ROW, "bad", Map.of(), "correct it");
      intake.unreadable(List.of(new PersonKey("u" + i)), row);
    }
    return intake.end("here", expected);
  }

  private static Expectation shrinking(double most, long last) {
    return new Expectation(1, most, () -> OptionalLong.of(last));
  }

  @Test
  void aReadThatShrankTooMuchIsIncomplete() {
    var outcome = (ReadOutcome.Incomplete) read(79, 0, shrinking(0.2, 100));
    assertThat(outcome.reason().code()).isEqualTo(Code.SOURCE_SHRUNK);
    assertThat(outcome.reason().message()).contains("79").contains("100");
    assertThat(outcome.reason().remedy()).contains("maximumShrink");
  }

  @Test
  void whoIsThereAndUnreadableHasNotShrunkAway() {
    assertThat(read(79, 1, shrinking(0.2, 100))).isInstanceOf(ReadOutcome.Complete.class);
    assertThat(read(80, 0, shrinking(0.2, 100))).isInstanceOf(ReadOutcome.Complete.class);
  }

  @Test
  void withoutAPastOrALimitNothingIsTooSmall() {
    assertThat(read(1, 0, shrinking(1, 1_000))).isInstanceOf(ReadOutcome.Complete.class);
    assertThat(read(1, 0, new Expectation(1, 0, Past.UNKNOWN)))
        .isInstanceOf(ReadOutcome.Complete.class);
  }
}
