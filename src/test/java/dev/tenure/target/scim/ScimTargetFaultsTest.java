package dev.tenure.target.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Secret;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.remote.Wire;
import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.patch.PathParser;
import dev.tenure.target.Account;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target.ReadOutcome;
import dev.tenure.target.TargetContract;
import dev.tenure.target.scim.LoopbackServer.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScimTargetFaultsTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);
  private static final Duration SOON = Duration.ofMillis(700);
  private static final Request.Create ANN = TargetContract.joiner("ann");

  private final LoopbackServer server =
      new LoopbackServer(new LoopbackUsers(LoopbackUsers.Kind.PLAIN));
  private final List<Duration> pauses = new ArrayList<>();
  private final ScimTarget target = target(server.config(Duration.ofSeconds(20), 2, false));
  private final ScimTarget hasty = target(server.config(SOON, 2, false));

  private ScimTarget target(ScimTargetConfig config) {
    return new ScimTarget(config, LoopbackUsers.USER, NOON, pauses::add);
  }

  @AfterEach
  void end() {
    target.close();
    hasty.close();
    server.close();
  }

  private static Fault answer(int status, String body, String... headers) {
    var map = new TreeMap<String, String>();
    for (var i = 0; i < headers.length; i += 2) map.put(headers[i], headers[i + 1]);
    return new Fault.Answer(status, Map.copyOf(map), body);
  }

  private Outcome sent(Fault fault, Request request) {
    server.next(fault);
    return target.send(request);
  }

  private Account ann() {
    return TargetContract.account(target.send(ANN));
  }

  private Request.Patch patch(Account account) {
    return new Request.Patch(
        account.id(),
        List.of(
            new PatchOperation.Replace(
                PathParser.parse("title", LoopbackUsers.USER, Reading.STRICT),
                ScimJson.read("\"Lead\""))),
        account.version());
  }

  private static Problem problem(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Barred(var problem) -> problem;
      case Outcome.Stale(var problem) -> problem;
      case Outcome.Refused(var problem) -> problem;
      case Outcome.Unknown(var problem) -> problem;
      case Outcome.Done _, Outcome.Busy _ -> throw new AssertionError(outcome);
    };
  }

  @Test
  void aCutConnectionLeavesACreationUnknownAndTheLookFindsIt() {
    var outcome = sent(new Fault.Cut(), ANN);
    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    assertThat(TargetContract.account(target.find(ANN)).resource().text("userName"))
        .contains("ann@example.com");
    assertThat(server.requests().stream().filter(r -> r.startsWith("POST"))).hasSize(1);
  }

  @Test
  void noAnswerInTimeIsUnknownAndTheWaitIsBounded() {
    server.next(new Fault.Silence());
    var began = System.nanoTime();
    assertThat(problem(hasty.send(ANN)).code()).isEqualTo(Code.CHANGE_UNKNOWN);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SOON, SOON.multipliedBy(15));
  }

  @Test
  void anUnreachableTargetWasSentNothingAndMayBeTriedAgain() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var nobody =
        new ScimTargetConfig(
            URI.create("http://127.0.0.1:" + port),
            () -> LoopbackServer.TOKEN,
            SOON,
            2,
            false,
            100,
            false,
            true);
    try (var away = target(nobody)) {
      assertThat(away.send(ANN)).isEqualTo(new Outcome.Busy(Duration.ofSeconds(5)));
      assertThat(incomplete(away).code()).isEqualTo(Code.TARGET_UNREACHABLE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "'Mon, 02 Mar 2026 12:00:30 GMT', 30",
    "'Mon, 02 Mar 2026 11:00:00 GMT', 0",
    "soon, 1",
    "999999999, 3600"
  })
  void retryAfterIsUnderstoodInBothForms(String header, long seconds) {
    assertThat(sent(answer(429, "", "Retry-After", header), ANN))
        .isEqualTo(new Outcome.Busy(Duration.ofSeconds(seconds)));
  }

  @Test
  void aBusyAnswerWithoutATimeMeansASecondOrTheWindowOfGenesysCloud() {
    assertThat(sent(answer(503, ""), ANN)).isEqualTo(new Outcome.Busy(Duration.ofSeconds(1)));
    assertThat(sent(answer(429, "", "inin-ratelimit-reset", "42"), ANN))
        .isEqualTo(new Outcome.Busy(Duration.ofSeconds(42)));
  }

  @ParameterizedTest
  @CsvSource({"500", "502", "504", "408"})
  void aServersOwnFailureIsUnknown(int status) {
    assertThat(sent(answer(status, "<html>oops</html>"), ANN)).isInstanceOf(Outcome.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({
    "404, ''",
    "412, ''",
    "409, ''",
    "409, mutability",
    "400, invalidVers",
  })
  void whatNoLongerHoldsIsStale(int status, String scimType) {
    var body = "{\"scimType\":\"%s\",\"detail\":\"no\"}".formatted(scimType);
    assertThat(problem(sent(answer(status, body), patch(ann()))).code())
        .isEqualTo(Code.CHANGE_STALE);
  }

  @Test
  void refusalsAreToldInTheTargetsWordsInBothShapes() {
    var scim = "{\"scimType\":\"uniqueness\",\"detail\":\"userName is taken\",\"status\":\"409\"}";
    var taken = problem(sent(answer(409, scim), ANN));
    assertThat(taken.code()).isEqualTo(Code.MATCH_CONFLICT);
    assertThat(taken.details()).containsEntry("answer", "409 uniqueness: userName is taken");
    assertThat(problem(sent(answer(409, scim), patch(ann()))).code())
        .isEqualTo(Code.MATCH_CONFLICT);
    var platform =
        "{\"message\":\"No\\nright\",\"code\":\"missing.permissions\",\"contextId\":\"c-77\"}";
    var refused = problem(sent(answer(403, platform), ANN));
    assertThat(refused.code()).isEqualTo(Code.TARGET_REFUSED);
    assertThat(refused.details())
        .containsEntry("answer", "403 missing.permissions: No right")
        .containsEntry("reference", "c-77");
    assertThat(problem(sent(answer(413, ""), ANN)).code()).isEqualTo(Code.CHANGE_REFUSED);
    assertThat(problem(sent(answer(302, "", "Location", "http://elsewhere/"), ANN)).code())
        .isEqualTo(Code.CHANGE_REFUSED);
  }

  @Test
  void aSuccessWithoutTheResourceIsReadAgain() {
    assertThat(TargetContract.account(sent(new Fault.DoneBut(201, ""), ANN)).version()).isPresent();
    var changed = sent(new Fault.DoneBut(204, ""), patch(find()));
    assertThat(TargetContract.account(changed).resource().text("title")).contains("Lead");
    var garbled = sent(new Fault.DoneBut(200, "{\"id\":"), patch(find()));
    assertThat(TargetContract.account(garbled).id()).isEqualTo(find().id());
  }

  @Test
  void aSuccessThatDidNothingIsNotBelieved() {
    assertThat(sent(answer(201, ""), ANN)).isInstanceOf(Outcome.Unknown.class);
  }

  private Account find() {
    return TargetContract.account(target.find(ANN));
  }

  @Test
  void theTargetsReferenceIsKept() {
    assertThat(target.send(ANN))
        .isInstanceOfSatisfying(
            Outcome.Done.class, done -> assertThat(done.reference()).contains("c-1"));
  }

  @Test
  void anAnswerThatIsTooLongIsNotReadToItsEnd() {
    var huge = "x".repeat(Wire.ANSWER_BYTES_MAX + 1);
    assertThat(sent(answer(200, huge), ANN)).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void aLookThatIsIgnoredOrRefusedIsNotTakenForAnAbsence() {
    var everybody = "{\"totalResults\":300,\"Resources\":[{\"id\":\"1\",\"externalId\":\"z\"}]}";
    server.next(answer(200, everybody));
    assertThat(target.find(ANN)).isInstanceOf(Outcome.Unknown.class);
    var refused = answer(400, "{\"scimType\":\"invalidFilter\"}");
    server.next(refused, refused, answer(500, ""));
    assertThat(target.find(ANN)).isInstanceOf(Outcome.Unknown.class);
    server.next(answer(429, ""));
    assertThat(target.find(ANN)).isInstanceOf(Outcome.Busy.class);
    server.next(refused);
    assertThat(((Outcome.Done) target.find(ANN)).account()).isEmpty();
  }

  private static Problem incomplete(ScimTarget target) {
    var outcome = target.read(_ -> {});
    assertThat(outcome).isInstanceOf(ReadOutcome.Incomplete.class);
    return ((ReadOutcome.Incomplete) outcome).reason();
  }

  private static String page(int total, String... ids) {
    var users = new ArrayList<String>();
    for (var id : ids) users.add("{\"id\":\"" + id + "\",\"userName\":\"" + id + "\"}");
    return "{\"totalResults\":%d,\"Resources\":[%s]}".formatted(total, String.join(",", users));
  }

  @ParameterizedTest
  @CsvSource({
    "id twice, 3, 'a b', 3, 'b c'",
    "the total grows, 3, 'a b', 4, 'c d'",
    "the total shrinks, 4, 'a b', 3, 'c'",
    "a page is empty, 3, 'a b', 3, ''",
    "more than announced, 3, 'a b', 3, 'c d'",
  })
  void pagesThatDoNotAddUpAreIncomplete(String how, int total, String some, int then, String more) {
    server.next(
        answer(200, page(total, some.split(" "))),
        answer(200, page(then, more.isEmpty() ? new String[0] : more.split(" "))));
    assertThat(incomplete(target).code()).as(how).isEqualTo(Code.TARGET_INCOMPLETE);
  }

  @ParameterizedTest
  @CsvSource({
    "200, '{\"totalResults\":3,', TARGET_INCOMPLETE",
    "200, '[]', TARGET_INCOMPLETE",
    "200, '', TARGET_INCOMPLETE",
    "200, '{\"totalResults\":1,\"Resources\":[{\"userName\":\"x\"}]}', TARGET_INCOMPLETE",
    "500, '', TARGET_INCOMPLETE",
    "401, '', TARGET_REFUSED",
    "403, '', TARGET_REFUSED",
    "404, '', TARGET_REFUSED",
  })
  void aReadThatFailsSaysWhy(int status, String body, Code code) {
    server.next(answer(200, page(3, "a", "b")), answer(status, body));
    assertThat(incomplete(target).code()).isEqualTo(code);
  }

  @Test
  void aReadWithoutAnAnswerIsIncomplete() {
    server.next(new Fault.Silence());
    assertThat(incomplete(hasty).code()).isEqualTo(Code.TARGET_UNREACHABLE);
  }

  @Test
  void aReadWaitsForABusyTargetAFewTimesOnly() {
    var busy = answer(429, "", "Retry-After", "3");
    server.next(busy, answer(503, ""), answer(200, page(1, "a")));
    assertThat(target.read(_ -> {})).isEqualTo(new ReadOutcome.Complete(1));
    assertThat(pauses).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(1));
    server.next(busy, busy, busy, busy, busy, busy);
    assertThat(incomplete(target).code()).isEqualTo(Code.TARGET_BUSY);
    server.next(answer(429, "", "Retry-After", "3000"));
    assertThat(incomplete(target).code()).isEqualTo(Code.TARGET_BUSY);
  }

  @Test
  void whoIsActivatedBetweenTheTwoListsIsNotLost() {
    try (var twice = target(server.config(Duration.ofSeconds(20), 2, true))) {
      server.next(answer(200, page(1, "a")), answer(200, page(0)), answer(200, page(2, "a", "b")));
      assertThat(incomplete(twice).code()).isEqualTo(Code.TARGET_INCOMPLETE);
    }
  }

  @Test
  void aWrongTokenIsRefusedAndNeverShown() {
    var config = server.config(SOON, 2, false);
    var secret = "s3cr3t-" + config.pageSize();
    try (var stranger =
        target(
            new ScimTargetConfig(
                config.base(), () -> new Secret(secret), SOON, 2, false, 100, false, true))) {
      var problem = incomplete(stranger);
      assertThat(problem.code()).isEqualTo(Code.TARGET_REFUSED);
      assertThat(problem.line()).doesNotContain(secret).contains("token");
      assertThat(problem(stranger.send(ANN)).line()).doesNotContain(secret);
    }
  }

  @Test
  void aVersionWithoutQuotesGetsThem() {
    var made = ann();
    var bare = new Account(made.id(), Optional.of("no-such"), made.resource());
    assertThat(target.send(patch(bare))).isInstanceOf(Outcome.Stale.class);
  }
}
