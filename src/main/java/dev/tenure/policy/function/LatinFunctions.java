package dev.tenure.policy.function;

import static dev.tenure.policy.function.Overload.TEXT;

import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;

/// Plain letters for names of all scripts.
final class LatinFunctions {
  static final List<Overload> ALL =
      List.of(
          Overload.of("normalise", List.of(TEXT, TEXT), g -> normalise(g.text(0))),
          Overload.of("transliterate", List.of(TEXT, TEXT), g -> ascii(g.text(0))),
          Overload.of(
              "transliterate", List.of(TEXT, TEXT, TEXT), g -> ascii(asIn(g.text(1), g.text(0)))));

  private static final String[][] GERMAN = {
    {"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "Ae"}, {"Ö", "Oe"}, {"Ü", "Ue"}, {"ß", "ss"}
  };
  private static final String[][] NORDIC = {
    {"å", "aa"}, {"ø", "oe"}, {"æ", "ae"}, {"ä", "ae"}, {"ö", "oe"},
    {"Å", "Aa"}, {"Ø", "Oe"}, {"Æ", "Ae"}, {"Ä", "Ae"}, {"Ö", "Oe"}
  };
  private static final Map<String, String[][]> LANGUAGES =
      Map.of("de", GERMAN, "da", NORDIC, "nb", NORDIC, "nn", NORDIC, "sv", NORDIC, "fi", NORDIC);

  private LatinFunctions() {}

  /// ICU reads its rules when it is first needed.
  private static final class Icu {
    static final Transliterator ASCII =
        Transliterator.getInstance("Any-Latin; Latin-ASCII; [^\\u0020-\\u007e] Remove");
  }

  /// Without marks on letters, each script kept: `Zoë` → `Zoe`.
  static String normalise(String text) {
    if (isAscii(text)) return text;
    var marked = Normalizer.normalize(text, Normalizer.Form.NFD);
    var bare = new StringBuilder();
    marked
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(bare::appendCodePoint);
    return Normalizer.normalize(bare, Normalizer.Form.NFC);
  }

  /// In letters of ASCII, whatever script it was in; what has no such letters goes.
  private static String ascii(String text) {
    return isAscii(text) ? text : Icu.ASCII.transliterate(text);
  }

  private static String asIn(String language, String text) {
    var letters = LANGUAGES.get(language);
    if (letters == null) {
      throw new Refusal(
          "there are no rules for the language '" + language + "'",
          language,
          "use one of de, da, nb, nn, sv, fi, or none");
    }
    if (isAscii(text)) return text;
    var result = Normalizer.normalize(text, Normalizer.Form.NFC);
    for (var letter : letters) result = result.replace(letter[0], letter[1]);
    return result;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
