package dev.tenure.source.csv;

import dev.tenure.config.Section;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the values of a column are. Expressions get each value in one form, however the file writes
/// it; a value that is none of the type makes its row unreadable.
sealed interface ColumnType {
  /// The value in its one form; empty where it is none of this type.
  Optional<String> read(String text);

  /// What is wanted, for a human.
  String wanted();

  /// Anything, as it stands.
  record Text() implements ColumnType {
    @Override
    public Optional<String> read(String text) {
      return Optional.of(text);
    }

    @Override
    public String wanted() {
      return "a text";
    }
  }

  /// A day or a time, by the first of the formats that fits: `2026-11-25`, `2026-11-25T18:00`,
  /// `2026-11-25T18:00+01:00` (ISO 8601).
  record Date(List<String> formats, List<DateTimeFormatter> readers) implements ColumnType {
    @Override
    public Optional<String> read(String text) {
      return readers.stream().flatMap(reader -> read(reader, text).stream()).findFirst();
    }

    private static Optional<String> read(DateTimeFormatter reader, String text) {
      try {
        return Optional.of(written(reader.parse(text)));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }

    /// Asks what was read instead of trying: a million failures take seconds.
    private static String written(TemporalAccessor read) {
      if (!read.isSupported(ChronoField.HOUR_OF_DAY)) return LocalDate.from(read).toString();
      return read.isSupported(ChronoField.OFFSET_SECONDS)
          ? OffsetDateTime.from(read).toString()
          : LocalDateTime.from(read).toString();
    }

    @Override
    public String wanted() {
      return "a date as " + String.join(" or ", formats);
    }
  }

  /// A number: `1234.5`, without grouping and without zeros at its end.
  record Decimal(boolean comma) implements ColumnType {
    private static final String GROUPING = "[\\u00A0\\u202F ']";

    @Override
    public Optional<String> read(String text) {
      var bare = text.replaceAll(GROUPING, "").replace(comma ? "." : ",", "");
      if (!bare.matches(comma ? "[+-]?[0-9]+(,[0-9]+)?" : "[+-]?[0-9]+(\\.[0-9]+)?")) {
        return Optional.empty();
      }
      var number = new BigDecimal(bare.replace(',', '.')).stripTrailingZeros();
      return Optional.of(number.toPlainString());
    }

    @Override
    public String wanted() {
      return "a number as " + (comma ? "1.234,5" : "1,234.5");
    }
  }

  /// `true` or `false`, by words in any letter case.
  record Flag(Set<String> yes, Set<String> no) implements ColumnType {
    public Flag {
      yes = folded(yes);
      no = folded(no);
    }

    private static Set<String> folded(Set<String> words) {
      return words.stream().map(Flag::fold).collect(Collectors.toUnmodifiableSet());
    }

    private static String fold(String word) {
      return word.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<String> read(String text) {
      var word = fold(text);
      if (yes.contains(word)) return Optional.of("true");
      return no.contains(word) ? Optional.of("false") : Optional.empty();
    }

    @Override
    public String wanted() {
      return "one of " + String.join(", ", yes) + " or of " + String.join(", ", no);
    }
  }

  /// The names of the types in a configuration.
  enum Name {
    TEXT,
    DATE,
    NUMBER,
    FLAG
  }

  /// The decimal sign of a number.
  enum Sign {
    POINT,
    COMMA
  }

  /// Reads `type` with what belongs to it.
  static ColumnType read(Section section) {
    return switch (section.oneOf("type", Name.TEXT)) {
      case TEXT -> new Text();
      case DATE -> date(section);
      case NUMBER -> new Decimal(section.oneOf("decimal", Sign.POINT) == Sign.COMMA);
      case FLAG -> new Flag(words(section, "yes", "true"), words(section, "no", "false"));
    };
  }

  private static ColumnType date(Section section) {
    var given = section.texts("formats");
    var formats = given.isEmpty() ? List.of("yyyy-MM-dd") : given;
    return new Date(formats, formats.stream().flatMap(f -> reader(section, f).stream()).toList());
  }

  /// Strictly: 31.02. is no day. `y` is the year of an era, which strict reading asks for; people
  /// mean `u`.
  private static Optional<DateTimeFormatter> reader(Section section, String format) {
    try {
      var pattern = format.replace('y', 'u');
      return Optional.of(
          DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
              .withResolverStyle(ResolverStyle.STRICT));
    } catch (IllegalArgumentException e) {
      section.require(
          false, "formats", "'" + format + "' is no date format, such as dd.MM.yyyy HH:mm");
      return Optional.empty();
    }
  }

  private static Set<String> words(Section section, String key, String usual) {
    var words = section.texts(key);
    return words.isEmpty() ? Set.of(usual) : new HashSet<>(words);
  }
}
