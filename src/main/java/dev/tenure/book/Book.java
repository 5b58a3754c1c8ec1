package dev.tenure.book;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.commonmark.node.BulletList;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;

/// All pages of the book and the files that they refer to, as the product carries them. The table
/// of contents is `docs/README.md`; a page is in the book when a way of links leads there.
/// Immutable; reading it takes some tenths of a second.
public final class Book {
  private static final String CONTENTS = "README.md";

  /// Files that every page needs.
  private static final List<String> FRAME = List.of("console.css", "book.css", "icon.svg");

  private final Map<String, Page> pages = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<Chapter> chapters = new ArrayList<>();

  private Book() {}

  /// Reads it. A page or file that is linked to and not there is an [IllegalStateException].
  public static Book read() {
    var book = new Book();
    for (var name : FRAME) book.files.put(name, bytes("/static/" + name));
    Links.ELSEWHERE.forEach(
        (file, name) -> book.files.put(name, bytes(file.replace("../src/main/resources", ""))));
    var waiting = new ArrayDeque<>(List.of(CONTENTS));
    while (!waiting.isEmpty()) {
      var file = waiting.removeFirst();
      if (book.pages.containsKey(Links.html(file)) || book.files.containsKey(file)) continue;
      if (file.endsWith(".md")) waiting.addAll(book.add(file));
      else book.files.put(file, bytes("/docs/" + file));
    }
    return book;
  }

  /// Adds a page; gives the files that it links to.
  private List<String> add(String file) {
    var links = new Links(file);
    var text = new String(bytes("/docs/" + file), StandardCharsets.UTF_8);
    var markdown = new Markdown(text, links);
    var sections = sections(markdown);
    var title = sections.isEmpty() ? file : sections.getFirst().title();
    var path = Links.html(file);
    pages.put(path, new Page(path, title, markdown.html(), sections));
    if (file.equals(CONTENTS)) contents(markdown.document());
    return links.targets();
  }

  private static byte[] bytes(String resource) {
    try (var in = Book.class.getResourceAsStream(resource)) {
      if (in == null) throw new IllegalStateException("the book lacks " + resource);
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Page.Section> sections(Markdown markdown) {
    var sections = new ArrayList<Page.Section>();
    for (var node = markdown.document().getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading) {
        sections.add(new Page.Section(markdown.id(heading), Texts.of(heading).strip(), ""));
      } else if (!sections.isEmpty()) {
        var last = sections.removeLast();
        sections.add(new Page.Section(last.id(), last.title(), last.text() + Texts.of(node)));
      }
    }
    return sections;
  }

  /// Each heading of the table of contents with the links of the lists below it.
  private void contents(Node document) {
    for (var node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading && heading.getLevel() == 2) {
        chapters.add(new Chapter(Texts.of(heading).strip(), List.of()));
      } else if (node instanceof BulletList list && !chapters.isEmpty()) {
        var before = chapters.removeLast();
        var entries = new ArrayList<>(before.entries());
        for (var item = list.getFirstChild(); item != null; item = item.getNext()) {
          if (item instanceof ListItem) entry(item).ifPresent(entries::add);
        }
        chapters.add(new Chapter(before.title(), entries));
      }
    }
  }

  private static Optional<Chapter.Entry> entry(Node item) {
    return Optional.ofNullable(item.getFirstChild())
        .map(Node::getFirstChild)
        .filter(Link.class::isInstance)
        .map(Link.class::cast)
        .map(link -> new Chapter.Entry(link.getDestination(), Texts.of(link).strip()));
  }

  public List<Chapter> chapters() {
    return List.copyOf(chapters);
  }

  /// By their paths, in the order in which they were found.
  public Map<String, Page> pages() {
    return Collections.unmodifiableMap(pages);
  }

  public Optional<Page> page(String path) {
    return Optional.ofNullable(pages.get(path));
  }

  /// The names of all other files, such as `book.css`.
  public List<String> files() {
    return List.copyOf(files.keySet());
  }

  /// What is in a file, for reading only.
  public Optional<byte[]> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  /// Where all of these words stand under one heading; those with one in the heading first.
  public List<Hit> search(String words) {
    return new Search(words).in(List.copyOf(pages.values()));
  }
}
