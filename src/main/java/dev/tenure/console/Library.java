package dev.tenure.console;

import dev.tenure.book.Book;
import dev.tenure.book.Shell;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import java.util.Map;

/// The book, at `/docs`. Who is not signed in may read it, too: it tells nothing of this
/// installation, and who cannot sign in needs it most.
final class Library {
  private static final String HOME = "docs";
  private static final int WORDS_MAX = 100;

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json");

  /// Read by the first who asks: most processes never show it.
  private static final class Shelf {
    private static final Book BOOK = Book.read();
  }

  /// Whether this request is for the book. An organization may have the name `docs`: its own
  /// addresses do not end as files of the book do.
  static boolean isFor(Request request) {
    var path = request.head().path();
    if (path.isEmpty() || !path.getFirst().equals(HOME)) return false;
    if (!request.method().equals("GET")) return false;
    return path.size() == 1 || path.get(1).isEmpty() || TYPES.containsKey(ending(path.getLast()));
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  Routes routes() {
    return new Routes()
        .add("GET", "/docs", _ -> Asked.to("/docs/index.html"))
        .add("GET", "/docs/search.html", this::found)
        .add("GET", "/docs/{page...}", this::answer);
  }

  private Response answer(Request request) {
    var name = request.variable("page");
    if (name.isEmpty()) return Asked.to("/docs/index.html");
    var page = Shelf.BOOK.page(name);
    if (page.isPresent()) return html(shell(request).page(page.get()));
    var file = Shelf.BOOK.file(name).orElseThrow(Library::missing);
    var answer = Response.bytes(200, TYPES.getOrDefault(ending(name), "text/plain"), file);
    return answer
        .with("Cache-Control", "public, max-age=300")
        .with("X-Content-Type-Options", "nosniff");
  }

  private Response found(Request request) {
    var typed = request.query().first("q").orElse("");
    var words = typed.substring(0, Math.min(WORDS_MAX, typed.length()));
    return html(shell(request).found(words, Shelf.BOOK.search(words)));
  }

  private static Shell shell(Request request) {
    return new Shell(Shelf.BOOK, Cookies.theme(request), true);
  }

  private static Response html(String text) {
    return Response.of(200, "text/html; charset=utf-8", text).with(Pages.FIELDS);
  }

  private static HttpFailure missing() {
    return new HttpFailure(404, "the book has no such page; its contents are at /docs");
  }
}
