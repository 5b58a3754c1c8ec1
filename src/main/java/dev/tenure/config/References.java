package dev.tenure.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Resolves `${env:NAME}` and `${file:PATH}`. A file's last line break is not part of its value.
final class References {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{(?:env:([A-Za-z_][A-Za-z0-9_]*)|file:([^}]+))}");
  private static final int FILE_BYTES_MAX = 1 << 20;

  private final Function<String, @Nullable String> environment;
  private final UnaryOperator<Path> resolver;

  References(Function<String, @Nullable String> environment, UnaryOperator<Path> resolver) {
    this.environment = environment;
    this.resolver = resolver;
  }

  /// Whether the text is one reference and nothing else.
  static boolean isOne(String text) {
    return REFERENCE.matcher(text).matches();
  }

  /// The text with its references resolved; what fails is told to `problems` as message and remedy,
  /// and becomes empty.
  String resolve(String text, Consumer<Failure> problems) {
    if (!text.contains("${")) return text;
    return REFERENCE
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(value(m.group(1), m.group(2), problems)));
  }

  /// Why a reference has no value, and what to do about it.
  record Failure(String message, String remedy) {}

  private String value(@Nullable String name, @Nullable String path, Consumer<Failure> problems) {
    if (name != null) return variable(name, problems);
    return path == null ? "" : file(path, problems);
  }

  private String variable(String name, Consumer<Failure> problems) {
    var value = environment.apply(name);
    if (value != null && !value.isEmpty()) return value;
    var what = value == null ? "is not set" : "is empty";
    problems.accept(
        new Failure(
            "the environment variable " + name + " " + what, "set " + name + " before starting"));
    return "";
  }

  private String file(String path, Consumer<Failure> problems) {
    try {
      var file = resolver.apply(Path.of(path));
      if (Files.isDirectory(file)) return failed(path, "is a folder", problems);
      if (Files.size(file) > FILE_BYTES_MAX) return failed(path, "is larger than 1 MiB", problems);
      var value = Files.readString(file).replaceFirst("\\R\\z", "");
      return value.isEmpty() ? failed(path, "is empty", problems) : value;
    } catch (NoSuchFileException _) {
      return failed(path, "does not exist", problems);
    } catch (IOException | InvalidPathException _) {
      return failed(path, "cannot be read as a text", problems);
    }
  }

  private static String failed(String path, String what, Consumer<Failure> problems) {
    var remedy = "write the value into that file, readable for this user";
    problems.accept(new Failure("the file " + path + " " + what, remedy));
    return "";
  }
}
