package dev.tenure.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The lock on `tenure.lock`: the system takes it back when its process ends, in whatever way.
final class FolderLock implements AutoCloseable {
  // Another command may be looking at the lock for a moment, by taking a shared one.
  private static final Duration LOOKS_TAKE = Duration.ofMillis(300);
  private static final Set<StandardOpenOption> OPEN =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

  // Closing any channel of a file ends all locks that this process has on it (POSIX), so a process
  // must not open the file of a lock that it holds itself.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /// Empty where another has it. `folder` is a real path.
  static Optional<FolderLock> take(Path folder) throws IOException {
    if (!HELD_HERE.add(folder)) return Optional.empty();
    var mode = PosixFilePermissions.fromString("rw-------");
    var taken = false;
    try {
      var channel =
          FileChannel.open(file(folder), OPEN, PosixFilePermissions.asFileAttribute(mode));
      PrivateFile.giveToOwnerOfFolder(file(folder));
      taken = Await.until(LOOKS_TAKE, () -> locks(channel, false));
      if (taken) return Optional.of(new FolderLock(folder, channel));
      channel.close();
      return Optional.empty();
    } finally {
      if (!taken) HELD_HERE.remove(folder);
    }
  }

  /// Whether a live process, this one included, has it.
  static boolean isHeld(Path folder) throws IOException {
    if (HELD_HERE.contains(folder)) return true;
    if (!Files.exists(file(folder))) return false;
    try (var channel = FileChannel.open(file(folder), StandardOpenOption.READ)) {
      return !locks(channel, true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD_HERE.remove(folder);
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  private static boolean locks(FileChannel channel, boolean shared) {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared) != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(Path folder) {
    return folder.resolve("tenure.lock");
  }
}
