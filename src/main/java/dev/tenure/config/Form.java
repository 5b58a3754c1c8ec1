package dev.tenure.config;

/// The forms a scalar may have, in words; the JSON Schema has the same (a test compares them).
/// `title`: what is expected; `remedy`: how to write it.
enum Form {
  TEXT("a text", "write a text; in quotes where it looks like a number, true or false"),
  COUNT("a whole number of at least 0", "write a whole number such as 100"),
  AMOUNT("an amount of at least 0", "write a number such as 115.00"),
  DURATION("a duration", "write it like 500ms, 30s, 5m, 2h or 7d"),
  SHARE("a share", "write it like 80% or 0.8"),
  FLAG("true or false", "write true or false"),
  SECRET(
      "a secret as ${env:NAME} or ${file:PATH}",
      "put it into an environment variable or a file, and write ${env:NAME} or ${file:PATH}"),
  MAPPING("a mapping", "write keys with values below it"),
  LIST("a list", "write a list such as [a, b]");

  private final String title;
  private final String remedy;

  Form(String title, String remedy) {
    this.title = title;
    this.remedy = remedy;
  }

  String title() {
    return title;
  }

  String remedy() {
    return remedy;
  }
}
