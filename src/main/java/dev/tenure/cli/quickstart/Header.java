package dev.tenure.cli.quickstart;

import dev.tenure.source.AttributeName;
import dev.tenure.source.csv.CsvTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The columns of the user's own CSV file, and which of them look like what the quickstart asks
/// for. What stands for a column is its name in expressions.
record Header(List<String> columns, int rows) {
  private static final List<String> MAILS =
      List.of("mail", "email", "workemail", "emailaddress", "mailaddress", "upn", "username");
  private static final List<String> NAMES =
      List.of("displayname", "fullname", "name", "cn", "employeename");
  private static final List<String> FIRST_NAMES =
      List.of("firstname", "givenname", "forename", "first", "vorname");
  private static final List<String> LAST_NAMES =
      List.of("lastname", "surname", "familyname", "sn", "last", "nachname");
  private static final List<String> DEPARTMENTS =
      List.of("department", "departmentname", "dept", "departmentnumber", "orgunit", "abteilung");
  private static final List<String> TITLES =
      List.of("title", "jobtitle", "position", "function", "role", "job");

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

  /// The column of the whole name, else first and last name put together.
  Optional<String> name() {
    var first = first(FIRST_NAMES);
    var last = first(LAST_NAMES);
    var both = first.flatMap(f -> last.map(l -> f + " + \" \" + " + l));
    return first(NAMES).or(() -> both);
  }

  Optional<String> department() {
    return first(DEPARTMENTS);
  }

  Optional<String> title() {
    return first(TITLES);
  }

  private Optional<String> first(List<String> usual) {
    return usual.stream()
        .flatMap(word -> columns.stream().filter(c -> plain(c).equals(word)))
        .map(Header::expression)
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
