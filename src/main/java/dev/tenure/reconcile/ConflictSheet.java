package dev.tenure.reconcile;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Conflicts as a sheet for people who decide in a spreadsheet: one row each, the column `decision`
/// empty. Commas, UTF-8. A cell that a spreadsheet would run as a formula starts with an
/// apostrophe.
public final class ConflictSheet {
  private static final List<String> COLUMNS =
      List.of(
          "decision",
          "id",
          "kind",
          "proposal",
          "possible",
          "confidence",
          "name",
          "person",
          "account",
          "evidence",
          "because");

  private static final String FORMULA = "=+-@\t\r";

  private ConflictSheet() {}

  public static String write(List<Conflict> conflicts) {
    var text = new StringWriter();
    try (var csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(COLUMNS);
      conflicts.forEach(c -> csv.writeRecord(row(c).stream().map(ConflictSheet::safe).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static List<String> row(Conflict conflict) {
    return List.of(
        "",
        conflict.id(),
        conflict.kind().wire(),
        conflict.proposal().wire(),
        conflict.possible().stream().map(Resolution::wire).collect(Collectors.joining(" ")),
        String.format(Locale.ROOT, "%.2f", conflict.confidence()),
        conflict.name(),
        conflict.person().map(PersonKey::value).orElse(""),
        conflict.account().map(AccountId::value).orElse(""),
        conflict.evidence().stream()
            .map(e -> e.attribute() + ": " + e.wanted() + " | " + e.found())
            .collect(Collectors.joining("\n")),
        String.join("\n", conflict.because()));
  }

  static String safe(String cell) {
    var isFormula = !cell.isEmpty() && FORMULA.indexOf(cell.charAt(0)) >= 0;
    return isFormula ? "'" + cell : cell;
  }

  /// The rows that have a decision. Separated by commas, semicolons or tabs, as spreadsheets save
  /// them; other columns may be missing. Throws `CONFLICT_UNKNOWN` for what is no such sheet.
  public static List<Decision> read(String text) {
    var sheet = text.startsWith("\uFEFF") ? text.substring(1) : text;
    var lines =
        CsvReader.builder()
            .fieldSeparator(separator(sheet))
            .allowExtraFields(true)
            .allowMissingFields(true);
    try (var rows = lines.ofCsvRecord(sheet).stream()) {
      var all = rows.map(r -> r.getFields()).toList();
      return all.isEmpty() ? List.of() : decisions(all);
    } catch (CsvParseException e) {
      throw notOurs("it is no CSV file: " + e.getMessage());
    }
  }

  private static char separator(String sheet) {
    var header = sheet.lines().findFirst().orElse("");
    if (header.contains(";")) return ';';
    return header.contains("\t") ? '\t' : ',';
  }

  private static List<Decision> decisions(List<List<String>> rows) {
    var decision = rows.getFirst().indexOf("decision");
    var id = rows.getFirst().indexOf("id");
    if (decision < 0 || id < 0) throw notOurs("it has no columns 'decision' and 'id'");
    var decisions = new ArrayList<Decision>();
    for (var row : rows.subList(1, rows.size())) {
      if (row.size() <= Math.max(decision, id) || row.get(decision).isBlank()) continue;
      decisions.add(decision(row.get(id), row.get(decision)));
    }
    return decisions;
  }

  /// `accept`, or the name of a resolution, in any letter case.
  static Decision decision(String id, String word) {
    var wanted = word.strip().toLowerCase(Locale.ROOT);
    if (wanted.equals("accept")) return new Decision(id.strip(), Optional.empty());
    for (var resolution : Resolution.values()) {
      if (resolution.wire().equals(wanted)) {
        return new Decision(id.strip(), Optional.of(resolution));
      }
    }
    throw new Problem(
            Code.CONFLICT_UNKNOWN,
            "'" + word + "' is no decision",
            Map.of("conflict", id),
            "write accept, adopt, rename, retire or ignore, or leave it empty")
        .found();
  }

  private static Problem.Found notOurs(String why) {
    return new Problem(
            Code.CONFLICT_UNKNOWN,
            "the decisions cannot be read: " + why,
            Map.of(),
            "start from: tenure reconcile FLOW --output csv")
        .found();
  }
}
