package dev.tenure.source.csv;

import dev.tenure.config.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Section `groups`: where the groups of people stand. In a column of the people's file, in a file
/// of memberships, or in both; a file of groups gives them names and puts them into each other.
public record CsvGroups(Optional<Column> column, Optional<Names> names, Optional<Members> members) {

  /// A column with the groups of a person: ids where there is a file of groups, else names.
  public record Column(String column, String separator) {}

  /// The file of groups: `parent` is the column with the id of the group that one is in.
  public record Names(Path file, String key, String name, Optional<String> parent) {
    List<String> columns() {
      var columns = new ArrayList<>(List.of(key, name));
      parent.ifPresent(columns::add);
      return columns;
    }
  }

  /// The file of memberships: `member` is a person's key or, for a group within a group, its id.
  public record Members(Path file, String group, String member) {
    List<String> columns() {
      return List.of(group, member);
    }
  }

  List<Path> files() {
    var files = new ArrayList<Path>();
    names.ifPresent(n -> files.add(n.file()));
    members.ifPresent(m -> files.add(m.file()));
    return files;
  }

  static CsvGroups read(Section section, String separator, ColumnsReader people, CsvHeader header) {
    var here = people.in(section);
    var own = section.text("separator", separator);
    section.require(
        section.has("column") || section.has("members"),
        "column",
        "says where a person's groups stand, or 'members' does");
    return new CsvGroups(
        here.optionalColumn("column", header).map(c -> new Column(c, own)),
        section.has("file") ? Optional.of(names(here)) : Optional.empty(),
        section.section("members").map(m -> members(here.in(m))));
  }

  private static Names names(ColumnsReader section) {
    var header = section.header("file");
    return new Names(
        section.path("file"),
        section.column("key", header),
        section.column("name", header),
        section.optionalColumn("parent", header));
  }

  private static Members members(ColumnsReader section) {
    var header = section.header("file");
    return new Members(
        section.path("file"), section.column("group", header), section.column("member", header));
  }
}
