package dev.tenure.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The book holds together: every page of `docs` is in it, every link leads somewhere, and nothing
/// of a page becomes markup that it should not.
class BookPagesTest {
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile("\\sid=\"([^\"]*)\"");
  private static final Pattern MARKDOWN_LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Path DOCS = Path.of("docs");

  private final Book book = Book.read();

  private static List<String> sources() throws IOException {
    try (var files = Files.walk(DOCS)) {
      return files
          .filter(f -> f.toString().endsWith(".md"))
          .map(f -> DOCS.relativize(f).toString())
          .toList();
    }
  }

  @Test
  void everyPageOfDocsIsInTheBook() throws IOException {
    var paths = sources().stream().map(Links::html).toList();
    assertThat(book.pages().keySet()).containsExactlyInAnyOrderElementsOf(paths);
  }

  /// But for the records of decisions, which have a table of their own.
  @Test
  void everyPageHasOneLineInTheContents() {
    var lines = book.chapters().stream().flatMap(c -> c.entries().stream()).toList();
    var expected = new TreeSet<>(book.pages().keySet());
    expected.removeIf(path -> path.equals("index.html") || path.matches("decisions/\\d.*"));
    assertThat(lines).extracting(Chapter.Entry::path).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void noLinkAndNoAnchorIsDead() {
    var shell = new Shell(book, "", false);
    var dead = new ArrayList<String>();
    for (var page : book.pages().values()) {
      var whole = shell.page(page);
      for (var link : all(LINK, whole)) {
        if (!link.contains("://") && !leadsSomewhere(page, link)) {
          dead.add(page.path() + ": " + link);
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  private boolean leadsSomewhere(Page from, String link) {
    var to = URI.create("/" + from.path()).resolve(link);
    var path = to.getPath().substring(1);
    var page = book.page(path);
    if (page.isEmpty()) return book.file(path).isPresent();
    var anchor = to.getFragment();
    return anchor == null
        || ids(page.get()).contains(anchor)
        || anchor.equals("main")
        || anchor.equals("contents");
  }

  private static Set<String> ids(Page page) {
    return new HashSet<>(all(ID, page.html()));
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult r) -> r.group(1)).toList();
  }

  /// The pages that are read where the code is.
  @Test
  void noLinkOfTheFrontPagesIsDead() throws IOException {
    for (var file : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      for (var link : all(MARKDOWN_LINK, Files.readString(Path.of(file)))) {
        if (link.contains("://")) continue;
        var parts = link.split("#", 2);
        assertThat(Path.of(parts[0])).as(file + ": " + link).exists();
        if (parts.length == 1 || !parts[0].startsWith("docs/")) continue;
        var page = book.page(Links.html(parts[0].substring("docs/".length()))).orElseThrow();
        assertThat(ids(page)).as(file + ": " + link).contains(parts[1]);
      }
    }
  }

  @Test
  void anchorsAreThereOnce() {
    for (var page : book.pages().values()) {
      assertThat(all(ID, page.html())).as(page.path()).doesNotHaveDuplicates();
    }
  }

  @Test
  void everyProblemHasAnAnchor() {
    var codes = java.util.Arrays.stream(dev.tenure.problem.Code.values()).map(Enum::name).toList();
    assertThat(ids(book.page("problems.html").orElseThrow())).containsAll(codes);
  }

  @Test
  void htmlIsShownAndNotDone() {
    var markdown =
        new Markdown(
            """
            # Title <script>alert(1)</script>

            <img src=x onerror=alert(1)>

            A <b onclick="x()">word</b>, [a link](javascript:alert(1)), <!-- a note -->

            <!-- gone -->

            | a | b |
            |---|---|
            | <i>c</i> | `</table><script>` |
            """,
            new Links("page.md"));
    assertThat(markdown.html())
        .doesNotContain("<script", "<img", "<b ", "<i>", "javascript:", "gone")
        .contains("&lt;img src=x", "&lt;i&gt;");
  }

  @Test
  void whatIsSearchedIsFound() {
    assertThat(book.search("MAP_NO_ENTRY"))
        .extracting(Hit::address)
        .contains("problems.html#problems");
    assertThat(book.search("grants NOBODY-would-write-this")).isEmpty();
    assertThat(book.search(" ")).isEmpty();
    var shown = new Shell(book, "", true).found("<b>\"&", List.of());
    assertThat(shown).contains("value=\"&lt;b&gt;&quot;&amp;\"").doesNotContain("<b>");
  }
}
