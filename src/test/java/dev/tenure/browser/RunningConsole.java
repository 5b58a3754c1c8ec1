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
import dev.tenure.scim.ScimJson;
import dev.tenure.testkit.Product;
import dev.tenure.testkit.ScimCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The quickstart's company as a process of its own, and Debian's chromium: started once for all
/// tests that extend with [Shared]. Pictures are kept in `target/pages`. How many people there are
/// is said by `-Dbrowser.people`.
final class RunningConsole implements AutoCloseable {
  static final String ORGANIZATION = "contact-centre";
  private static final int PEOPLE = Integer.getInteger("browser.people", 1_000);
  private static final Path PICTURES = Path.of("target/pages");
  private static final String CHROMIUM = "/usr/bin/chromium";
  private static final Pattern SERVING = Pattern.compile("console at (\\S+?/console):");

  /// A company of thousands takes longer than anything else that tests wait for.
  private static final int PATIENCE = 5;

  private static final String OWN_PASSWORD = "correct horse battery staple";

  private final Product product = Product.here();
  private final Product.Running running;
  private final Playwright playwright;
  private final Browser browser;
  private final String base;
  private String password;

  /// Starts it before the first test class that wants it, and ends it after all of them.
  static final class Shared implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      shared(context);
    }

    private static RunningConsole shared(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(RunningConsole.class))
          .computeIfAbsent(
              RunningConsole.class, _ -> now = new RunningConsole(), RunningConsole.class);
    }
  }

  private static @Nullable RunningConsole now;

  static RunningConsole now() {
    return Objects.requireNonNull(now, "no test class extends with it");
  }

  private RunningConsole() {
    running = product.start("quickstart", "--port", "0", "--size", Integer.toString(PEOPLE));
    awaits(() -> SERVING.matcher(running.err()).find());
    var found = SERVING.matcher(running.err());
    assertThat(found.find()).isTrue();
    base = found.group(1);
    try {
      password = Files.readString(product.data().resolve("console-password")).strip();
      Files.createDirectories(PICTURES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private void awaits(BooleanSupplier so) {
    for (int i = 0; i < PATIENCE && running.process().isAlive(); i++) {
      if (Product.until(() -> so.getAsBoolean() || !running.process().isAlive())) break;
    }
    assertThat(so.getAsBoolean()).as(running.out() + running.err()).isTrue();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
    product.close();
  }

  /// The address of the console.
  String base() {
    return base;
  }

  String password() {
    return password;
  }

  /// Changes the configuration of the running server; it counts within seconds.
  void configure(String before, String after) {
    var file = product.data().resolve("tenure.yaml");
    try {
      var text = Files.readString(file);
      assertThat(text).contains(before);
      Files.writeString(file, text.replace(before, after));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a new client of the organization, made by command, sees of it.
  ScimCalls client(String name) {
    try {
      var config = Files.readString(product.data().resolve("tenure.yaml"));
      product.file("tenure.yaml", config.replace("${file:secrets/", "${file:data/secrets/"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var made = product.run("client", "create", ORGANIZATION, name, "--token", "--output", "json");
    assertThat(made.exit()).as(made.out() + made.err()).isZero();
    var token = ScimJson.read(made.out()).path("token").asString("");
    return new ScimCalls(URI.create(base.replace("/console", "/" + ORGANIZATION)), token);
  }

  Page page(int width, ColorScheme scheme) {
    var options =
        new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme);
    var page = browser.newContext(options).newPage();
    page.setDefaultTimeout(60_000);
    return page;
  }

  Page signedIn(int width, ColorScheme scheme) {
    var page = page(width, scheme);
    page.navigate(base);
    page.getByLabel("Name").fill("admin");
    page.getByLabel("Password").fill(password);
    page.getByText("Sign in", new Page.GetByTextOptions().setExact(true)).last().click();
    assertThat(page.title()).startsWith("Overview");
    return page;
  }

  /// Changes the password that stood in a file, as the console asks for.
  void ownPassword(Page page) {
    if (password.equals(OWN_PASSWORD)) return;
    shows(page, "Somebody else has seen your password");
    follow(page, "Change it");
    page.getByLabel("Old password").fill(password);
    page.getByLabel("New password, at least").fill(OWN_PASSWORD);
    page.getByLabel("New password again").fill(OWN_PASSWORD);
    press(page, "Change");
    shows(page, "Your password is changed");
    password = OWN_PASSWORD;
  }

  Page signedIn() {
    return signedIn(1280, ColorScheme.LIGHT);
  }

  static List<String> violations(Page page) {
    return violations(page, new AxeBuilder(page));
  }

  static List<String> violations(Page page, AxeBuilder axe) {
    return axe.analyze().getViolations().stream()
        .map(v -> page.url() + " " + v.getId() + " " + v.getNodes().getFirst().getHtml())
        .toList();
  }

  static Path picture(Page page, String path, String kind) {
    var name = (path.isEmpty() ? "overview" : path.substring(1)).replaceAll("[^a-z0-9]+", "-");
    var file = PICTURES.resolve(name + "-" + kind + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(false));
    return file;
  }

  /// A page of a story: kept as a picture, and accessible.
  static void seen(Page page, String name) {
    picture(page, "/story-" + name, "light");
    assertThat(violations(page)).isEmpty();
  }

  static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
  }

  static void follow(Page page, String link) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link)).first().click();
  }

  static void shows(Page page, String text) {
    page.getByText(text).first().waitFor();
  }

  /// Somebody who is in scope and has an account, on their page.
  Page somebody(String search) {
    var page = signedIn();
    page.navigate(base + "/people?q=" + search);
    page.locator("tbody tr")
        .filter(new Locator.FilterOptions().setHasText("in scope"))
        .filter(new Locator.FilterOptions().setHasText("yes"))
        .first()
        .getByRole(AriaRole.LINK)
        .click();
    page.waitForURL(Pattern.compile(".*/people/people/E.*"));
    return page;
  }
}
