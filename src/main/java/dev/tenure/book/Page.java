package dev.tenure.book;

import java.util.List;

/// A page of the book. `path` is its address within the book, such as `guides/csv.html`; `html`
/// what stands between its frame, safe to be shown.
public record Page(String path, String title, String html, List<Section> sections) {
  public Page {
    sections = List.copyOf(sections);
  }

  /// What stands under one heading, for searching: its anchor and its text without any markup.
  public record Section(String id, String title, String text) {}

  /// How the way from this page to the root of the book begins: nothing, or `../`.
  public String root() {
    return "../".repeat((int) path.chars().filter(c -> c == '/').count());
  }
}
