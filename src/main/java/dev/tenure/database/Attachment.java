package dev.tenure.database;

import java.time.Instant;

/// The live owner of a data directory, as other commands see it.
///
/// `databasePort` is that of the embedded PostgreSQL on 127.0.0.1, 0 while there is none;
/// `httpHost` is empty and `httpPort` 0 unless it serves.
public record Attachment(
    long pid, String command, Instant since, int databasePort, String httpHost, int httpPort) {
  public boolean isServing() {
    return httpPort != 0;
  }

  Attachment withDatabase(int port) {
    return new Attachment(pid, command, since, port, httpHost, httpPort);
  }

  Attachment withServer(String host, int port) {
    return new Attachment(pid, command, since, databasePort, host, port);
  }

  boolean isAlive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
