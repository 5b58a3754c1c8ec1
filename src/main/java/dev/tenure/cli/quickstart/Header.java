package dev.tenure.cli.quickstart;

import dev.tenure.source.AttributeName;
import dev.tenure.source.csv.CsvTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The columns of the user's own CSV file, and which of them look like a mail address and a name.
record Header(List<String> columns, int rows) {
  private static final List<String> MAILS =
      List.of("mail", "email", "workemail", "emailaddress", "mailaddress", "upn", "username");
  private static final List<String> NAMES =
      List.of("displayname", "fullname", "name", "cn", "employeename");

  Header {
    columns = List.copyOf(columns);
  }

  static Header of(Path file) {
    var rows = CsvTable.read(file);
    return new Header(rows.isEmpty() ? List.of() : rows.getFirst(), Math.max(1, rows.size() - 1));
  }

  Optional<String> mail() {
    return first(MAILS);
  }

  Optional<String> name() {
    return first(NAMES);
  }

  private Optional<String> first(List<String> usual) {
    return usual.stream()
        .flatMap(word -> columns.stream().filter(c -> plain(c).equals(word)))
        .findFirst();
  }

  private static String plain(String column) {
    return column.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }

  /// The column as an expression knows it.
  static String expression(String column) {
    return AttributeName.of(column);
  }
}
