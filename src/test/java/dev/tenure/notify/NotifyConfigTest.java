package dev.tenure.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Configuration;
import dev.tenure.notify.Receiver.Encryption;
import dev.tenure.notify.Receiver.Way;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The section `notify`.
class NotifyConfigTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "SECRET", "a-secret-that-nobody-guesses",
          "SHORT", "guess-me",
          "BYTES", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
          "NO_BYTES", "whsec_not-base64-but-long-enough");

  @TempDir Path folder;

  private NotifyConfig read(String receivers) {
    try {
      var file = folder.resolve("tenure.yaml");
      Files.writeString(file, "notify: {receivers: {ops: {" + receivers + "}}}\n");
      var configuration = Configuration.load(file, ENVIRONMENT::get);
      var section = configuration.root().section("notify").orElseThrow();
      var config = NotifyConfig.read(section, configuration.resolver(), Set.of("people"));
      configuration.finish();
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> wrong(String receivers) {
    try {
      read(receivers);
      return List.of();
    } catch (Problem.Found e) {
      return e.problems().stream().map(Problem::message).toList();
    }
  }

  private static String webhook(String url, String secret) {
    return "webhook: {url: \"" + url + "\", secret: \"${env:" + secret + "}\"}";
  }

  private static String email(String more) {
    return "email: {host: smtp.example.com, from: a@x.example, to: b@x.example" + more + "}";
  }

  @Test
  void aWebhookIsReadWithWhatIsUsual() {
    var config = read(webhook("https://hooks.example.com/a?b=c", "BYTES"));
    assertThat(config.thresholds()).isEqualTo(Thresholds.USUAL);
    assertThat(config.thresholds().leaverLate()).isEqualTo(Duration.ofMinutes(15));
    var receiver = config.receivers().getFirst();
    assertThat(receiver.kinds()).isEqualTo(EnumSet.allOf(Kind.class));
    assertThat(receiver.flows()).isEmpty();
    assertThat(receiver.way().shown()).isEqualTo("https://hooks.example.com");
    assertThat(receiver.toString()).doesNotContain("MfKQ9r8");
  }

  @Test
  void aLetterIsEncryptedWhereNothingElseIsSaid() {
    var way = (Way.Mail) read(email("")).receivers().getFirst().way();
    assertThat(way.server().tls()).isEqualTo(Encryption.STARTTLS);
    assertThat(way.server().port()).isEqualTo(587);
    var implicit = (Way.Mail) read(email(", tls: implicit")).receivers().getFirst().way();
    assertThat(implicit.server().port()).isEqualTo(465);
    var own = read(email(", port: 25, tls: none") + ", kinds: [leaver-late], flows: people");
    assertThat(own.receivers().getFirst().kinds()).containsExactly(Kind.LEAVER_LATE);
    assertThat(own.receivers().getFirst().flows()).containsExactly("people");
  }

  @Test
  void webhooksAreEncryptedButOnTheSameMachine() {
    for (var url : List.of("http://127.0.0.1:99/a", "http://localhost/a", "http://[::1]:1/a")) {
      assertThat(wrong(webhook(url, "SECRET"))).as(url).isEmpty();
    }
    for (var url :
        List.of("http://hooks.example.com", "ftp://x", "hooks", "https://user:pw@x", "http:// x")) {
      assertThat(wrong(webhook(url, "SECRET")))
          .as(url)
          .containsExactly(
              "notify.receivers.ops.webhook.url: this is not the address of a webhook");
    }
    assertThat(wrong(webhook("https://x", "SHORT")))
        .singleElement()
        .asString()
        .contains("at least 24 characters")
        .doesNotContain("guess-me");
    assertThat(wrong(webhook("https://x", "NO_BYTES")))
        .singleElement()
        .asString()
        .contains("base64");
  }

  @Test
  void mistakesInLettersAreTold() {
    for (var address : List.of("b", "B <b@x.example>", "b@x.example\\r\\nBcc: c@x.example", "@x")) {
      assertThat(wrong("email: {host: h, from: a@x.example, to: [\"" + address + "\"]}"))
          .as(address)
          .singleElement()
          .asString()
          .contains("is not an address");
    }
    assertThat(wrong(email(", user: u"))).singleElement().asString().contains("belong together");
    assertThat(wrong(email(", user: u, password: \"${env:SECRET}\", tls: none")))
        .singleElement()
        .asString()
        .contains("must be starttls or implicit");
    assertThat(wrong(email(", port: 70000"))).singleElement().asString().contains("1 to 65535");
    assertThat(wrong(email(", trust: none.pem"))).singleElement().asString().contains("none.pem");
    assertThat(wrong("email: {host: h, from: a@x.example, to: []}"))
        .singleElement()
        .asString()
        .contains("1 to 20 addresses");
  }

  @Test
  void whatIsWantedIsKnown() {
    var hook = webhook("https://x", "SECRET");
    assertThat(wrong(hook + ", kinds: [leaver-lat]"))
        .singleElement()
        .asString()
        .contains("leaver-lat");
    assertThat(wrong(hook + ", flows: peple")).singleElement().asString().contains("peple");
    assertThat(wrong(hook + ", " + email(""))).isNotEmpty();
    assertThat(wrong("kinds: conflicts")).isNotEmpty();
  }
}
