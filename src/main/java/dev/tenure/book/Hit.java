package dev.tenure.book;

/// A place where searched words stand. `address` is its page with the anchor, `text` what stands
/// around the first of the words.
public record Hit(String address, String page, String section, String text) {}
