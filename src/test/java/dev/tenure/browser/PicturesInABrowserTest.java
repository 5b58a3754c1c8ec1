package dev.tenure.browser;

import static dev.tenure.browser.RunningConsole.shows;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The pictures of `README.md`, taken of the quickstart's company, whose people are made up. This
/// class alone with `-Dbrowser.pictures=write` keeps them in `docs/pictures`; else it proves that
/// they can be taken, and that those that are kept are shown.
@ExtendWith(RunningConsole.Shared.class)
class PicturesInABrowserTest {
  private static final Path KEPT = Path.of("docs/pictures");
  private static final boolean WRITES = "write".equals(System.getProperty("browser.pictures"));
  private static final int BYTES_MAX = 150_000;
  private static final int PATIENCE = 120;
  private static final int WIDTH = 1_280;
  private static final int HEIGHT = 800;

  private static RunningConsole console() {
    return RunningConsole.now();
  }

  @Test
  void whatOneGetsIsShown() throws IOException {
    var page = console().signedIn(WIDTH, ColorScheme.LIGHT);
    page.setViewportSize(WIDTH, HEIGHT);
    console().ownPassword(page);
    page.navigate(console().base());
    page.locator("div#ahead").waitFor();
    taken(page, "overview");
    page.navigate(console().base() + "/plans/people/2");
    shows(page, "gain a role");
    below(page.locator("#totals"));
    taken(page, "plan");
    page.locator(".change").filter(text("mover")).first().getByRole(AriaRole.LINK).click();
    page.waitForURL(Pattern.compile(".*/people/people/E.*"));
    taken(page, "person");
    lookedAtLicences(page);
    taken(page, "licences");
  }

  /// What is reserved and reclaimable is looked at a minute after the start.
  private static void lookedAtLicences(Page page) {
    for (int i = 0; i < PATIENCE; i++) {
      page.navigate(console().base() + "/licences");
      if (page.content().contains("reserved for people")) return;
      page.waitForTimeout(1_000);
    }
    throw new AssertionError("nobody looked: " + page.content());
  }

  private static Locator.FilterOptions text(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static void below(Locator place) {
    place.evaluate("e => window.scrollTo(0, e.getBoundingClientRect().top + scrollY - 12)");
  }

  private static void taken(Page page, String name) throws IOException {
    var taken = RunningConsole.picture(page, "/readme-" + name, "light");
    var kept = KEPT.resolve("console-" + name + ".png");
    if (WRITES) Files.write(kept, Palette.png(taken));
    assertThat(Files.size(kept)).as(kept.toString()).isLessThan(BYTES_MAX);
    assertThat(Files.readString(Path.of("README.md")))
        .containsPattern("!\\[[^\\]]{20,}\\]\\(" + Pattern.quote(kept.toString()) + "\\)");
  }
}
