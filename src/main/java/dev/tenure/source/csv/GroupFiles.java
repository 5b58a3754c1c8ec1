package dev.tenure.source.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.GroupPaths;
import dev.tenure.source.Intake;
import dev.tenure.source.Memberships;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The groups of one read. Whoever may have lost a group by a row that cannot be used is doubtful:
/// such a person counts as present, and nothing is known of them (law 1).
final class GroupFiles {
  private final CsvConfig config;
  private final CsvGroups groups;
  private final Intake intake;
  private final GroupPaths paths = new GroupPaths();
  private final Memberships members = new Memberships();
  private final Set<String> doubtful = new HashSet<>();

  GroupFiles(CsvConfig config, CsvGroups groups, Intake intake) {
    this.config = config;
    this.groups = groups;
    this.intake = intake;
  }

  /// Why one of the files is not whole, with its name; empty where both are, or there is none.
  Optional<String> read() throws IOException {
    var fault = Optional.<String>empty();
    if (groups.names().isPresent()) fault = names(groups.names().get());
    if (fault.isPresent() || groups.members().isEmpty()) return fault;
    return members(groups.members().get());
  }

  private Optional<String> names(CsvGroups.Names file) throws IOException {
    return pass(file.file(), file.columns())
        .over(header -> row -> take(row, file.file(), header, () -> group(row, header, file)))
        .map(fault -> fault + " in " + file.file());
  }

  private Optional<String> members(CsvGroups.Members file) throws IOException {
    return pass(file.file(), file.columns())
        .over(header -> row -> take(row, file.file(), header, () -> member(row, header, file)))
        .map(fault -> fault + " in " + file.file());
  }

  private CsvPass pass(Path file, List<String> columns) {
    return new CsvPass(file, config.form(), columns);
  }

  private boolean take(CsvRecord row, Path file, CsvHeader header, Runnable whole) {
    int width = header.columns().size();
    if (row.getFieldCount() == width) whole.run();
    else if (!row.getFields().stream().allMatch(String::isBlank)) doubt(row, file);
    return row.getFieldCount() >= width;
  }

  private void group(CsvRecord row, CsvHeader header, CsvGroups.Names file) {
    var id = cell(row, header, file.key());
    if (id.isEmpty()) {
      if (!row.getFields().stream().allMatch(String::isBlank)) doubt(row, file.file());
      return;
    }
    var name = cell(row, header, file.name());
    paths.group(id, name.isEmpty() ? id : name);
    var parent = file.parent().map(p -> cell(row, header, p)).orElse("");
    if (!parent.isEmpty()) paths.nest(id, parent);
  }

  private void member(CsvRecord row, CsvHeader header, CsvGroups.Members file) {
    var group = cell(row, header, file.group());
    var member = cell(row, header, file.member());
    if (group.isEmpty() || member.isEmpty()) {
      if (!row.getFields().stream().allMatch(String::isBlank)) doubt(row, file.file());
      return;
    }
    if (groups.names().isEmpty()) paths.group(group, group);
    if (groups.names().isPresent() && paths.has(member)) paths.nest(member, group);
    else members.add(member, group);
  }

  private void doubt(CsvRecord row, Path file) {
    row.getFields().stream().map(String::strip).filter(s -> !s.isEmpty()).forEach(doubtful::add);
    intake.note(
        new Problem(
            Code.SOURCE_ROW,
            "the row cannot be used: a column is missing, empty or too many",
            Map.of("record", file + ":" + row.getStartingLineNumber()),
            "correct the row; whom it may concern is left as they are"));
  }

  private static String cell(CsvRecord row, CsvHeader header, String column) {
    return header.index(column).map(at -> row.getField(at).strip()).orElse("");
  }

  /// The groups of a person, by name with the path; `written` are those of the person's own row.
  /// Empty where they cannot be told.
  Optional<SortedMap<String, List<String>>> of(String key, List<String> written) {
    var direct = new ArrayList<>(members.of(key));
    direct.addAll(written);
    if (direct.isEmpty() && !doubtful.contains(key)) return Optional.of(new TreeMap<>());
    if (groups.names().isEmpty()) written.forEach(name -> paths.group(name, name));
    var all = paths.upwards(direct);
    var isClear = !doubtful.contains(key) && all.stream().allMatch(this::isClear);
    return isClear ? Optional.of(paths.of(direct)) : Optional.empty();
  }

  private boolean isClear(String group) {
    return paths.has(group) && !doubtful.contains(group);
  }

  /// Tells of memberships of nobody, after all people were asked for.
  void end() {
    if (members.strangers() == 0) return;
    intake.note(
        new Problem(
            Code.SOURCE_ROW,
            members.strangers() + " members of groups are neither a person nor a group",
            Map.of("file", groups.members().map(m -> m.file().toString()).orElse("")),
            "nothing if these people are left out on purpose"));
  }
}
