package dev.tenure.config;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Reads and parses one YAML 1.2 file. All that stops it is thrown as [Problem.Found].
final class YamlFile {
  private static final int BYTES_MAX = 10 << 20;
  private static final int ALIASES_MAX = 1000;
  private static final String CORRECT = "correct the YAML there";

  private final Path path;

  YamlFile(Path path) {
    this.path = path;
  }

  /// The file as it was given, for places.
  String name() {
    return path.toString();
  }

  /// The file's text. Throws with `CONFIG_MISSING` and `CONFIG_SYNTAX`.
  String text() {
    try {
      if (Files.isRegularFile(path) && Files.size(path) > BYTES_MAX) {
        throw syntax(
                Place.START, "the file is larger than 10 MiB", "move long tables into CSV files")
            .found();
      }
      var bytes = Files.readAllBytes(path);
      return decode(bytes);
    } catch (NoSuchFileException e) {
      throw new Problem.Found(
          missing(
              "there is no file " + path,
              "make one: 'tenure quickstart' writes a commented one;"
                  + " or name another with --config"),
          e);
    } catch (IOException e) {
      var why = Files.isDirectory(path) ? "it is a folder" : "reading failed";
      throw new Problem.Found(
          missing("cannot read " + path + ": " + why, "name a file that this user may read"), e);
    }
  }

  private String decode(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
    } catch (CharacterCodingException e) {
      var before = new String(bytes, 0, buffer.position(), StandardCharsets.UTF_8);
      int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
      var place = new Place(line, before.length() - before.lastIndexOf('\n'));
      throw new Problem.Found(syntax(place, "this is not UTF-8", "save the file as UTF-8"), e);
    }
  }

  /// The root node; empty where there is nothing but comments.
  Optional<Node> compose(String text) {
    var settings =
        LoadSettings.builder()
            .setLabel(name())
            .setSchema(new CoreSchema())
            .setAllowNonScalarKeys(true) // refused by us, with a place
            .setMaxAliasesForCollections(ALIASES_MAX)
            .setCodePointLimit(BYTES_MAX)
            .build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      throw new Problem.Found(syntax(place(e.getProblemMark()), said(e), CORRECT), e);
    } catch (ReaderException e) {
      var place = place(text, e.getPosition());
      throw new Problem.Found(syntax(place, "this character is not allowed in YAML", CORRECT), e);
    } catch (YamlEngineException e) {
      throw new Problem.Found(
          syntax(Place.START, line(String.valueOf(e.getMessage())), CORRECT), e);
    } catch (StackOverflowError e) {
      throw new Problem.Found(syntax(Place.START, "it is nested too deeply", CORRECT), e);
    }
  }

  private static String said(MarkedYamlEngineException e) {
    var problem = e.getProblem();
    var context = e.getContext();
    if (problem == null) return "this is no YAML";
    return line(context == null || context.isEmpty() ? problem : context + ": " + problem);
  }

  /// One line without a full stop.
  private static String line(String text) {
    return text.lines().findFirst().orElse("this is no YAML").strip().replaceFirst("\\.$", "");
  }

  static Place place(Optional<Mark> mark) {
    return mark.map(m -> new Place(m.getLine() + 1, m.getColumn() + 1)).orElse(Place.START);
  }

  private static Place place(String text, int codePoints) {
    int end =
        text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
    var before = text.substring(0, end);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Place(line, before.length() - before.lastIndexOf('\n'));
  }

  private Problem missing(String message, String remedy) {
    return new Problem(Code.CONFIG_MISSING, message, Map.of("file", name()), remedy);
  }

  Problem syntax(Place place, String message, String remedy) {
    return new Problem(Code.CONFIG_SYNTAX, message, Map.of("at", place.in(name())), remedy);
  }
}
