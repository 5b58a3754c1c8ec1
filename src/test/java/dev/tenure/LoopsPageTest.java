package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.deliver.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The examples of `docs/loops.md`: rings that are open settle, and those that are not are refused.
class LoopsPageTest {
  private static final int PEOPLE = 5;

  private static String block(String title) throws IOException {
    var fence =
        Pattern.compile("^```" + title + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    var found = fence.matcher(Files.readString(Path.of("docs/loops.md")));
    if (!found.find()) throw new AssertionError("the page has no block '" + title + "'");
    return found.group(1);
  }

  /// Plans and applies every flow once; gives how many changes there were.
  private static long round(Work work) throws InterruptedException {
    long done = 0;
    for (var flow : work.place().flows()) {
      var planned = work.place().cycle().plan(flow);
      assertThat(planned.plan().findings())
          .filteredOn(f -> !f.code().name().equals("SOURCE_FOREIGN"))
          .isEmpty();
      if (planned.number().isEmpty()) continue;
      var report = work.place().cycle().apply(flow, planned.number().get(), Progress.NONE);
      assertThat(report.problems()).isEmpty();
      done += report.done();
    }
    return done;
  }

  private static void populate(Work work, String organization) {
    for (int i = 0; i < PEOPLE; i++) {
      var name = organization + i + "@example.com";
      Site.calls(work.place(), organization)
          .create("{\"userName\":\"%s\",\"displayName\":\"%s\"}".formatted(name, name));
    }
  }

  /// So many writes as there are people in organizations that are not theirs, and then none; a
  /// changed, a locked and a new person cost one write each.
  private static void settles(String yaml, List<String> organizations) throws Exception {
    try (var site = Site.with(yaml);
        var work = Work.at(site)) {
      organizations.forEach(o -> populate(work, o));
      assertThat(round(work)).isEqualTo((long) PEOPLE * organizations.size());
      assertThat(round(work)).isZero();
      var first = organizations.getFirst();
      var calls = Site.calls(work.place(), first);
      calls.create("{\"userName\":\"new@example.com\",\"displayName\":\"new\"}");
      patch(work, first, "{\"displayName\":\"renamed\"}", 0);
      patch(work, first, "{\"active\":false}", 1);
      assertThat(round(work)).isEqualTo(3);
      assertThat(round(work)).isZero();
      for (var organization : organizations) {
        int more = organization.equals(first) || isAfter(organizations, organization) ? 1 : 0;
        assertThat(Site.calls(work.place(), organization).users()).hasSize(2 * PEOPLE + more);
      }
    }
  }

  private static boolean isAfter(List<String> organizations, String organization) {
    return organizations.get(1).equals(organization);
  }

  private static void patch(Work work, String organization, String value, int number) {
    var calls = Site.calls(work.place(), organization);
    var id = calls.user(organization + number + "@example.com").path("id").asString("");
    var body =
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
            + "\"Operations\":[{\"op\":\"replace\",\"value\":"
            + value
            + "}]}";
    assertThat(calls.send("PATCH", "/scim/v2/Users/" + id, body).status()).isBetween(200, 204);
  }

  @Test
  void twoOrganizationsSettle() throws Exception {
    settles(block("yaml two"), List.of("north", "south"));
  }

  @Test
  void threeOrganizationsInARingSettle() throws Exception {
    settles(block("yaml three"), List.of("a", "b", "c"));
  }

  @Test
  void aRingIsRefusedWithItsFlowsAndPlaces() throws Exception {
    try (var site = Site.with(block("yaml two"))) {
      assertThat(site.run("check").exit()).isZero();
      site.replacing(", sourceOrg: south}", "}");
      var refused = site.run("check", "--output", "json");
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.problems()).containsExactly("FLOW_RING");
      var problem = refused.json().path("problems").get(0);
      assertThat(problem.path("message").asString(""))
          .startsWith(block("text ring").strip())
          .containsPattern("southward reads by \\S*tenure.yaml:\\d+:\\d+ and writes by \\S*tenure")
          .containsPattern("northward reads by \\S*tenure.yaml:\\d+:\\d+ and writes by \\S*tenure");
      assertThat(problem.path("remedy").asString("")).contains("give the source 'south'");
      site.replacing(", sourceOrg: north}", "}");
      assertThat(site.run("plan", "northward", "--output", "json").problems())
          .containsExactly("FLOW_RING");
    }
  }

  @Test
  void aScopeOpensARing() throws Exception {
    var scoped = "southward:\n    scope: {when: 'title != \"\" && sourceOrg != \"south\"'}";
    var yaml =
        block("yaml two")
            .replace(", sourceOrg: south}", "}")
            .replace(", sourceOrg: north}", "}")
            .replace("southward:", scoped)
            .replace(
                "northward:", scoped.replace("southward", "northward").replace("south", "north"));
    try (var site = Site.with(yaml)) {
      var checked = site.run("check");
      assertThat(checked.exit()).as(checked.err()).isZero();
    }
  }

  @Test
  void anOrganizationIsKnownByItsAddress() throws Exception {
    var address = "scim: {url: 'http://localhost:8080/north/scim/v2', token: '${env:ACME_TOKEN}'}";
    var yaml =
        block("yaml two")
            .replace(", sourceOrg: south}", "}")
            .replace("north: {organization: north}", "north: {" + address + "}");
    try (var site = Site.with(yaml)) {
      assertThat(site.run("check", "--output", "json").problems()).contains("FLOW_RING");
    }
  }
}
