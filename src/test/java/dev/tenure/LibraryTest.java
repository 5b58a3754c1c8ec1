package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.book.Book;
import dev.tenure.cli.Workplace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The book as a server shows it, to whoever asks.
class LibraryTest {
  private static Site site;
  private static Workplace place;
  private static Browser browser;
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    site = Site.with("organizations: {docs: {clients: {idp: {token: \"${env:ACME_TOKEN}\"}}}}\n");
    place = site.serve();
    browser = new Browser(place.base());
  }

  @AfterAll
  static void stop() {
    place.close();
    site.close();
  }

  @Test
  void everyPageAndFileIsThere() {
    var book = Book.read();
    for (var path : book.pages().keySet()) {
      var page = browser.get("/docs/" + path);
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'")
          .doesNotContain("unsafe");
      assertThat(page.body()).doesNotContain("<script", " style=", "<!--");
    }
    for (var file : book.files()) {
      assertThat(browser.get("/docs/" + file).statusCode()).as(file).isEqualTo(200);
    }
  }

  @Test
  void theWayInIsShort() {
    var first = browser.get("/docs");
    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(first.headers().firstValue("Location")).hasValue("/docs/index.html");
    assertThat(browser.get("/docs/").headers().firstValue("Location")).hasValue("/docs/index.html");
    assertThat(browser.get("/docs/nothing.html").statusCode()).isEqualTo(404);
    assertThat(browser.get("/docs/..%2f..%2fetc/passwd.html").statusCode()).isEqualTo(404);
  }

  @Test
  void anOrganizationOfThisNameKeepsItsAddresses() {
    var calls = Site.calls(place, "docs");
    assertThat(calls.send("GET", "/scim/v2/Users", "").status()).isEqualTo(200);
  }

  @Test
  void wordsAreSearchedAndShownAsTheyWereTyped() {
    assertThat(browser.get("/docs/search.html?q=Retry-After").body()).contains("delivery.html#");
    assertThat(browser.get("/docs/search.html?q=%3Cscript%3Ealert(1)").body())
        .contains("&lt;script&gt;")
        .doesNotContain("<script");
    assertThat(browser.get("/docs/search.html?q=" + "x".repeat(5000)).statusCode()).isEqualTo(200);
  }

  @Test
  void theSamePagesAreWrittenAsFiles() throws Exception {
    var ran = site.run("docs", "--to", folder.resolve("book").toString());
    assertThat(ran.exit()).as(ran.err()).isZero();
    var book = Book.read();
    for (var path : book.pages().keySet()) {
      assertThat(folder.resolve("book").resolve(path)).isNotEmptyFile();
    }
    for (var path : book.files()) assertThat(folder.resolve("book").resolve(path)).exists();
    assertThat(Files.readString(folder.resolve("book/guides/csv.html")))
        .contains("href=\"../book.css\"")
        .doesNotContain("search.html", "href=\"/");
    assertThat(site.run("docs").exit()).isEqualTo(2);
  }
}
