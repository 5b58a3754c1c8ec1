package dev.tenure.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.policy.GuardLimits;
import dev.tenure.policy.LeaverPolicy;
import dev.tenure.policy.Limit;
import dev.tenure.policy.Standing;
import dev.tenure.policy.Suspicion;
import dev.tenure.scim.schema.Schema;
import dev.tenure.target.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The example of `docs/guard.md` does what the page says.
class GuardGuideTest {
  private static final Pattern LIMITS =
      Pattern.compile("vanished: \\{count: (\\d+), share: (\\d+)%\\}");

  private static String block(String page, String language) {
    var from = page.indexOf("```" + language + "\n") + language.length() + 4;
    return page.substring(from, page.indexOf("```", from));
  }

  @Test
  void theDepartmentIsHeldAndTheRealLeaversGo() throws IOException {
    var page = Files.readString(Path.of("docs/guard.md"));
    var standings = new ArrayList<Standing>();
    var accounts = new ArrayList<Account>();
    var links = new ArrayList<Link>();
    for (var row : block(page, "csv").lines().skip(1).map(l -> l.split(",", -1)).toList()) {
      var id = "a" + row[0];
      accounts.add(Rules.ours(id, row[0], row[0] + "@x", more(row[1])));
      links.add(Rules.link(row[0], id));
      if (row[3].equals("there")) standings.add(Rules.in(row[0], row[0] + "@x"));
      if (row[3].equals("disabled")) {
        var event = Standing.LeaverEvent.DISABLED_IN_SOURCE;
        standings.add(new Standing.Left(new dev.tenure.id.PersonKey(row[0]), event, "disabled"));
      }
    }
    var plan =
        new Planner(Rules.USER, policy(page)).plan(new World(standings, true, accounts, links));
    assertThat(plan.findings()).hasSize(1);
    var finding = plan.findings().getFirst();
    assertThat(page)
        .contains(
            finding.details().get("cluster")
                + ": "
                + finding.message().replaceAll(", which.*", ""));
    assertThat(page).contains("--cluster '" + finding.details().get("cluster") + "'");
    assertThat(plan.changes().stream().filter(c -> !c.held()).map(c -> c.person().value()))
        .containsExactly("E10", "E9");
  }

  private static String more(String department) {
    return ",\"%s\":{\"department\":\"%s\"}".formatted(Schema.ENTERPRISE, department);
  }

  private static PlanPolicy policy(String page) {
    var found = LIMITS.matcher(block(page, "yaml"));
    assertThat(found.find()).isTrue();
    var limit =
        new Limit(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)) / 100.0);
    return Rules.with(
        Rules.policy("externalId"),
        LeaverPolicy.DEACTIVATE,
        new GuardLimits(Map.of(Suspicion.VANISHED, limit)));
  }

  @Test
  void everyKindIsOnThePage() throws IOException {
    var page = Files.readString(Path.of("docs/guard.md"));
    assertThat(missing(page)).isEmpty();
  }

  private static List<Suspicion> missing(String page) {
    return Arrays.stream(Suspicion.values())
        .filter(kind -> !page.contains("`" + kind.wire() + "`"))
        .toList();
  }
}
