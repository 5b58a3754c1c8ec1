package dev.tenure;

import dev.tenure.cli.CommandLineFace;
import dev.tenure.cli.Terminal;
import dev.tenure.cli.Workplace;
import dev.tenure.database.TestServer.Address;
import dev.tenure.scim.ScimJson;
import dev.tenure.testkit.ScimCalls;
import dev.tenure.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Tenure as it is installed somewhere: a folder with `tenure.yaml`, an environment, and an empty
/// PostgreSQL that `database.url` names. Commands run in this process, with all that they really
/// do.
final class Site implements AutoCloseable {
  static final String TOKEN = "the-token-of-the-identity-provider";

  private static final String DATABASE =
      """
      database: {url: "${env:DATABASE_URL}", user: "${env:DATABASE_USER}", \
      password: "${env:DATABASE_PASSWORD}"}
      """;

  private final Path folder;
  private final Address address;
  private final Map<String, String> environment = new HashMap<>();

  private Site(Path folder, Address address) {
    this.folder = folder;
    this.address = address;
    environment.put("DATABASE_URL", address.url());
    environment.put("DATABASE_USER", address.user());
    environment.put("DATABASE_PASSWORD", address.password());
    environment.put("ACME_TOKEN", TOKEN);
  }

  /// `yaml` is the configuration without its section `database`.
  static Site with(String yaml) {
    try {
      var site = new Site(Files.createTempDirectory("site"), TestDatabase.address());
      return site.file("tenure.yaml", DATABASE + yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a file beside the configuration.
  Site file(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same with other words in its configuration.
  Site replacing(String before, String after) {
    try {
      var text = Files.readString(folder.resolve("tenure.yaml"));
      if (!text.contains(before)) throw new AssertionError("not there: " + before);
      return file("tenure.yaml", text.replace(before, after));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Site variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// What a variable of the environment is.
  @Nullable String value(String name) {
    return environment.get(name);
  }

  /// Without a section `database`: Tenure's own PostgreSQL under the data directory.
  Site embedded() {
    return replacing(DATABASE, "");
  }

  /// Runs a statement in the database that `database.url` names.
  Site sql(String statement) {
    try (var connection =
            DriverManager.getConnection(address.url(), address.user(), address.password());
        var prepared = connection.createStatement()) {
      prepared.execute(statement);
      return this;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The first column of what a query there gives.
  List<String> rows(String query) {
    try (var connection =
            DriverManager.getConnection(address.url(), address.user(), address.password());
        var prepared = connection.createStatement();
        var rows = prepared.executeQuery(query)) {
      var found = new ArrayList<String>();
      while (rows.next()) found.add(rows.getString(1));
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A connection of its own to the database that `database.url` names.
  Connection connect() {
    try {
      return DriverManager.getConnection(address.url(), address.user(), address.password());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final Pattern PORT = Pattern.compile(":(\\d+)/");

  /// Where the database listens.
  int databasePort() {
    var port = PORT.matcher(address.url());
    if (!port.find()) throw new IllegalStateException(address.url());
    return Integer.parseInt(port.group(1));
  }

  /// Has it reached by another port of this machine.
  Site databasePort(int port) {
    return variable("DATABASE_URL", PORT.matcher(address.url()).replaceFirst(":" + port + "/"));
  }

  /// The section `database`, for another configuration.
  static String database() {
    return DATABASE;
  }

  Path data() {
    return folder.resolve("data");
  }

  Path config() {
    return folder.resolve("tenure.yaml");
  }

  /// What a command answered.
  record Ran(int exit, String out, String err) {
    JsonNode json() {
      return ScimJson.read(out.isBlank() ? err : out);
    }

    /// The codes of the problems that it ended with.
    List<String> problems() {
      return codes(json().path("problems"));
    }

    List<String> findings() {
      return codes(json().path("findings"));
    }

    private static List<String> codes(JsonNode problems) {
      var codes = new ArrayList<String>();
      problems.forEach(p -> codes.add(p.path("code").asString("")));
      return codes;
    }
  }

  /// Runs a command as if it were typed.
  Ran run(String... words) {
    return run(environment, config(), data(), words);
  }

  /// The same for any configuration and data directory, with these variables.
  static Ran run(Map<String, String> environment, Path config, Path data, String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var typed = new ArrayList<>(List.of(words));
    typed.addAll(List.of("--config", config.toString(), "--data", data.toString()));
    var terminal = new Terminal(stream(out), stream(err), false);
    var face = new CommandLineFace(terminal, new LocalInstallation(environment::get));
    var exit = face.run(typed.toArray(String[]::new));
    return new Ran(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /// Opens it as commands do.
  Workplace open() {
    return new LocalInstallation(environment::get).open(config(), data(), "test");
  }

  /// Starts it as a server, on any port.
  Workplace serve() {
    return new LocalInstallation(environment::get).serve(config(), data(), 0);
  }

  /// What the client `idp` of an organization sees.
  static ScimCalls calls(Workplace workplace, String organization) {
    return new ScimCalls(URI.create(workplace.base() + "/" + organization), TOKEN);
  }

  @Override
  public void close() {
    address.close();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
