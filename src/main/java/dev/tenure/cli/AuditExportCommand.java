package dev.tenure.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/// A log as a file that proves itself.
final class AuditExportCommand implements Command {
  private static final String LOG = "LOG";

  @Override
  public String name() {
    return "export";
  }

  @Override
  public String summary() {
    return "Writes a whole log as JSON lines that 'tenure audit verify' can check anywhere.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.parameter(spec, LOG, "flow/NAME or organization/NAME.");
    Commands.option(spec, "--file", "FILE", "Write there instead of to standard output.");
  }

  @Override
  public int run(Call call) throws IOException {
    try (var workplace = call.open();
        var out = new BufferedOutputStream(out(call))) {
      workplace.auditChain().export(call.text(LOG), out);
      return 0;
    }
  }

  private static OutputStream out(Call call) throws IOException {
    var file = call.optional("--file");
    return file.isPresent() ? Files.newOutputStream(Path.of(file.get())) : call.terminal().out();
  }
}
