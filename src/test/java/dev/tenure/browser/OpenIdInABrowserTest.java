package dev.tenure.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.tenure.testkit.NodeServer;
import dev.tenure.testkit.Product;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Signing in at a provider on another site, and out again there: what a browser does with cookies
/// that are `SameSite`, and with forms that may lead to our own pages only.
class OpenIdInABrowserTest {
  private static final Path PICTURES = Path.of("target/pages");
  private static final Pattern SERVING = Pattern.compile("console at (\\S+?/console):");

  private static Product product;
  private static NodeServer provider;
  private static Playwright playwright;
  private static Browser browser;
  private static String console;

  /// To a browser `localhost` and `127.0.0.1` are two sites.
  @BeforeAll
  static void start() {
    var port = Product.freePort();
    product =
        Product.here()
            .file("tenure.yaml", yaml(port))
            .variable("OPENID_SECRET", "the secret / of: tenure+");
    var running = product.start("serve", "--port", "0");
    assertThat(Product.until(() -> SERVING.matcher(running.err()).find()))
        .as(running.err())
        .isTrue();
    var found = SERVING.matcher(running.err());
    assertThat(found.find()).isTrue();
    console = found.group(1);
    provider =
        NodeServer.start(
            "/dev/tenure/access/openid/",
            "provider",
            Map.of(
                "PORT",
                Integer.toString(port),
                "ISSUER",
                "http://localhost:" + port,
                "TENURE",
                console.replace("/console", ""),
                "MODE",
                "fat"));
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }

  private static String yaml(int port) {
    return """
    console:
      openid:
        label: The Company
        issuer: http://localhost:%d
        client: tenure
        secret: ${env:OPENID_SECRET}
        scopes: [profile, groups]
        rolesClaim: groups
        roles: {operator: tenure-operators}
    """
        .formatted(port);
  }

  @AfterAll
  static void stop() {
    browser.close();
    playwright.close();
    provider.close();
    product.close();
  }

  /// The provider's pages ask for fonts of others.
  private static Page page() {
    var context = browser.newContext();
    var ours = Pattern.compile("^http://(127\\.0\\.0\\.1|localhost):.*");
    context.route(url -> !ours.matcher(url).matches(), route -> route.abort());
    return context.newPage();
  }

  private static void vouch(Page page, String name) {
    page.getByText("Sign in with The Company").click();
    page.waitForURL(Pattern.compile("http://localhost:.*"));
    page.locator("input[name=login]").fill(name);
    page.locator("input[name=password]").fill("x");
    page.locator("button[type=submit]").click();
    page.getByText("Continue").click();
  }

  private static List<String> violations(Page page) {
    return new AxeBuilder(page)
        .analyze().getViolations().stream()
            .map(v -> page.url() + " " + v.getId() + " " + v.getNodes().getFirst().getHtml())
            .toList();
  }

  private static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
  }

  @Test
  void somebodyComesInToThePageThatTheyWantedAndGoesOutEverywhere() {
    var page = page();
    var complaints = new ArrayList<String>();
    page.onConsoleMessage(m -> {
      boolean isBad = List.of("error", "warning").contains(m.type());
      if (isBad && m.location().startsWith(console)) complaints.add(m.text());
    });
    page.navigate(console + "/people");
    picture(page, "sign-in-openid");
    assertThat(violations(page)).isEmpty();
    vouch(page, "olga");
    page.waitForURL(console + "/people");
    assertThat(page.content()).contains("openid:olga@example.com", "operator");
    page.navigate(console + "/account");
    assertThat(violations(page)).isEmpty();

    page.getByText("Sign out", new Page.GetByTextOptions().setExact(true)).click();
    page.waitForURL(Pattern.compile("http://localhost:.*/session/end.*"));
    page.locator("button[value=yes]").click();
    page.waitForURL(console + "/sign-in");
    page.navigate(console);
    assertThat(page.url()).contains("/console/sign-in");
    assertThat(complaints).as("what the browser complains of").isEmpty();
  }

  @Test
  void whoIsRefusedReadsWhy() {
    var page = page();
    page.navigate(console);
    vouch(page, "norman");
    page.waitForURL(Pattern.compile(".*/console/sign-in/callback.*"));
    assertThat(page.title()).startsWith("Not signed in");
    assertThat(page.content()).contains("CONSOLE_OPENID_ROLE", "'groups'", "staff");
    picture(page, "not-signed-in");
    assertThat(violations(page)).isEmpty();
  }
}
