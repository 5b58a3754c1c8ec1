package dev.tenure.audit;

import dev.tenure.audit.store.PostgresChainStore;
import dev.tenure.database.Database;
import dev.tenure.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// Logs in a database of their own, and a node that seals them.
final class Logs implements AutoCloseable {
  static final String ACME = "organization/acme";
  private final Database database = TestDatabase.fresh();
  private final Path data = folder();
  private final PostgresChainStore store = new PostgresChainStore(database.jdbi());
  private final AuditChain chain = node();

  /// A node of its own, with the same key.
  AuditChain node() {
    return node(Clock.systemUTC());
  }

  AuditChain node(Clock clock) {
    return new AuditChain(store, new KeyFile(data, store, clock), clock, new SecureRandom());
  }

  AuditChain chain() {
    return chain;
  }

  ChainStore store() {
    return store;
  }

  Database database() {
    return database;
  }

  Path data() {
    return data;
  }

  /// Writes rows `first` to `last` of a log, by one statement each; person is `p<number>`.
  void write(String log, int first, int last) {
    for (int i = first; i <= last; i++) {
      write(
          log,
          "user.updated",
          "id" + i,
          "p" + i,
          "{\"n\": " + i + ".50, \"t\": \"ü\\n\\u0001😀\"}");
    }
  }

  void write(String log, String action, String... subjectPersonDetail) {
    execute(
        """
        insert into audit_entry (log, actor, action, subject, person, correlation, detail)
        values ('%s', 'okta', '%s', '%s', '%s', 'c', '%s')\
        """
            .formatted(
                log,
                action,
                subjectPersonDetail[0],
                subjectPersonDetail[1],
                subjectPersonDetail[2]));
  }

  int execute(String sql) {
    return database.jdbi().withHandle(handle -> handle.execute(sql));
  }

  long ask(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /// Does it on another thread, which has a connection of its own.
  static <T> T beside(Callable<T> work) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.submit(work).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] export(String log) {
    var out = new ByteArrayOutputStream();
    chain.export(log, out);
    return out.toByteArray();
  }

  Verdict verify(byte[] export) {
    return verify(export, chain.keys());
  }

  static Verdict verify(byte[] export, PublicKeys keys) {
    try {
      return Export.verify(new ByteArrayInputStream(export), keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Verdict verifyOnline(String log) {
    return chain.verify(log, Optional.empty());
  }

  /// The lines of an export, without their ends.
  static List<String> lines(byte[] export) {
    var text = new String(export, StandardCharsets.UTF_8);
    return Arrays.asList(text.substring(0, text.length() - 1).split("\n", -1));
  }

  static byte[] joined(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    database.close();
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("tenure-audit");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
