package dev.tenure.config;

import dev.tenure.config.Finding.By;
import dev.tenure.config.Value.Entry;
import dev.tenure.config.Value.Items;
import dev.tenure.config.Value.Kind;
import dev.tenure.config.Value.Mapping;
import dev.tenure.config.Value.Scalar;
import dev.tenure.config.Wording.Mismatch;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// One mapping of `tenure.yaml`, with the place of each of its values.
///
/// A value that is missing or wrong is noted as a problem and answered with a harmless stand-in
/// (the default, an empty text, zero), so that one reading finds all problems; nothing is used
/// before [Configuration#finish] has said that there were none.
public final class Section {
  private static final int COUNT_DIGITS_MAX = 10;

  /// What the keys are: those of a mapping, the numbers of a list's items, or the 0 of a value that
  /// stands for a list of one.
  private enum View {
    KEYS,
    ITEMS,
    SINGLE
  }

  private final Reading reading;
  private final String path;
  private final Mapping mapping;
  private final View view;

  Section(Reading reading, String path, Mapping mapping) {
    this(reading, path, mapping, View.KEYS);
  }

  private Section(Reading reading, String path, Mapping mapping, View view) {
    this.reading = reading;
    this.path = path;
    this.mapping = mapping;
    this.view = view;
  }

  /// The dotted path from the root, such as `sources.corp.ldap`; empty for the root.
  public String path() {
    return path;
  }

  /// Where the key's value stands, `file:line:column`; the section's own place for a missing key.
  public String at(String key) {
    return reading.document().at(place(key));
  }

  /// What is written in it, whatever its layout and the order of its keys; references to secrets
  /// stay references.
  public String content() {
    return mapping.content();
  }

  /// The keys, in the file's order.
  public List<String> keys() {
    return List.copyOf(mapping.entries().keySet());
  }

  public boolean has(String key) {
    return mapping.entries().containsKey(key);
  }

  /// Whether the key's value is a mapping, for values that may be a text or a section.
  public boolean isSection(String key) {
    return value(key) instanceof Mapping;
  }

  /// A required text.
  public String text(String key) {
    if (!has(key)) noteMissing(key);
    return text(key, "");
  }

  public String text(String key, String otherwise) {
    return read(key, Form.TEXT, s -> Optional.of(resolved(key, s))).orElse(otherwise);
  }

  public Optional<String> optionalText(String key) {
    return read(key, Form.TEXT, s -> Optional.of(resolved(key, s)));
  }

  /// A list of texts; a single text counts as a list of one, a missing key as none.
  public List<String> texts(String key) {
    if (!(value(key) instanceof Items)) return optionalText(key).stream().toList();
    var items = items(key);
    return items.keys().stream().flatMap(i -> items.optionalText(i).stream()).toList();
  }

  /// The items of the list under this key as a section with the keys `0`, `1`, …: for lists that
  /// mix texts and sections. A single value counts as a list of one, a missing key as none.
  public Section items(String key) {
    var entries = new LinkedHashMap<String, Entry>();
    for (var value : listed(key)) {
      entries.put(String.valueOf(entries.size()), new Entry(value.place(), value));
    }
    var mapping = new Mapping(place(key), entries);
    var view = value(key) instanceof Items ? View.ITEMS : View.SINGLE;
    return new Section(reading, path(key), mapping, view);
  }

  private List<Value> listed(String key) {
    var value = value(key);
    if (value == null) return List.of();
    return value instanceof Items items ? items.values() : List.of(value);
  }

  /// A required secret, given as `${env:NAME}` or `${file:PATH}` (relative to the file).
  public Secret secret(String key) {
    if (!has(key)) noteMissing(key);
    return optionalSecret(key).orElseGet(() -> new Secret(""));
  }

  public Optional<Secret> optionalSecret(String key) {
    var value = value(key);
    if (value == null) return Optional.empty();
    if (value instanceof Scalar s && References.isOne(s.text())) {
      return Optional.of(new Secret(resolved(key, s)));
    }
    note(key, By.READER, Wording.noSecret(path(key), at(key)));
    return Optional.empty();
  }

  /// A whole number of at least 0.
  public int count(String key, int otherwise) {
    return read(key, Form.COUNT, Section::count).orElse(otherwise);
  }

  private static Optional<Integer> count(Scalar scalar) {
    var text = scalar.text();
    boolean digits = scalar.kind() == Kind.WHOLE && text.matches("\\+?[0-9]+");
    if (!digits || text.length() > COUNT_DIGITS_MAX) return Optional.empty();
    long number = Long.parseLong(text);
    return number > Integer.MAX_VALUE ? Optional.empty() : Optional.of((int) number);
  }

  /// An amount of at least 0, such as a price; 0 where the key is missing.
  public BigDecimal amount(String key) {
    return read(key, Form.AMOUNT, s -> Units.amount(resolved(key, s))).orElse(BigDecimal.ZERO);
  }

  /// `500ms`, `30s`, `5m`, `2h`, `7d`.
  public Duration duration(String key, Duration otherwise) {
    return read(key, Form.DURATION, s -> Units.duration(s.text())).orElse(otherwise);
  }

  /// `80%` or `0.8`: 0 to 1.
  public double share(String key, double otherwise) {
    return read(key, Form.SHARE, s -> Units.share(s.text())).orElse(otherwise);
  }

  public boolean flag(String key, boolean otherwise) {
    return read(key, Form.FLAG, Section::flag).orElse(otherwise);
  }

  private static Optional<Boolean> flag(Scalar scalar) {
    if (scalar.kind() != Kind.FLAG) return Optional.empty();
    return Optional.of(scalar.text().equalsIgnoreCase("true"));
  }

