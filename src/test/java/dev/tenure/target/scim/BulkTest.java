package dev.tenure.target.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.problem.Code;
import dev.tenure.target.Budget;
import dev.tenure.target.Deviation;
import dev.tenure.target.Deviations;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target;
import dev.tenure.target.TargetContract;
import dev.tenure.target.scim.LoopbackServer.Fault;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A server that takes several changes as one request, and says of those that it did where the
/// accounts are, but not what became of them (RFC 7644 §3.7.3).
class BulkTest implements TargetContract {
  private static final String OFFER =
      """
      {"patch": {"supported": true}, "filter": {"supported": true, "maxResults": 40},
       "bulk": {"supported": true, "maxOperations": 20, "maxPayloadSize": 4000}}\
      """;

  private final LoopbackServer server = offering(LoopbackUsers.Kind.PLAIN);
  private final Deviations deviations = Deviations.inMemory();
  private final ScimTarget target = connected(server);

  private static LoopbackServer offering(LoopbackUsers.Kind kind) {
    var server = new LoopbackServer(new LoopbackUsers(kind));
    server.offer(OFFER);
    return server;
  }

  private ScimTarget connected(LoopbackServer to) {
    return new ScimTarget(
        to.config(Duration.ofSeconds(20), 100, false),
        LoopbackUsers.USER,
        new ScimTarget.Waiting(
            Clock.systemUTC(),
            wait -> {
              throw new AssertionError("nothing to wait for");
            }),
        new ScimTarget.Common(Budget.UNLIMITED, deviations));
  }

  @Override
  public Target target() {
    return target;
  }

  @AfterEach
  void close() {
    target.close();
    server.close();
  }

  private static Request[] joiners(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> TargetContract.joiner("p" + i))
        .toArray(Request[]::new);
  }

  @Test
  void asManyGoTogetherAsItOffers() {
    assertThat(target.togetherMax()).isEqualTo(20);
    server.offer("{}");
    try (var other = connected(server)) {
      assertThat(other.togetherMax()).isEqualTo(1);
    }
    server.offer(OFFER.replace("20", "2000"));
    try (var other = connected(server)) {
      assertThat(other.togetherMax()).isEqualTo(40);
    }
  }

  @Test
  void theyTakeOneRequestAndOneLook() {
    assertThat(together(joiners(5))).allMatch(o -> o instanceof Outcome.Done);
    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().getFirst()).isEqualTo("POST /scim/v2/Bulk");
    assertThat(server.requests().getLast()).startsWith("GET /scim/v2/Users?filter=id");
  }

  @Test
  void aServerThatTellsWhatBecameOfThemIsNotAsked() {
    try (var telling = offering(LoopbackUsers.Kind.TELLING);
        var other = connected(telling)) {
      var outcomes = other.together(List.of(joiners(5)));
      assertThat(outcomes)
          .allMatch(o -> TargetContract.account(o).resource().text("title").isPresent());
      assertThat(telling.requests()).containsExactly("POST /scim/v2/Bulk");
    }
  }

  @Test
  void theyAreDividedByTheLimitOfBytes() {
    assertThat(together(joiners(20))).allMatch(o -> o instanceof Outcome.Done);
    assertThat(everybody()).hasSize(20);
    var sent = server.requests().stream().filter(r -> r.contains("/Bulk")).count();
    assertThat(sent).isBetween(2L, 5L);
  }

  @Test
  void aLostAnswerSaysNothingOfAny() {
    server.next(new Fault.Cut());
    assertThat(together(joiners(3))).allMatch(o -> o instanceof Outcome.Unknown);
    var found = target.find(TargetContract.joiner("p1"));
    assertThat(TargetContract.account(found).resource().text("userName"))
        .contains("p1@example.com");
  }

  @Test
  void aBusyServerHasDoneNoneOfThem() {
    server.next(new Fault.Answer(429, Map.of("Retry-After", "7"), ""));
    assertThat(together(joiners(3)))
        .allMatch(o -> o instanceof Outcome.Busy(var time, _) && time.toSeconds() == 7);
    assertThat(everybody()).isEmpty();
    assertThat(target.togetherMax()).isEqualTo(20);
  }

  @Test
  void whatIsNotTakenTogetherIsTriedOneByOne() {
    server.next(new Fault.Answer(501, Map.of(), ""));
    assertThat(together(joiners(3))).allMatch(o -> o instanceof Outcome.Busy);
    assertThat(deviations.known()).containsExactly(Deviation.NO_BULK);
    assertThat(target.togetherMax()).isEqualTo(1);
  }

  @Test
  void anAnswerWithoutItsOperationsIsNotReliedOn() {
    server.next(new Fault.DoneBut(200, "{}"));
    assertThat(together(joiners(3))).allMatch(o -> o instanceof Outcome.Unknown);
    assertThat(target.togetherMax()).isEqualTo(1);
  }

  @Test
  void whatAnAnswerLeavesOutMayHaveHappened() {
    server.next(
        new Fault.DoneBut(
            200,
            """
            {"Operations": [
              {"method": "POST", "bulkId": "1", "status": 201, "location": "/Users/id%202/"},
              {"method": "POST", "bulkId": "7", "status": "201", "location": "/Users/id%203"},
              {"method": "POST", "status": "201", "location": "/Users/id%201"}]}\
            """));
    var outcomes = together(joiners(3));
    assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Unknown.class);
    assertThat(TargetContract.account(outcomes.get(1)).resource().text("userName"))
        .contains("p1@example.com");
    assertThat(outcomes.get(2)).isInstanceOf(Outcome.Unknown.class);
  }

  /// It answers for one what belongs to another.
  @Test
  void nobodyGetsTheAccountOfAnother() {
    server.next(
        new Fault.DoneBut(
            200,
            """
            {"Operations": [
              {"bulkId": "0", "status": "201", "location": "https://here/Users/id%202"},
              {"bulkId": "1", "status": "201", "location": "https://here/Users/id%201"}]}\
            """));
    assertThat(together(joiners(2))).allMatch(o -> o instanceof Outcome.Unknown);
  }

  @Test
  void whereSeveralCannotBeSoughtAtOnceTheyAreSentOneByOneFromThenOn() {
    server.next(new Fault.None(), new Fault.Answer(400, Map.of(), ""));
    assertThat(together(joiners(2)))
        .allMatch(o ->
            o instanceof Outcome.Unknown(var problem) && problem.code() == Code.CHANGE_UNKNOWN);
    assertThat(target.togetherMax()).isEqualTo(1);
  }

  /// The search lags behind what was written.
  @Test
  void anOlderVersionIsNotTakenForTheAccount() {
    var ann = done(TargetContract.joiner("ann"));
    var bob = done(TargetContract.joiner("bob"));
    var old = everybody();
    server.next(new Fault.None(), new Fault.DoneBut(200, LoopbackUsers.list(old)));
    var outcomes =
        together(replacing(ann, "title", "\"Lead\""), replacing(bob, "title", "\"Lead\""));
    assertThat(outcomes).allMatch(o -> o instanceof Outcome.Unknown);
  }
}
