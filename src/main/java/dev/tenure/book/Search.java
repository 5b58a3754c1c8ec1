package dev.tenure.book;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Looks for words. All of them must stand under one heading, in any letter case; parts of words
/// count.
final class Search {
  private static final int HITS_MAX = 40;
  private static final int WORDS_MAX = 8;
  private static final int AROUND = 90;

  private final List<String> words;

  Search(String text) {
    this.words =
        Stream.of(text.toLowerCase(Locale.ROOT).split("\\s+", -1))
            .filter(word -> !word.isEmpty())
            .limit(WORDS_MAX)
            .toList();
  }

  List<Hit> in(List<Page> pages) {
    var inTitles = new ArrayList<Hit>();
    var others = new ArrayList<Hit>();
    if (words.isEmpty()) return others;
    for (var page : pages) {
      for (var section : page.sections()) {
        var title = (page.title() + " " + section.title()).toLowerCase(Locale.ROOT);
        var all = title + " " + section.text().toLowerCase(Locale.ROOT);
        if (!words.stream().allMatch(all::contains)) continue;
        boolean named = words.stream().anyMatch(section.title().toLowerCase(Locale.ROOT)::contains);
        (named ? inTitles : others).add(hit(page, section));
      }
    }
    inTitles.addAll(others);
    return inTitles.subList(0, Math.min(HITS_MAX, inTitles.size()));
  }

  private Hit hit(Page page, Page.Section section) {
    var text = section.text().replaceAll("\\s+", " ").strip();
    var lower = text.toLowerCase(Locale.ROOT);
    int at = words.stream().mapToInt(lower::indexOf).filter(i -> i >= 0).min().orElse(0);
    int from = Math.max(0, at - AROUND);
    int to = Math.min(text.length(), at + AROUND);
    var around =
        (from > 0 ? "… " : "") + text.substring(from, to) + (to < text.length() ? " …" : "");
    return new Hit(page.path() + "#" + section.id(), page.title(), section.title(), around);
  }
}
