package dev.tenure.policy.function;

import static dev.tenure.policy.function.Overload.FLAG;
import static dev.tenure.policy.function.Overload.TEXT;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Phone numbers as people write them, in the one form that systems agree on (ITU-T E.164).
final class PhoneFunctions {
  private static final int LENGTH_MAX = 100;

  static final List<Overload> ALL =
      List.of(
          Overload.of(
              "phone",
              List.of(TEXT, TEXT, TEXT),
              g -> written(g.text(0), g.text(1), PhoneNumberFormat.E164)),
          Overload.of(
              "phone",
              List.of(TEXT, TEXT, TEXT, TEXT),
              g -> written(g.text(0), g.text(1), format(g.text(2)))),
          Overload.of(
              "isPhone",
              List.of(FLAG, TEXT, TEXT),
              g -> parsed(g.text(0), region(g.text(1))).isPresent()));

  private PhoneFunctions() {}

  /// Reads the numbering plans of the world when it is first needed.
  private static final class Plans {
    static final PhoneNumberUtil ALL = PhoneNumberUtil.getInstance();
  }

  /// `region` is the country (ISO 3166) whose numbers need no prefix. An empty text stays one.
  private static String written(String text, String region, PhoneNumberFormat format) {
    if (text.isBlank()) return "";
    var number = parsed(text, region(region));
    if (number.isEmpty()) {
      throw new Refusal(
          "'" + text + "' is not a phone number that can exist in " + region + " or with a +",
          text,
          "correct it in the source, or let isPhone ask first");
    }
    return Plans.ALL.format(number.get(), format);
  }

  private static Optional<PhoneNumber> parsed(String text, String region) {
    if (text.isBlank() || text.length() > LENGTH_MAX) return Optional.empty();
    try {
      var number = Plans.ALL.parse(text, region);
      return Plans.ALL.isPossibleNumber(number) ? Optional.of(number) : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  private static String region(String region) {
    var upper = region.strip().toUpperCase(Locale.ROOT);
    if (Plans.ALL.getSupportedRegions().contains(upper)) return upper;
    throw new Refusal(
        "there is no country '" + region + "'", region, "write its two letters, such as \"DE\"");
  }

  private static PhoneNumberFormat format(String name) {
    return switch (name) {
      case "e164" -> PhoneNumberFormat.E164;
      case "international" -> PhoneNumberFormat.INTERNATIONAL;
      case "national" -> PhoneNumberFormat.NATIONAL;
      case "uri" -> PhoneNumberFormat.RFC3966;
      default ->
          throw new Refusal(
              "no form '" + name + "'", name, "write e164, international, national or uri");
    };
  }
}
