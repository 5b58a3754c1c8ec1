package dev.tenure.cli.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.Dialects.Habit;
import dev.tenure.organization.Dialects.Seen;
import dev.tenure.scim.message.Dialect;
import dev.tenure.scim.message.Oddity;
import dev.tenure.view.ClientJson;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialectViewTest {
  private static final Instant FIRST = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant LAST = Instant.parse("2026-02-03T04:05:06Z");

  private static Seen seen(String credential, String agent, List<Habit> habits) {
    return new Seen(credential, Dialect.ENTRA, agent, 17, FIRST, LAST, habits);
  }

  @Test
  void tellsInPlainWordsWhatAClientDoesAndWhenItDidItLast() {
    var habit = new Habit(Oddity.BOOLEAN_AS_TEXT, 3, FIRST, LAST);
    assertThat(DialectView.text(List.of(seen("0a1b2c", "SomeAgent/1", List.of(habit)))))
        .contains(
            "bearer token 0a1b2c",
            "Microsoft Entra ID",
            "SomeAgent/1",
            "17, the last 2026-02-03T04:05:06Z",
            "sends true and false as text, as \"False\"");
    assertThat(DialectView.text(List.of(seen("", "", List.of()))))
        .contains("access tokens", "It sends nothing odd.");
    assertThat(DialectView.text(List.of())).isEqualTo("No request of this client was seen.");
  }

  @Test
  void tellsProgramsTheSame() {
    var habit = new Habit(Oddity.NULL_PATH, 3, FIRST, LAST);
    var json = ClientJson.seen(List.of(seen("0a1b2c", "SomeAgent/1", List.of(habit))));
    assertThat(json.at("/0/dialect").asString()).isEqualTo("entra");
    assertThat(json.at("/0/requests").asInt()).isEqualTo(17);
    assertThat(json.at("/0/oddities/0/oddity").asString()).isEqualTo("null-path");
    assertThat(json.at("/0/oddities/0/last").asString()).isEqualTo("2026-02-03T04:05:06Z");
  }
}
