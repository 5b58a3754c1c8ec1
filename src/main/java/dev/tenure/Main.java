package dev.tenure;

import dev.tenure.cli.CommandLineFace;
import dev.tenure.cli.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Starts what was typed.
public final class Main {
  private Main() {}

  /// `tenure COMMAND …`; exits with the command's code.
  public static void main(String[] args) {
    var out = utf8(FileDescriptor.out);
    var err = utf8(FileDescriptor.err);
    var interactive =
        Objects.requireNonNull(System.console()).isTerminal() && System.getenv("TERM") != null;
    var face = new CommandLineFace(new Terminal(out, err, interactive), new LocalInstallation());
    int exit = face.run(args);
    out.flush();
    err.flush();
    System.exit(exit);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
