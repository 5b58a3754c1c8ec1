package dev.tenure.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.tenure.testkit.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Stories of an operator's day in Debian's chromium, on the quickstart's company as a process of
/// its own. Pictures of all pages are kept in `target/pages`.
class ConsoleInABrowserTest {
  private static final Path PICTURES = Path.of("target/pages");
  private static final String CHROMIUM = "/usr/bin/chromium";
  private static final Pattern SERVING = Pattern.compile("console at (\\S+?/console):");

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
          "/audit",
          "/account");

  private static Product product;
  private static Playwright playwright;
  private static Browser browser;
  private static String console;
  private static String password;

  @BeforeAll
  static void start() throws IOException {
    product = Product.here();
    var running = product.start("quickstart", "--port", "0", "--size", "300");
    assertThat(Product.until(() -> SERVING.matcher(running.err()).find()))
        .as(running.err())
        .isTrue();
    var found = SERVING.matcher(running.err());
    assertThat(found.find()).isTrue();
    console = found.group(1);
    password = Files.readString(product.data().resolve("console-password")).strip();
    Files.createDirectories(PICTURES);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(CHROMIUM))
                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }

  @AfterAll
  static void stop() {
    browser.close();
    playwright.close();
    product.close();
  }

  private static Page page(int width, ColorScheme scheme) {
    var options =
        new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme);
    return browser.newContext(options).newPage();
  }

  private static Page signedIn(int width, ColorScheme scheme) {
    var page = page(width, scheme);
    page.navigate(console);
    page.getByLabel("Name").fill("admin");
    page.getByLabel("Password").fill(password);
    page.getByText("Sign in", new Page.GetByTextOptions().setExact(true)).last().click();
    assertThat(page.title()).startsWith("Overview");
    return page;
  }

  private static List<String> violations(Page page) {
    return violations(page, new AxeBuilder(page));
  }

  private static List<String> violations(Page page, AxeBuilder axe) {
    return axe.analyze().getViolations().stream()
        .map(v -> page.url() + " " + v.getId() + " " + v.getNodes().getFirst().getHtml())
        .toList();
  }

  private static void picture(Page page, String path, String kind) {
    var name = (path.isEmpty() ? "overview" : path.substring(1)).replaceAll("[^a-z0-9]+", "-");
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(PICTURES.resolve(name + "-" + kind + ".png"))
            .setFullPage(false));
  }

  @Test
  void everyPageIsAccessibleInLightAndDarkAndFitsASmallScreen() {
    var broken = new ArrayList<String>();
    for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      var page = signedIn(1280, scheme);
      var messages = new ArrayList<String>();
      page.onConsoleMessage(m -> messages.add(m.text()));
      for (var path : PAGES) {
        page.navigate(console + path);
        // In the dark only the colours are others.
        var axe = new AxeBuilder(page);
        if (scheme == ColorScheme.DARK) axe.withRules(List.of("color-contrast"));
        broken.addAll(violations(page, axe));
        picture(page, path, scheme.name().toLowerCase(java.util.Locale.ROOT));
      }
      assertThat(messages).as("what the browser complains of").isEmpty();
    }
    var small = signedIn(360, ColorScheme.LIGHT);
    for (var path : PAGES) {
      small.navigate(console + path);
      picture(small, path, "360");
      var width = (Integer) small.evaluate("document.documentElement.scrollWidth");
      if (width > 360) broken.add(path + " is " + width + " wide");
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void signingInIsAccessible() {
    var page = page(1280, ColorScheme.DARK);
    page.navigate(console);
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
    var page = page(1280, ColorScheme.LIGHT);
    page.navigate(console + "/people");
    var keyboard = page.keyboard();
    tabTo(page, "input[name=name]");
    keyboard.type("admin");
    tabTo(page, "input[name=password]");
    keyboard.type(password);
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

  /// The page of somebody who is in scope and has an account.
  private static Page somebody(String search) {
    var page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(console + "/people?q=" + search);
    var rows = page.locator("tbody tr");
    rows.filter(new Locator.FilterOptions().setHasText("in scope"))
        .filter(new Locator.FilterOptions().setHasText("yes"))
        .first()
        .getByRole(AriaRole.LINK)
        .click();
    page.waitForURL(Pattern.compile(".*/people/people/E.*"));
    return page;
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
  }

  private static void follow(Page page, String link) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link)).first().click();
  }

  private static void shows(Page page, String text) {
    page.getByText(text).first().waitFor();
  }

  /// Nothing is done before it was shown; what is done can be taken back.
  @Test
  void somebodyIsExcludedWithAReasonUntilADayAndLetInAgain() {
    var page = somebody("sales");
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
    var page = somebody("technical");
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
    var page = somebody("collections");
    press(page, "Re-evaluate");
    page.locator("#planning a, #planning:has-text('othing')").first().waitFor();
    assertThat(violations(page)).isEmpty();
  }
}
