package dev.tenure.cli.quickstart;

import dev.tenure.cli.Call;
import dev.tenure.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// What was asked for: whose people.
record Options(Whose whose) {
  private static final int SIZE = 1_000;
  private static final int SIZE_MIN = 100;
  private static final int SIZE_MAX = 200_000;
  private static final int SEED = 42;

  /// Whose people the quickstart runs with.
  sealed interface Whose {}

  /// The sample company.
  record Sample(int size, long seed) implements Whose {}

  /// The user's own people; `name` is where they are, `size` about how many.
  record Own(People people, String name, int size) implements Whose {}

  /// Throws USAGE for what does not go together.
  static Options of(Call call) {
    var ldap = call.optional("--ldap");
    var csv = call.optional("--csv");
    if (ldap.isPresent() && csv.isPresent()) throw call.usage("give --ldap or --csv, not both");
    Stream.of("--bind", "--base", "--group", "--password-file")
        .filter(o -> ldap.isEmpty())
        .forEach(o -> refuse(call, o, "--ldap"));
    Stream.of("--mail", "--name").filter(o -> csv.isEmpty()).forEach(o -> refuse(call, o, "--csv"));
    if (ldap.isPresent()) return new Options(directory(call, ldap.get()));
    return new Options(csv.<Whose>map(file -> file(call, file)).orElseGet(() -> sample(call)));
  }

  private static void refuse(Call call, String option, String without) {
    if (call.optional(option).isPresent()) throw call.usage(option + " goes with " + without);
  }

  private static Sample sample(Call call) {
    refuse(call, "--key", "--ldap or --csv");
    int size = call.optional("--size").isPresent() ? call.count("--size") : SIZE;
    if (size < SIZE_MIN || size > SIZE_MAX) {
      throw call.usage("--size is from " + SIZE_MIN + " to " + SIZE_MAX);
    }
    return new Sample(size, call.optional("--seed").isPresent() ? call.count("--seed") : SEED);
  }

  private static Own directory(Call call, String url) {
    var base =
        call.optional("--base").orElseThrow(() -> call.usage("--ldap wants --base, such as dc=…"));
    var login = call.optional("--bind").map(bind -> login(call, bind));
    var people =
        new People.Directory(
            url, login, base, call.optional("--key").orElse("entryUUID"), call.optional("--group"));
    return new Own(people, url, SIZE);
  }

  private static People.Directory.Login login(Call call, String bind) {
    var password =
        call.optional("--password-file")
            .map(Path::of)
            .orElseThrow(() -> call.usage("--bind wants --password-file"));
    return new People.Directory.Login(bind, existing(call, password));
  }

  private static Own file(Call call, String csv) {
    var file = existing(call, Path.of(csv));
    var header = Header.of(file);
    var key =
        given(call, "--key", header)
            .orElseThrow(() -> wanted(call, "--key, the column that never changes", header));
    var mail =
        given(call, "--mail", header)
            .map(Header::expression)
            .or(header::mail)
            .orElseThrow(() -> wanted(call, "--mail, the column with the address", header));
    var name =
        given(call, "--name", header)
            .map(Header::expression)
            .or(header::name)
            .orElseThrow(() -> wanted(call, "--name, the column with the full name", header));
    var people = new People.File(file, key, mail, name, header.department(), header.title());
    return new Own(people, csv, header.rows());
  }

  /// The column that was named.
  private static Optional<String> given(Call call, String option, Header header) {
    var column = call.optional(option);
    if (column.filter(c -> !header.columns().contains(c)).isEmpty()) return column;
    throw call.usage("no column is called '" + column.get() + "': give " + option + of(header));
  }

  private static Problem.Found wanted(Call call, String option, Header header) {
    return call.usage("give " + option + of(header));
  }

  private static String of(Header header) {
    return "; the columns are " + String.join(", ", header.columns());
  }

  private static Path existing(Call call, Path file) {
    if (!Files.isReadable(file)) throw call.usage("the file " + file + " cannot be read");
    return file.toAbsolutePath().normalize();
  }
}
