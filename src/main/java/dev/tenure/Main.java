package dev.tenure;

import dev.tenure.cli.CommandLineFace;
import dev.tenure.cli.Terminal;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Starts what was typed.
public final class Main {
  private Main() {}

  /// `tenure COMMAND …`; exits with the command's code.
  public static void main(String[] args) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    var out = utf8(FileDescriptor.out);
    var err = utf8(FileDescriptor.err);
    var interactive = isScreen() && System.getenv("TERM") != null;
    var face = new CommandLineFace(new Terminal(out, err, interactive), new LocalInstallation());
    int exit = face.run(args);
    out.flush();
    err.flush();
    System.exit(exit);
  }

  private static boolean isScreen() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
