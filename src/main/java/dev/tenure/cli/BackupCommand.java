package dev.tenure.cli;

import dev.tenure.database.Backup.Written;
import dev.tenure.view.BackupJson;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

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
    call.terminal().out().println(call.json() ? Faces.json(BackupJson.of(written)) : text(written));
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
}
