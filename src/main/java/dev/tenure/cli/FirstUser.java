package dev.tenure.cli;

import dev.tenure.database.PrivateFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Tells where the console is. At the first start there is nobody who could sign in: an
/// administrator is made, whose password goes into a file that only the owner of the data may read,
/// never into a log.
public final class FirstUser {
  private static final String FILE = "console-password";

  private FirstUser() {}

  public static void tell(Call call, Workplace workplace) {
    if (workplace.console().isEmpty()) return;
    var address = workplace.console().get();
    var made = workplace.consoleUsers().first();
    var err = call.terminal().err();
    if (made.isEmpty()) {
      err.println("console at " + address);
      return;
    }
    Path file = call.data().resolve(FILE);
    var text = made.get().password().reveal() + "\n";
    PrivateFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    err.println(
        "console at %s: sign in as %s with the password in %s, then change it and delete the file"
            .formatted(address, made.get().name(), file));
  }
}
