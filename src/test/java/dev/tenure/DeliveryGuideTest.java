package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.audit.AuditEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The example of `docs/delivery.md` does what the page says.
class DeliveryGuideTest {
  private static final String PAGE = page();

  private final Site site = Site.with(block("yaml")).file("people.csv", block("csv"));

  private static String page() {
    try {
      return Files.readString(Path.of("docs/delivery.md"));
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
  }

  private String run(int exit, String... words) {
    var ran = site.run(words);
    assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(exit);
    return ran.out();
  }

  private List<String> userNames() {
    try (var work = Work.at(site)) {
      return work.acme().users().stream().map(u -> u.path("userName").asString("")).toList();
    }
  }

  private void makeByHand(String userName) {
    try (var work = Work.at(site)) {
      var user =
          """
          {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s"}\
          """
              .formatted(userName);
      work.acme().create(user);
    }
  }

  @Test
  void aFlowIsPausedAndResumedAndWhatFailedSaysWhatToDo() {
    run(0, "plan", "people");
    assertThat(run(0, "pause", "people", "--reason", "maintenance")).contains("tenure resume");
    assertThat(run(1, "apply", "people")).contains("3 waiting");
    assertThat(userNames()).isEmpty();
    makeByHand("bob@example.com");
    assertThat(run(0, "resume", "people")).contains("resumed");
    assertThat(run(0, "resume", "people")).contains("was not paused");
    assertThat(run(1, "apply", "people")).contains("2 done", "1 refused");
    assertThat(userNames())
        .containsExactlyInAnyOrder("ann@example.com", "bob@example.com", "cyd@example.com");
    var failed = run(0, "failed", "people");
    var shown = PAGE.substring(PAGE.indexOf("```\nbob") + 4);
    for (var word : shown.substring(0, shown.indexOf('\n')).split(" {2,}", -1)) {
      assertThat(failed).contains(word);
    }
    assertThat(failed).contains("add a match rule").doesNotContain("ann@example.com");
    assertThat(PAGE).contains("add a match rule");
    assertThat(actions()).contains("flow.paused", "flow.resumed");
  }

  private List<String> actions() {
    try (var work = Work.at(site)) {
      return work.audit("flow/people").stream()
          .map(AuditEntry::action)
          .collect(Collectors.toList());
    }
  }
}
