package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.tenure.notify.Kind;
import dev.tenure.notify.NotifierSteps;
import dev.tenure.notify.TestHook;
import dev.tenure.scim.ScimJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// The example of `docs/notifications.md` does what the page says.
class NotificationsPageTest {
  private static final String PAGE = page();

  private final TestHook hook = new TestHook();
  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private Site site = Site.with(block("yaml")).file("people.csv", block("csv"));

  private static String page() {
    try {
      return Files.readString(Path.of("docs/notifications.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String block(String language) {
    var from = PAGE.indexOf("```" + language + "\n") + language.length() + 4;
    return PAGE.substring(from, PAGE.indexOf("```", from));
  }

  @AfterEach
  void close() {
    site.close();
    mail.stop();
    hook.close();
  }

  /// Only where the servers are differs from the page.
  private void start() {
    mail.start();
    mail.setUser("tenure", "the-password-of-tenure");
    site =
        site.variable("OPS_HOOK", hook.address("ops").toString())
            .variable("OPS_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
            .variable("SMTP_PASSWORD", "the-password-of-tenure")
            .replacing("smtp.example.com", "127.0.0.1\n        port: " + mail.getSmtp().getPort())
            .replacing("tls: starttls", "tls: none");
  }

  /// What the guard holds ends both commands with 3.
  private void applied() {
    for (var command : List.of("plan", "apply")) {
      var ran = site.run(command, "people");
      assertThat(ran.exit()).as(ran.err()).isIn(0, 3);
    }
  }

  @Test
  void theExampleDoesWhatThePageSays() throws Exception {
    start();
    for (var line : block("text").lines().toList()) {
      var words = line.split("   +", 2);
      var ran = site.run(words[0].substring("tenure ".length()).split(" ", -1));
      assertThat(ran.out() + ran.err())
          .isEqualTo(words[1].replace("smtp.example.com", "127.0.0.1") + "\n");
    }
    applied();
    site.file("people.csv", block("csv").replaceAll("(?m)^.*,Sales\n", ""));
    applied();
    try (var place = site.open()) {
      NotifierSteps.once(place.notifier());
    }
    assertThat(hook.taken())
        .as("%s", site.rows("select name || ' ' || state || ' ' || cluster from change"))
        .hasSize(2);
    assertThat(timeless(hook.taken().getLast().json()))
        .isEqualTo(timeless(ScimJson.read(block("json"))));
    assertThat(Arrays.stream(mail.getReceivedMessages()).map(NotificationsPageTest::subject))
        .hasSize(2)
        .endsWith(block("subject").strip());
    var listed = site.run("notify").out();
    assertThat(listed).contains("ops", "answered 204", "duty", "plan-held, leaver-late");
    var json = site.run("notify", "--output", "json").json().path("receivers");
    assertThat(json.findValuesAsString("receiver")).containsExactly("ops", "duty");
    assertThat(json.path(0).path("waiting").intValue()).isZero();
  }

  private static String subject(jakarta.mail.internet.MimeMessage letter) {
    try {
      return letter.getSubject();
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String timeless(tools.jackson.databind.JsonNode message) {
    ((ObjectNode) message).put("timestamp", "T");
    ((ObjectNode) message.path("data")).put("since", "T");
    return sorted(message);
  }

  private static String sorted(tools.jackson.databind.JsonNode node) {
    if (!node.isObject()) return node.toString();
    return node.properties().stream()
        .map(e -> e.getKey() + "=" + sorted(e.getValue()))
        .sorted()
        .toList()
        .toString();
  }

  @Test
  void everyKindIsOnThePageWithACommandThatThereIs() {
    for (var kind : Kind.values()) {
      assertThat(PAGE.lines().filter(l -> l.startsWith("| `" + kind.wire() + "` |"))).hasSize(1);
      assertThat(configuration()).contains("`" + kind.wire() + "`");
    }
    for (var command : List.of("show", "receipts", "audit", "status", "reconcile", "notify")) {
      assertThat(PAGE).contains("tenure " + command);
      assertThat(site.run(command, "--help").exit()).as(command).isZero();
    }
  }

  private static String configuration() {
    try {
      return Files.readString(Path.of("docs/configuration.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
