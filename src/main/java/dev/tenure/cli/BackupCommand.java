package dev.tenure.cli;

import dev.tenure.database.Backup;
import dev.tenure.database.Backup.Written;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// All that is kept, as a file.
final class BackupCommand implements Command {
  private static final String WHERE = "FILE|FOLDER";

  @Override
  public String name() {
    return "backup";
  }

  @Override
  public String summary() {
    return "Writes all that is kept to a file, while everything runs.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.parameter(
        spec, WHERE, "A new file, or a folder in which it gets a name with the time.");
  }

  @Override
  public int run(Call call) throws InterruptedException {
    Written written;
    try (var line = new ProgressLine(call.terminal(), name(), System::nanoTime)) {
      written = call.installation().backup(call.place(), Path.of(call.text(WHERE)), line::show);
    }
    call.terminal().out().println(call.json() ? Faces.json(json(written)) : text(written));
    return 0;
  }

  private static String text(Written written) {
    var content = written.content();
    return """
    %,d rows of %d tables and %d files, as of %s, are in %s (%,d bytes)
    sha256 %s
    It holds keys that sign and digests of secrets: keep it like a password.\
    """
        .formatted(
            content.rows(),
            content.tables().size(),
            content.files().size(),
            content.madeAt(),
            written.file(),
            written.bytes(),
            written.sha256());
  }

  private static ObjectNode json(Written written) {
    var answer = JsonNodeFactory.instance.objectNode();
    answer.put("file", written.file()).put("bytes", written.bytes());
    answer.put("sha256", written.sha256());
    answer.set("content", content(written.content()));
    return answer;
  }

  /// What a backup holds, for programs.
  static ObjectNode content(Backup backup) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("madeAt", backup.madeAt().toString()).put("tenure", backup.tenure());
    node.put("postgres", backup.postgres()).put("rows", backup.rows());
    var tables = node.putObject("tables");
    backup.tables().forEach(table -> tables.put(table.name(), table.rows()));
    var files = node.putArray("files");
    backup.files().forEach(file -> files.add(file.name()));
    return node;
  }
}
