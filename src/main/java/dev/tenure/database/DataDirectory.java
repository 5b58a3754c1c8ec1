package dev.tenure.database;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/// The folder given by `--data`, owned by one process at a time: by a lock on `tenure.lock`, and
/// described to the others by `tenure.run`.
public final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FolderLock lock;
  private final RunFile runFile;
  private final Deque<EmbeddedPostgres> housed = new ConcurrentLinkedDeque<>();
  private Attachment owner;

  private DataDirectory(Path path, FolderLock lock, Attachment owner) {
    this.path = path;
    this.lock = lock;
    this.owner = owner;
    this.runFile = runFile(path);
  }

  /// Makes the folder (mode 0700) where it is missing and owns it. `command` is shown to others who
  /// want it. Throws [Problem.Found] with `DATA_IN_USE`, `DATA_NOT_WRITABLE` or `DISK_FULL`.
  public static DataDirectory own(Path folder, String command, Clock clock) {
    try {
      var path = create(folder);
      var lock = FolderLock.take(path).orElseThrow(() -> inUse(path).found());
      var pid = ProcessHandle.current().pid();
      var owner = new Attachment(pid, command, clock.instant(), 0, "", 0);
      var directory = new DataDirectory(path, lock, owner);
      directory.record(owner);
      return directory;
    } catch (IOException | UncheckedIOException e) {
      throw new Problem.Found(notWritable(folder, e), e);
    }
  }

  /// The live owner; empty where nobody owns the folder, or it does not exist.
  public static Optional<Attachment> attachment(Path folder) {
    if (!Files.isDirectory(folder)) return Optional.empty();
    try {
      var path = folder.toRealPath();
      if (!FolderLock.isHeld(path)) return Optional.empty();
      return runFile(path).read().filter(Attachment::isAlive);
    } catch (IOException | UncheckedIOException e) {
      throw new Problem.Found(notWritable(folder, e), e);
    }
  }

  /// The folder, as a real path.
  public Path path() {
    return path;
  }

  /// Tells other commands where the organizations are served.
  public void recordServer(String host, int port) {
    record(owner.withServer(host, port));
  }

  void recordDatabase(int port) {
    record(owner.withDatabase(port));
  }

  /// What is at work in the folder, and must have ended before others may own it.
  void houses(EmbeddedPostgres resident) {
    housed.push(resident);
  }

  private synchronized void record(Attachment now) {
    owner = now;
    runFile.write(now);
  }

  @Override
  public void close() {
    for (var each = housed.poll(); each != null; each = housed.poll()) each.close();
    free();
  }

  private synchronized void free() {
    if (!lock.isOpen()) return;
    try {
      runFile.delete();
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RunFile runFile(Path path) {
    return new RunFile(path.resolve("tenure.run"));
  }

  private static Path create(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      var mode = PosixFilePermissions.fromString("rwx------");
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(mode));
    }
    return folder.toRealPath();
  }

  private static Problem inUse(Path path) {
    var details = Map.of("data", path.toString());
    var remedy = "end that process first, or use another folder by --data";
    var problem =
        new Problem(Code.DATA_IN_USE, "another process owns the data directory", details, remedy);
    return runFile(path)
        .read()
        .map(owner ->
            problem
                .with("pid", Long.toString(owner.pid()))
                .with("since", owner.since().toString())
                .with("command", owner.command()))
        .orElse(problem);
  }

  private static Problem notWritable(Path folder, Exception cause) {
    var details = Map.of("data", folder.toAbsolutePath().toString());
    if (DatabaseProblems.isDiskFull(cause)) return DatabaseProblems.diskFull(details);
    return new Problem(
        Code.DATA_NOT_WRITABLE,
        "the data directory cannot be used by this user",
        details,
        "give this user the folder with all that is in it, or use another by --data");
  }
}