  /// One of the enum's constants, written as `on-create` for `ON_CREATE`.
  public <E extends Enum<E>> E oneOf(String key, E otherwise) {
    var value = value(key);
    if (value == null) return otherwise;
    var byName = new LinkedHashMap<String, E>();
    for (var e : EnumSet.allOf(otherwise.getDeclaringClass())) {
      byName.put(e.name().toLowerCase(Locale.ROOT).replace('_', '-'), e);
    }
    var names = List.copyOf(byName.keySet());
    if (!(value instanceof Scalar s) || s.kind() == Kind.EMPTY) {
      var expected = "one of " + String.join(", ", names);
      return noteWrong(key, expected, "write " + expected, otherwise);
    }
    var found = byName.get(s.text());
    if (found != null) return found;
    note(key, By.READER, Wording.notOneOf(path(key), at(key), s, names));
    return otherwise;
  }

  /// The section under this key.
  public Optional<Section> section(String key) {
    return switch (value(key)) {
      case null -> Optional.empty();
      case Mapping m -> Optional.of(new Section(reading, path(key), m));
      case Items _, Scalar _ ->
          noteWrong(key, Form.MAPPING.title(), Form.MAPPING.remedy(), Optional.empty());
    };
  }

  /// Sections by name, as under `sources:`; empty where the key is missing. In the file's order.
  public Map<String, Section> sections(String key) {
    // `sources:` with nothing below it, as where all is commented out, has none
    if (value(key) instanceof Scalar s && s.kind() == Kind.EMPTY) return Map.of();
    var sections = new LinkedHashMap<String, Section>();
    section(key)
        .ifPresent(
            all -> all.keys().forEach(n -> all.section(n).ifPresent(s -> sections.put(n, s))));
    return Collections.unmodifiableMap(sections);
  }

  /// A list of sections; empty where the key is missing. A single section counts as a list of one.
  public List<Section> list(String key) {
    var items = items(key);
    return items.keys().stream().flatMap(i -> items.section(i).stream()).toList();
  }

  /// Notes a problem with the key's value, at its place.
  public void problem(String key, Code code, String message, String remedy) {
    note(key, By.PART, Wording.problem(code, message, at(key), remedy));
  }

  /// A place within the text of a key's value: `column` counts from 0.
  public record Spot(String key, int column) {}

  /// The same for a value whose own text has a place.
  public void problem(Spot spot, Code code, String message, String remedy) {
    var document = reading.document();
    var key = spot.key();
    var at = value(key) instanceof Scalar s ? document.within(s, spot.column()) : place(key);
    var problem = Wording.problem(code, message, document.at(at), remedy);
    reading.findings().add(new Finding(path(key), at, By.PART, problem));
  }

  /// Notes `CONFIG_REFERENCE` unless `name` is among `known`; names the nearest one.
  public void requireKnown(String key, String name, Iterable<String> known) {
    var names = StreamSupport.stream(known.spliterator(), false).toList();
    if (names.contains(name)) return;
    var at = placeOf(key, name);
    var problem = Wording.unknownName(path(key), reading.document().at(at), name, names);
    reading.findings().add(new Finding(path(key), at, By.PART, problem));
  }

  private Place placeOf(String key, String text) {
    for (var value : listed(key)) {
      if (value instanceof Scalar s && s.text().equals(text)) return s.place();
    }
    return place(key);
  }

  /// Notes `CONFIG_VALUE` unless it holds.
  public void require(boolean holds, String key, String message) {
    if (holds) return;
    var value = value(key);
    var found = value == null ? "" : ", found " + Wording.shape(value);
    if (value instanceof Scalar s && !References.isOne(s.text())) {
      found = ", found " + Wording.found(s);
    }
    problem(key, Code.CONFIG_VALUE, path(key) + ": " + message + found, "change the value");
  }

  private String resolved(String key, Scalar scalar) {
    return reading
        .references()
        .resolve(
            scalar.text(),
            failure -> {
              var message = path(key) + ": " + failure.message();
              var problem = Wording.problem(Code.CONFIG_SECRET, message, at(key), failure.remedy());
              note(key, By.READER, problem);
            });
  }

  private <T> Optional<T> read(String key, Form form, Function<Scalar, Optional<T>> parse) {
    var value = value(key);
    if (value == null) return Optional.empty();
    if (value instanceof Scalar s && s.kind() != Kind.EMPTY) {
      var parsed = parse.apply(s);
      if (parsed.isPresent()) return parsed;
    }
    return noteWrong(key, form.title(), form.remedy(), Optional.empty());
  }

  private <T> T noteWrong(String key, String expected, String remedy, T standIn) {
    var value = value(key);
    if (value != null) {
      boolean scalar = !expected.equals(Form.MAPPING.title());
      var found = scalar ? Wording.found(value) : Wording.shape(value);
      note(
          key, By.READER, Wording.wrong(path(key), at(key), new Mismatch(expected, found, remedy)));
    }
    return standIn;
  }

  private void noteMissing(String key) {
    note(key, By.READER, Wording.missing(path, key, at(key), ""));
  }

  private void note(String key, By by, Problem problem) {
    reading.findings().add(new Finding(path(key), place(key), by, problem));
  }

  private String path(String key) {
    return switch (view) {
      case KEYS -> Paths.child(path, key);
      case ITEMS -> path + "[" + key + "]";
      case SINGLE -> path;
    };
  }

  private Place place(String key) {
    var value = value(key);
    return value == null ? mapping.place() : value.place();
  }

  private @Nullable Value value(String key) {
    var entry = mapping.entries().get(key);
    return entry == null ? null : entry.value();
  }
}
