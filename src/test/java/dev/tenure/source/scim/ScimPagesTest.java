package dev.tenure.source.scim;

import static dev.tenure.source.scim.OddServer.list;
import static dev.tenure.source.scim.OddServer.page;
import static dev.tenure.source.scim.OddServer.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.problem.Code;
import dev.tenure.source.Source.ReadOutcome;
import dev.tenure.source.SourceContract.Read;
import dev.tenure.source.Times;
import dev.tenure.source.scim.OddServer.Answer;
import dev.tenure.source.scim.OddServer.Asked;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Pages that add up, and pages that do not.
class ScimPagesTest {
  private final Times.Simulated simulated = new Times.Simulated();
  private int requests;

  private Read read(String more, Function<Asked, Answer> users) {
    Function<Asked, Answer> answers =
        asked -> asked.path().equals("/Users") ? users.apply(asked) : Answer.of(404);
    try (var server = new OddServer(answers)) {
      var section =
          "url: '%s', token: '${env:TOKEN}', groups: none, pageSize: 10%s"
              .formatted(server.url(), more);
      var config = Scim.config(section, "t");
      try (var source = new ScimSource(config, simulated.time())) {
        var read = Read.of(source);
        requests = server.requests().size();
        return read;
      }
    }
  }

  private static void isIncomplete(Read read, String why) {
    assertThat(read.reason()).contains(Code.SOURCE_INCOMPLETE);
    assertThat(((ReadOutcome.Incomplete) read.outcome()).reason().line()).contains(why);
  }

  @Test
  void aServerMayGiveLessThanItIsAskedFor() {
    for (int most : new int[] {1, 2, 3, 10}) {
      var read = read("", asked -> page(asked, 23, most));
      assertThat(read.outcome().toString()).as("%d at most", most).startsWith("Complete[people=23");
    }
  }

  @Test
  void aTotalThatChangesIsNoWholeRead() {
    isIncomplete(
        read("", asked -> page(asked, asked.number("startIndex") > 10 ? 30 : 31, 10)),
        "the total was 31 and is 30");
  }

  @Test
  void aListThatEndsEarlyIsNoWholeRead() {
    isIncomplete(
        read(
            "",
            asked ->
                asked.number("startIndex") == 1 ? page(asked, 30, 10) : list(30, users(10, 10))),
        "10 came, 30 are there");
  }

  @Test
  void whoMovedOutOfSightBetweenPagesIsMissed() {
    // One of the first page was deleted and another one made: the total stays, u11 is on no page.
    isIncomplete(
        read(
            "",
            asked ->
                asked.number("startIndex") == 1 ? page(asked, 30, 10) : list(30, users(11, 20))),
        "does not go on where the one before ended");
  }

  @Test
  void whoComesTwiceIsOnTooManyPages() {
    isIncomplete(
        read(
            "",
            asked ->
                asked.number("startIndex") == 1
                    ? page(asked, 30, 10)
                    : list(30, users(10, 12) + "," + users(3, 9))),
        "'u3' came twice");
  }

  @Test
  void aPageThatStartsElsewhereIsNotTheOneAskedFor() {
    isIncomplete(
        read(
            "",
            _ ->
                Answer.ok(
                    "{\"totalResults\":3,\"startIndex\":2,\"Resources\":[" + users(2, 3) + "]}")),
        "starts at 2");
  }

  @Test
  void aFailureInTheMiddleIsNoWholeRead() {
    isIncomplete(
        read("", asked -> asked.number("startIndex") == 1 ? page(asked, 30, 10) : Answer.of(500)),
        "500");
    isIncomplete(
        read(
            "",
            asked ->
                asked.number("startIndex") == 1 ? page(asked, 30, 10) : Answer.ok("<html></html>")),
        "no JSON object");
  }

  @Test
  void aBusyServerIsWaitedForAsLongAsItSays() {
    var busy = new AtomicInteger();
    var read =
        read(
            "",
            asked ->
                asked.number("startIndex") > 1 && busy.getAndIncrement() < 2
                    ? Answer.of(429).with("Retry-After", "7")
                    : page(asked, 20, 10));
    assertThat(read.people()).hasSize(20);
    assertThat(simulated.pauses()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
  }

  @Test
  void aServerThatStaysBusyIsGivenUp() {
    isIncomplete(read("", _ -> Answer.of(429).with("Retry-After", "3")), "429");
    assertThat(simulated.pauses()).hasSize(5);
    isIncomplete(read("", _ -> Answer.of(503).with("Retry-After", "600")), "503");
    assertThat(simulated.pauses()).hasSize(5);
  }

  @Test
  void aServerThatRefusesIsNamed() {
    assertThat(read("", _ -> Answer.of(401)).reason()).contains(Code.SOURCE_REFUSED);
    assertThat(read("", _ -> Answer.of(404)).reason()).contains(Code.SOURCE_REFUSED);
  }

  /// Microsoft Entra's form: cursors only, `resources` in lower case, no total; and `False`.
  @Test
  void namesOfMembersMayBeInAnyLetterCaseAndTotalsMissing() {
    var first = "{\"resources\":[" + users(1, 10) + "],\"nextCursor\":\"two\"}";
    var last = "{\"resources\":[{\"Id\":\"x\",\"username\":\"x\",\"Active\":\"False\"}]}";
    var read =
        read(
            ", paging: cursor",
            asked -> Answer.ok(asked.query().containsValue("two") ? last : first));
    assertThat(read.outcome().toString()).startsWith("Complete[people=11");
    assertThat(read.people().getLast().disabled()).isTrue();
    assertThat(read.people().getLast().first("userName")).isEqualTo("x");
  }

  @Test
  void cursorsThatGoInACircleEnd() {
    isIncomplete(
        read(
            ", paging: cursor",
            asked ->
                Answer.ok(
                    "{\"Resources\":[],\"nextCursor\":\"%s\"}"
                        .formatted(
                            asked.query().getOrDefault("cursor", "").equals("a") ? "b" : "a"))),
        "a cursor twice");
    assertThat(requests).isLessThan(6);
  }

  @Test
  void cursorsThatDoNotAddUpToTheTotalAreNoWholeRead() {
    isIncomplete(read(", paging: cursor", _ -> list(12, users(1, 10))), "10 came, 12 are there");
  }
}
