package dev.tenure.browser;

import static dev.tenure.browser.RunningConsole.follow;
import static dev.tenure.browser.RunningConsole.picture;
import static dev.tenure.browser.RunningConsole.press;
import static dev.tenure.browser.RunningConsole.shows;
import static dev.tenure.browser.RunningConsole.violations;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// All pages of the console, and what is done about one person.
@ExtendWith(RunningConsole.Shared.class)
class ConsoleInABrowserTest {
  private static final List<String> PAGES =
      List.of(
          "",
          "/plans",
          "/plans/people/1",
          "/plans/people/2",
          "/people",
          "/people?q=berlin",
          "/conflicts",
          "/licences",
          "/organizations",
          "/organizations/contact-centre",
          "/organizations/contact-centre/users",
          "/organizations/contact-centre/groups",
          "/organizations/contact-centre/clients",
          "/organizations/contact-centre/sessions",
          "/organizations/contact-centre/streams",
          "/notifications",
          "/audit",
          "/account");

  private static RunningConsole console() {
    return RunningConsole.now();
  }

  @Test
  void everyPageIsAccessibleInLightAndDarkAndFitsASmallScreen() {
    var broken = new ArrayList<String>();
    for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      var page = console().signedIn(1280, scheme);
      var messages = new ArrayList<String>();
      page.onConsoleMessage(m -> messages.add(m.text()));
      for (var path : PAGES) {
        page.navigate(console().base() + path);
        // In the dark only the colours are others.
        var axe = new AxeBuilder(page);
        if (scheme == ColorScheme.DARK) axe.withRules(List.of("color-contrast"));
        broken.addAll(violations(page, axe));
        picture(page, path, scheme.name().toLowerCase(java.util.Locale.ROOT));
      }
      assertThat(messages).as("what the browser complains of").isEmpty();
    }
    var small = console().signedIn(360, ColorScheme.LIGHT);
    for (var path : PAGES) {
      small.navigate(console().base() + path);
      picture(small, path, "360");
      var width = (Integer) small.evaluate("document.documentElement.scrollWidth");
      if (width > 360) broken.add(path + " is " + width + " wide");
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void signingInIsAccessible() {
    var page = console().page(1280, ColorScheme.DARK);
    page.navigate(console().base());
    picture(page, "/sign-in", "dark");
    assertThat(violations(page)).isEmpty();
  }

  private static void tabTo(Page page, String selector) {
    for (int i = 0; i < 60 && page.locator(selector + ":focus").count() == 0; i++) {
      page.keyboard().press("Tab");
    }
    assertThat(page.locator(selector + ":focus").count()).as(selector).isEqualTo(1);
  }

  /// By keyboard alone: sign in, to the people, search, open the first one.
  @Test
  void somebodyIsFoundWithoutAMouse() {
    var page = console().page(1280, ColorScheme.LIGHT);
    page.navigate(console().base() + "/people");
    var keyboard = page.keyboard();
    tabTo(page, "input[name=name]");
    keyboard.type("admin");
    tabTo(page, "input[name=password]");
    keyboard.type(console().password());
    keyboard.press("Enter");
    page.waitForURL(Pattern.compile(".*/console/people"));
    tabTo(page, "#q");
    keyboard.type("costumer");
    page.waitForURL(Pattern.compile(".*q=costumer.*"));
    assertThat(page.locator("tbody tr").count()).isEqualTo(1);
    tabTo(page, "tbody a");
    keyboard.press("Enter");
    page.waitForURL(Pattern.compile(".*/people/people/E.*"));
    assertThat(page.content()).contains("MAP_NO_ENTRY", "Costumer Service");
    picture(page, "/person", "light");
    assertThat(violations(page)).isEmpty();
  }

  /// Nothing is done before it was shown; what is done can be taken back.
  @Test
  void somebodyIsExcludedWithAReasonUntilADayAndLetInAgain() {
    var page = console().somebody("sales");
    follow(page, "Exclude");
    assertThat(page.getByText("Exclude: ").count()).isZero();
    page.getByLabel("Reason").fill("<b>parental leave</b>");
    page.getByLabel("Last day").fill("2098-12-31");
    press(page, "Show what would happen");
    shows(page, "What would happen");
    shows(page, "--until 2098-12-31");
    assertThat(page.locator("#preview ~ .panel").textContent()).contains("active", "false");
    picture(page, "/exclude", "light");
    assertThat(violations(page)).isEmpty();
    page.locator("form.act button").click();
    shows(page, "excluded by admin until");
    assertThat(page.content()).contains("&lt;b&gt;parental leave").doesNotContain("<b>parental");
    picture(page, "/excluded", "light");
    assertThat(violations(page)).isEmpty();
    follow(page, "Lift the exclusion");
    press(page, "Show what would happen");
    shows(page, "What would happen");
    press(page, "Lift the exclusion");
    shows(page, "Lifted.");
    assertThat(page.content()).doesNotContain("excluded by admin until");
  }

  @Test
  void aLeaverIsLockedOutFromTheConsoleAndTheReceiptIsShown() {
    var page = console().somebody("technical");
    follow(page, "Evict");
    page.getByLabel("Reason").fill("left today");
    press(page, "Show what would happen");
    shows(page, "What would happen");
    press(page, "Evict: lock them out now");
    shows(page, "They are locked out everywhere.");
    assertThat(page.locator("#lockouts ~ .wide").textContent()).contains("people", "out");
    picture(page, "/evicted", "light");
    assertThat(violations(page)).isEmpty();
    follow(page, "receipts of plan");
    page.waitForURL(Pattern.compile(".*/plans/people/[0-9]+#receipts"));
    assertThat(page.locator("#receipts ~ .wide").textContent()).contains("out");
    picture(page, "/receipts", "light");
    assertThat(violations(page)).isEmpty();
  }

  @Test
  void somebodyIsReEvaluated() {
    var page = console().somebody("collections");
    press(page, "Re-evaluate");
    page.locator("#planning a, #planning:has-text('othing')").first().waitFor();
    assertThat(violations(page)).isEmpty();
  }
}
