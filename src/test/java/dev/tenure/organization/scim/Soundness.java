package dev.tenure.organization.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer.Answer;
import java.time.Duration;

/// What is demanded of every answer, whatever came in.
final class Soundness {
  private static final Duration SOON = Duration.ofSeconds(10);

  private Soundness() {}

  static void assertRefused(Answer answer, int... statuses) {
    var body = answer.response().body();
    var said = body.length() > 500 ? body.substring(0, 500) : body;
    if (statuses.length > 0) assertThat(statuses).as(said).contains(answer.status());
    assertThat(answer.status()).as(said).isBetween(400, 499);
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(answer.text("/schemas/0")).isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
    assertThat(answer.text("/status")).isEqualTo("" + answer.status());
    assertThat(answer.text("/detail")).isNotBlank().hasSizeLessThan(2_000);
    assertThat(body).doesNotContain("Exception", "dev.tenure", "java.", "\tat ", "SELECT", "jsonb");
  }

  /// Anything but a server error, and soon.
  static void assertSound(Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isLessThan(500);
    assertThat(answer.response().body()).doesNotContain("Exception", "\tat ");
    if (answer.status() >= 400) assertRefused(answer);
  }

  static Answer soon(java.util.function.Supplier<Answer> call) {
    var start = System.nanoTime();
    var answer = call.get();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    return answer;
  }
}
