package dev.tenure.source.csv;

import dev.tenure.config.Configuration;
import dev.tenure.problem.Problem;
import dev.tenure.source.Time;
import dev.tenure.source.Times;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// A folder with CSV files and the section of a source that reads them.
record CsvFolder(Path path) {
  CsvFolder file(String name, String text) {
    return file(name, text, StandardCharsets.UTF_8);
  }

  CsvFolder file(String name, String text, Charset encoding) {
    try {
      Files.write(path.resolve(name), text.getBytes(encoding));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Puts the file in the other's place, as a careful writer does.
  CsvFolder renamed(String from, String to) {
    try {
      Files.move(path.resolve(from), path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CsvConfig config(String csv) {
    file("tenure.yaml", "sources:\n  hr:\n    csv: {" + csv + "}\n");
    var configuration = Configuration.load(path.resolve("tenure.yaml"), _ -> "");
    var section = configuration.root().sections("sources").get("hr");
    if (section == null) throw new AssertionError("no section");
    var config = CsvConfig.read(section.section("csv").orElseThrow(), configuration.resolver());
    configuration.finish();
    return config;
  }

  /// A source that takes every file for settled unless `csv` says otherwise.
  CsvSource source(String csv) {
    return source(csv.contains("settle") ? csv : csv + ", settle: 0s", Times.real());
  }

  CsvSource source(String csv, Time time) {
    return new CsvSource(config(csv), time);
  }

  /// What is wrong with the section, as lines without the folder.
  List<String> problems(String csv) {
    try {
      config(csv);
      return List.of();
    } catch (Problem.Found e) {
      return e.problems().stream().map(p -> p.line().replace(path + "/", "")).toList();
    }
  }
}
