package dev.tenure.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.tenure.testkit.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The book in Debian's chromium, as static pages. Pictures are kept in `target/pages`.
class BookInABrowserTest {
  private static final Path PICTURES = Path.of("target/pages");

  private static final int WIDE = 1280;

  private static final List<String> PAGES =
      List.of(
          "index.html",
          "start.html",
          "concepts.html",
          "configuration.html",
          "problems.html",
          "guides/genesys-cloud.html");

  private static Browser chromium(Playwright playwright) {
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(Path.of("/usr/bin/chromium"))
                .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }

  @Test
  void everyPageIsAccessibleInLightAndDarkAndFitsASmallScreen() throws IOException {
    Files.createDirectories(PICTURES);
    var environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    try (var product = Product.here();
        var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        var browser = chromium(playwright)) {
      var book = product.folder().resolve("book");
      assertThat(product.start("docs", "--to", book.toString()).awaitEnd()).isZero();
      var broken = new ArrayList<String>();
      for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        for (int width : List.of(WIDE, 360)) broken.addAll(looked(browser, scheme, width, book));
      }
      assertThat(broken).isEmpty();
    }
  }

  private static List<String> looked(Browser browser, ColorScheme scheme, int width, Path book) {
    var options = new Browser.NewContextOptions().setViewportSize(width, 900);
    var broken = new ArrayList<String>();
    try (var context = browser.newContext(options.setColorScheme(scheme))) {
      var page = context.newPage();
      for (var path : PAGES) {
        page.navigate(book.resolve(path).toUri().toString());
        violations(page, scheme, width)
            .forEach(
                v -> broken.add(path + " " + v.getId() + " " + v.getNodes().getFirst().getHtml()));
        var over = page.evaluate("document.documentElement.scrollWidth > innerWidth");
        if (over.equals(true)) broken.add(path + " is wider than " + width);
        var kind = scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
        var name = "book-" + path.replaceAll("[^a-z]+", "-") + kind + ".png";
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name)));
      }
    }
    return broken;
  }

  /// In the dark only the colours are others, and they are the same at any width.
  private static List<Rule> violations(Page page, ColorScheme scheme, int width) {
    var axe = new AxeBuilder(page);
    if (scheme == ColorScheme.DARK) {
      if (width < WIDE) return List.of();
      axe.withRules(List.of("color-contrast"));
    }
    return axe.analyze().getViolations();
  }
}
