package dev.tenure.reconcile;

import dev.tenure.plan.Values;
import dev.tenure.scim.schema.Schema;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What tells a human apart, read from an account or from what the rules want: as it is written.
/// Empty text for none.
record Card(
    String userName,
    String externalId,
    List<String> emails,
    String givenName,
    String familyName,
    String employeeNumber,
    String department) {
  private static final Pattern MARKS = Pattern.compile("\\p{M}");
  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]");

  static Card of(JsonNode account) {
    var name = Values.member(account, "name");
    var extension = Values.member(account, Schema.ENTERPRISE);
    return new Card(
        text(account, "userName"),
        text(account, "externalId"),
        Values.elements(Values.member(account, "emails")).stream()
            .map(e -> text(e, "value"))
            .filter(e -> !e.isBlank())
            .toList(),
        text(name, "givenName"),
        text(name, "familyName"),
        text(extension, "employeeNumber"),
        text(extension, "department"));
  }

  private static String text(JsonNode object, String name) {
    return Values.member(object, name).asString("").strip();
  }

  /// The emails in lower case.
  Set<String> mailKeys() {
    return emails.stream()
        .map(e -> e.toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  String nameKey() {
    return userName.toLowerCase(Locale.ROOT);
  }

  /// Whether the two are reached under one address or name.
  boolean meets(Card other) {
    if (!userName.isEmpty() && nameKey().equals(other.nameKey())) return true;
    return mailKeys().stream().anyMatch(other.mailKeys()::contains);
  }

  /// Letters and digits alone, without accents: `Müller-Groß` and `MUELLER GROSS` stay different,
  /// `René` and `Rene` do not.
  static String folded(String text) {
    var plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    return NO_LETTERS.matcher(plain.toLowerCase(Locale.ROOT).replace("ß", "ss")).replaceAll("");
  }
}
