package dev.tenure.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.plan.Change;
import dev.tenure.plan.World;
import dev.tenure.policy.Standing;
import dev.tenure.scim.ScimJson;
import dev.tenure.target.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The example of `docs/reconcile.md` does what the page says.
class ReconcileGuideTest {
  private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+/[^`]+)` \\| (\\w+) \\|");

  private static List<String> blocks(String page, String language) {
    var blocks = new ArrayList<String>();
    var found = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
    while (found.find()) blocks.add(found.group(1));
    return blocks;
  }

  private static World world(String page) {
    var people = new ArrayList<Standing>();
    for (var row :
        blocks(page, "csv").getFirst().lines().skip(1).map(l -> l.split(",", -1)).toList()) {
      people.add(
          Town.person(row[0], row[1], row[2], "name.givenName", row[3], "name.familyName", row[4]));
    }
    var accounts = new ArrayList<Account>();
    for (var account : ScimJson.read(blocks(page, "json").getFirst())) {
      accounts.add(Town.account(account.path("id").stringValue(), account.toString()));
    }
    return new World(people, true, accounts, List.of());
  }

  @Test
  void theConflictsAreThoseOfThePage() throws IOException {
    var page = Files.readString(Path.of("docs/reconcile.md"));
    var shown = new ArrayList<String>();
    var rows = ROW.matcher(page);
    while (rows.find()) shown.add(rows.group(1) + " " + rows.group(2));
    var found = Reconciler.conflicts(Town.planner().survey(world(page)));
    assertThat(found)
        .extracting(c -> c.id() + " " + c.proposal().wire())
        .containsExactlyInAnyOrderElementsOf(shown);
    for (var kind : ConflictKind.values()) assertThat(page).contains("| `" + kind.wire() + "` |");
  }

  @Test
  void theDecisionsBecomeAPlan() throws IOException {
    var page = Files.readString(Path.of("docs/reconcile.md"));
    var decisions = ConflictSheet.read(blocks(page, "csv").getLast());
    var plan = Settling.plan(Town.planner(), world(page), decisions);
    assertThat(plan.links()).containsExactly(Town.link("E1", "1"));
    assertThat(plan.changes())
        .extracting(Change::name)
        .containsExactlyInAnyOrder("amueller", "amueller2", "zed@x.example", "old@x.example");
    assertThat(plan.findings()).isEmpty();
  }
}
