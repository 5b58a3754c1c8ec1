package dev.tenure.browser;

import static dev.tenure.browser.RunningConsole.follow;
import static dev.tenure.browser.RunningConsole.press;
import static dev.tenure.browser.RunningConsole.seen;
import static dev.tenure.browser.RunningConsole.shows;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Stories of an operator's day, on a company of thousands.
@ExtendWith(RunningConsole.Shared.class)
class StoriesInABrowserTest {
  private static final int LEFTOVERS = 20;

  private static RunningConsole console() {
    return RunningConsole.now();
  }

  /// The password of the file is changed, all is looked at, a plan is made: nothing differs.
  @Test
  void aNewAdministratorsFirstHour() {
    var page = console().signedIn();
    console().ownPassword(page);
    press(page, "Sign out");
    page = console().signedIn();
    assertThat(page.content()).doesNotContain("Somebody else has seen your password");
    page.locator("div#ahead").waitFor();
    assertThat(page.locator(".line").first().textContent()).contains("people", "requests in the");
    seen(page, "first-hour-overview");
    follow(page, "Plans");
    press(page, "Make a plan");
    page.locator("#making-people:has-text('othing'), #making-people a").first().waitFor();
    seen(page, "first-hour-plan");
    follow(page, "Organizations");
    follow(page, RunningConsole.ORGANIZATION);
    shows(page, "SCIM address");
    follow(page, "Notifications");
    shows(page, "Nobody is told yet. Add somebody under");
    follow(page, "how, and what they are told of");
    page.waitForURL(Pattern.compile(".*/docs/notifications.html"));
    shows(page, "What is told");
  }

  /// A department falls out of scope: the guard holds its leavers until somebody has looked.
  @Test
  void aHeldPlanIsLookedAtApprovedAndApplied() {
    var page = console().signedIn();
    console()
        .configure(
            "      groups: [Genesys_Cloud_Users]\n",
            """
                  groups: [Genesys_Cloud_Users]
                  when: 'departmentNumber != "Workforce Planning"'
            """);
    heldPlan(page);
    page.locator(".change").filter(with("Workforce Planning")).first().waitFor();
    page.locator("select[name=state]").selectOption("held");
    press(page, "Show");
    page.waitForURL(Pattern.compile(".*state=held.*"));
    assertThat(page.locator(".change").first().textContent()).contains("active", "false");
    seen(page, "held-plan");
    page.locator(".clusters button").first().waitFor();
    page.locator("select[name=department]").selectOption("Workforce Planning");
    press(page, "Show");
    page.waitForURL(Pattern.compile(".*department=Workforce.*"));
    var approve = page.getByText(Pattern.compile("Approve the [0-9,]+ of these that are held"));
    approve.scrollIntoViewIfNeeded();
    seen(page, "held-department");
    approve.click();
    shows(page, "changes are released");
    // The server runs the flow, too: it may have begun to send them before anybody presses.
    var apply = page.locator("form[action$='/apply'] button");
    page.locator("#progress .chip.applied").or(apply).first().waitFor();
    if (apply.isVisible()) apply.click();
    page.locator("#progress .chip.applied").waitFor();
    page.reload();
    assertThat(page.locator("#receipts ~ .wide").textContent()).contains("out");
    seen(page, "held-plan-applied");
  }

  /// The configuration counts within seconds, and whoever plans first has the leavers held.
  private static void heldPlan(Page page) {
    for (int i = 0; i < 60; i++) {
      page.navigate(console().base() + "/plans");
      press(page, "Make a plan");
      page.locator("#making-people:has-text('othing'), #making-people a").first().waitFor();
      page.navigate(console().base());
      var held = page.locator("a.warn");
      if (held.count() == 0) continue;
      held.first().click();
      page.waitForURL(Pattern.compile(".*/plans/people/[0-9]+\\?state=held"));
      return;
    }
    throw new AssertionError("nothing is held: " + page.content());
  }

  /// Twenty accounts that somebody made by hand hold seats, and are nobody's.
  @Test
  void twentyConflictsAreCleanedInOneGo() {
    var calls = console().client("import");
    for (int i = 0; i < LEFTOVERS; i++) {
      calls.create(
          """
          {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
           "userName": "leftover%1$d@former.example", "displayName": "Leftover %1$d",
           "emails": [{"value": "leftover%1$d@former.example", "type": "work"}],
           "roles": [{"value": "Agent"}]}\
          """
              .formatted(i));
    }
    var page = console().signedIn();
    follow(page, "Conflicts");
    press(page, "Look for conflicts");
    page.getByText(Pattern.compile("A seat that nobody uses \\([0-9,]+\\)")).click();
    shows(page, "leftover7@former.example");
    seen(page, "conflicts");
    page.locator("select[name=all]").selectOption("retire");
    press(page, "Make a plan of that");
    page.locator("#deciding a").click();
    page.waitForURL(Pattern.compile(".*/plans/people/[0-9]+"));
    shows(page, "leftover7@former.example");
    seen(page, "conflicts-plan");
    page.getByText(Pattern.compile("Apply: send 20 requests")).click();
    page.locator("#progress .chip.applied").waitFor();
    assertThat(calls.user("leftover7@former.example").path("active").asBoolean(true)).isFalse();
  }

  @Test
  void whyThisPersonHasNoAccount() {
    var page = console().signedIn();
    follow(page, "People");
    page.locator("#q").fill("finance accountant");
    page.waitForURL(Pattern.compile(".*q=finance.*"));
    page.locator("tbody a").first().click();
    page.waitForURL(Pattern.compile(".*/people/people/E.*"));
    shows(page, "None is theirs.");
    shows(page, "What would bring them in");
    assertThat(page.locator(".way").textContent()).contains("Genesys_Cloud_Users");
    seen(page, "no-account");
  }

  /// Who, when, on whose behalf; and everything that happened in that request.
  @Test
  void whoChangedARoleIsFound() {
    var calls = console().client("hr-tool");
    var id = calls.send("GET", "/scim/v2/Users?count=1", "").text("/Resources/0/id");
    var patch =
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [
          {"op": "replace", "path": "roles", "value": [{"value": "Planner"}]}]}\
        """;
    assertThat(calls.send("PATCH", "/scim/v2/Users/" + id, patch).status()).isEqualTo(200);
    var page = console().signedIn(1280, ColorScheme.DARK);
    follow(page, "Audit");
    page.getByLabel("Log").selectOption("organization/" + RunningConsole.ORGANIZATION);
    page.getByLabel("Person or subject").fill(id);
    page.getByLabel("Action").fill("user.updated");
    page.getByLabel("From").fill(LocalDate.now(ZoneOffset.UTC).minusMonths(1).toString());
    press(page, "Search");
    page.waitForURL(Pattern.compile(".*action=user.updated.*"));
    var row = page.locator("table.audit tbody tr").filter(with("hr-tool")).first();
    assertThat(row.textContent()).contains("roles", "Planner");
    row.getByText("story").click();
    page.waitForURL(Pattern.compile(".*/audit/story.*"));
    shows(page, "hr-tool");
    seen(page, "who-changed-a-role");
  }

  private static Locator.FilterOptions with(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
