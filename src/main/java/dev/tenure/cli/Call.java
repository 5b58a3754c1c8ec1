package dev.tenure.cli;

import dev.tenure.id.FlowId;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.ParseResult;

/// One call of a command: what was typed, where to speak, and the way to the parts.
public record Call(ParseResult typed, Terminal terminal, Installation installation) {
  /// An option's or parameter's value, or its default.
  public String text(String name) {
    return optional(name).orElseThrow();
  }

  /// An option's or parameter's value, where it was given or has a default.
  public Optional<String> optional(String name) {
    var option = typed.commandSpec().findOption(name);
    if (option != null) return Optional.ofNullable(option.getValue());
    return typed.commandSpec().positionalParameters().stream()
        .filter(p -> p.paramLabel().equals(name))
        .findFirst()
        .flatMap(p -> Optional.<String>ofNullable(p.getValue()));
  }

  /// The values of an option that may be given several times.
  public List<String> texts(String name) {
    var option = typed.commandSpec().findOption(name);
    List<String> values = option == null ? null : option.getValue();
    return values == null ? List.of() : List.copyOf(values);
  }

  /// One of the enum's constants, typed as `lock` for `LOCK`, where it was given.
  public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
    return optional(name)
        .map(text ->
            Arrays.stream(type.getEnumConstants())
                .filter(e -> e.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> usage(name + " is one of " + names(type))));
  }

  private static <E extends Enum<E>> String names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(e -> e.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /// A text that is made into something else; what cannot be is USAGE with what is thrown.
  public <T> T parsed(String name, Function<String, T> parse) {
    try {
      return parse.apply(text(name));
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  public boolean flag(String name) {
    return typed.hasMatchedOption(name);
  }

  /// A whole number of at least 0. Throws USAGE for anything else.
  public int count(String name) {
    var given = text(name);
    try {
      int value = Integer.parseInt(given);
      if (value >= 0) return value;
    } catch (NumberFormatException e) {
      // Told below, the same as a negative number.
    }
    throw usage(name + " is a whole number of at least 0, not '" + given + "'");
  }

  /// A time such as 2026-11-24T08:00:00Z or, for its first moment (UTC), a day. Throws USAGE for
  /// anything else.
  public Optional<Instant> time(String name) {
    return optional(name)
        .map(given -> {
          try {
            return given.contains("T")
                ? Instant.parse(given)
                : LocalDate.parse(given).atStartOfDay(ZoneOffset.UTC).toInstant();
          } catch (DateTimeParseException _) {
            throw usage(
                name + " is a time such as 2026-11-24T08:00:00Z, or a day, not '" + given + "'");
          }
        });
  }

  /// Throws USAGE where another output was asked for than the command has.
  void refuseOtherOutputs(List<String> outputs) {
    var asked = text("--output");
    if (!outputs.contains(asked)) {
      throw usage("--output is " + String.join(" or ", outputs) + ", not '" + asked + "'");
    }
  }

  public boolean json() {
    return text("--output").equals("json");
  }

  public Path data() {
    return Path.of(text("--data")).toAbsolutePath().normalize();
  }

  /// The file named, else `tenure.yaml` here, else the one that quickstart wrote.
  Path config() {
    var named = optional("--config").map(Path::of);
    if (named.isPresent()) return named.get();
    var here = Path.of("tenure.yaml");
    var written = data().resolve("tenure.yaml");
    return !Files.exists(here) && Files.exists(written) ? written : here;
  }

  /// The configuration, unless none was named and there is none, and the data directory.
  Installation.Place place() {
    var file = config();
    boolean isThere = optional("--config").isPresent() || Files.exists(file);
    return new Installation.Place(isThere ? Optional.of(file) : Optional.empty(), data());
  }

  /// The flow that was named.
  FlowId flow() {
    return parsed("FLOW", FlowId::new);
  }

  public Workplace open() {
    return installation.open(config(), data(), typed.commandSpec().name());
  }

  public Problem.Found usage(String message) {
    return new Problem(
            Code.USAGE,
            message,
            Map.of(),
            "see: " + typed.commandSpec().qualifiedName() + " --help")
        .found();
  }
}
