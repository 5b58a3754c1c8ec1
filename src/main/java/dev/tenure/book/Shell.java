package dev.tenure.book;

import java.util.List;

/// What surrounds a page: head, table of contents, foot. `theme` is `light`, `dark` or nothing; a
/// `served` book can be searched and has a way to the console.
public record Shell(Book book, String theme, boolean served) {

  /// The whole document of a page.
  public String page(Page page) {
    return document(page.title(), page.path(), page.root(), page.html());
  }

  /// The document with what was found; `words` as they were typed.
  public String found(String words, List<Hit> hits) {
    var body = new StringBuilder("<h1>Search</h1>\n").append(form(words, ""));
    if (hits.isEmpty() && !words.isBlank()) {
      body.append("<p>Nowhere do all of these words stand together. Try fewer.</p>\n");
    }
    body.append("<ul class=\"hits\">\n");
    for (var hit : hits) {
      body.append(
          "<li><a href=\"%s\">%s</a> <span class=\"faint\">%s</span><br>%s</li>\n"
              .formatted(
                  escaped(hit.address()),
                  escaped(hit.section()),
                  escaped(hit.page()),
                  escaped(hit.text())));
    }
    return document("Search", "search.html", "", body.append("</ul>\n").toString());
  }

  private static String form(String words, String root) {
    return """
    <form class="seek" action="%ssearch.html" role="search">
    <label>Search the book <input name="q" type="search" maxlength="100" value="%s"></label>
    <button type="submit">Search</button>
    </form>
    """
        .formatted(root, escaped(words));
  }

  private String document(String title, String path, String root, String body) {
    return """
    <!doctype html>
    <html lang="en" data-theme="%1$s">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%2$s · Tenure</title>
    <link rel="icon" href="%3$sicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="%3$sconsole.css">
    <link rel="stylesheet" href="%3$sbook.css">
    </head>
    <body class="book">
    <a class="skip" href="#main">Skip to content</a>
    <header class="top">
    <a class="brand" href="%3$sindex.html">The book of Tenure</a>
    <a class="narrow" href="#contents">Contents</a>
    %4$s</header>
    <div class="shelf">
    <main id="main" tabindex="-1">
    %5$s</main>
    %6$s</div>
    </body>
    </html>
    """
        .formatted(theme, escaped(title), root, ways(path, root), body, contents(path, root));
  }

  private String ways(String path, String root) {
    if (!served) return "";
    var search = path.equals("search.html") ? "" : form("", root);
    return search + "<a href=\"/console\">Console</a>\n";
  }

  private String contents(String path, String root) {
    var nav = new StringBuilder("<nav id=\"contents\" aria-label=\"Contents\">\n");
    for (var chapter : book.chapters()) {
      nav.append("<h2>").append(escaped(chapter.title())).append("</h2>\n<ul>\n");
      for (var entry : chapter.entries()) {
        var current = entry.path().equals(path) ? " aria-current=\"page\"" : "";
        nav.append(
            "<li><a href=\"%s%s\"%s>%s</a></li>\n"
                .formatted(root, escaped(entry.path()), current, escaped(entry.title())));
      }
      nav.append("</ul>\n");
    }
    return nav.append("</nav>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
