package dev.tenure.book;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// Where the links of a page lead: to other pages as `.html`, to files of the book as they are.
final class Links {
  /// Files of the product that pages refer to, and their place in the book.
  static final Map<String, String> ELSEWHERE =
      Map.of("../src/main/resources/dev/tenure/config/tenure.schema.json", "tenure.schema.json");

  /// The page that the links stand on, such as `guides/csv.md`.
  private final String from;

  private final List<String> targets = new ArrayList<>();

  Links(String from) {
    this.from = from;
  }

  /// All files of the book that were linked to, by their paths below `docs`.
  List<String> targets() {
    return targets;
  }

  /// The address in the book of what the page calls `destination`.
  String address(String destination) {
    if (destination.startsWith("#") || destination.contains("://")) return destination;
    int hash = destination.indexOf('#');
    var file = hash < 0 ? destination : destination.substring(0, hash);
    var anchor = hash < 0 ? "" : destination.substring(hash);
    var moved = ELSEWHERE.get(file);
    if (moved != null) return moved + anchor;
    targets.add(resolved(from, file));
    return html(file) + anchor;
  }

  /// The address of a file below `docs`: a `README` is the first page of its folder.
  static String html(String file) {
    return file.replaceFirst("(^|/)README\\.md$", "$1index.html").replaceFirst("\\.md$", ".html");
  }

  private static String resolved(String from, String file) {
    Deque<String> way = new ArrayDeque<>();
    int slash = from.lastIndexOf('/');
    var whole = slash < 0 ? file : from.substring(0, slash + 1) + file;
    for (var part : whole.split("/", -1)) {
      if (!part.equals("..")) way.addLast(part);
      else if (way.pollLast() == null) way.addLast(part);
    }
    return String.join("/", way);
  }
}
