package dev.tenure.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files that only their owner may read (mode 0600), whole or not there at all.
public final class PrivateFile {
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private PrivateFile() {}

  /// Writes to a neighbour, brings it to the disk, and takes the old one's place at once.
  public static void write(Path file, byte[] content) {
    var next = file.resolveSibling(file.getFileName() + ".new");
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try {
      Files.deleteIfExists(next);
      try (var channel = FileChannel.open(next, NEW, mode)) {
        channel.write(ByteBuffer.wrap(content));
        channel.force(true);
      }
      giveToOwnerOfFolder(next);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Root, working in a user's folder, leaves nothing that the user cannot open later.
  static void giveToOwnerOfFolder(Path file) throws IOException {
    if (ServerUser.current() != ServerUser.ROOT) return;
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) Files.setAttribute(file, "unix:uid", ownerOf(folder));
  }

  static int ownerOf(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }
}
