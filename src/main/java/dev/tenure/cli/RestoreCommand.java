package dev.tenure.cli;

import dev.tenure.database.Backup;
import dev.tenure.database.Backup.Restored;
import dev.tenure.view.BackupJson;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/// All that a backup holds, back in its place.
final class RestoreCommand implements Command {
  private static final String FILE = "FILE";
  private static final String REPLACE = "--replace";
  private static final String CHECK = "--check";

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public String summary() {
    return "Puts a backup back, where nothing runs.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.parameter(spec, FILE, "What 'tenure backup' wrote.");
    Commands.flag(spec, REPLACE, "Also where there is something, which is kept beside.");
    Commands.flag(spec, CHECK, "Only tell whether the file is whole, and what is in it.");
  }

  @Override
  public int run(Call call) throws InterruptedException {
    try (var line = new ProgressLine(call.terminal(), name(), System::nanoTime)) {
      return run(call, line::show);
    }
  }

  private static int run(Call call, Backup.Progress progress) throws InterruptedException {
    var file = Path.of(call.text(FILE));
    if (call.flag(CHECK)) {
      var content = call.installation().checkBackup(file, progress);
      var text = "the file is whole: " + text(content);
      call.terminal().out().println(call.json() ? json(new Restored(content, "")) : text);
      return 0;
    }
    var restored = call.installation().restore(call.place(), file, call.flag(REPLACE), progress);
    call.terminal().out().println(call.json() ? json(restored) : text(restored));
    return 0;
  }

  private static String text(Backup content) {
    return "%,d rows of %d tables and %d files, as of %s"
        .formatted(
            content.rows(), content.tables().size(), content.files().size(), content.madeAt());
  }

  private static String text(Restored restored) {
    var before = restored.replaced();
    return """
    restored: %s
    %sNext: 'tenure audit verify' for each log, and 'tenure plan' for each flow before you serve:
    the targets have gone on since then.\
    """
        .formatted(
            text(restored.content()),
            before.isEmpty()
                ? ""
                : "What was there before is in " + before + ": remove it when all is well.\n");
  }

  private static String json(Restored restored) {
    var node = BackupJson.of(restored.content());
    if (!restored.replaced().isEmpty()) node.put("replaced", restored.replaced());
    return Faces.json(node);
  }
}
