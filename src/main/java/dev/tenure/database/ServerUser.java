package dev.tenure.database;

import com.sun.security.auth.module.UnixSystem;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// As whom PostgreSQL runs: `prefix` is put before its commands, `uid` owns its files on disk.
/// PostgreSQL refuses to be root, and never is.
record ServerUser(List<String> prefix, int uid) {
  static final int ROOT = 0;
  private static final int NOBODY = 65534;

  private static final Map<String, String> DETAILS = Map.of("user", "root");

  /// The user id of this process.
  static int current() {
    return (int) new UnixSystem().getUid();
  }

  /// For the data directory `root`, which exists.
  static ServerUser of(Path root) {
    if (current() != ROOT) return new ServerUser(List.of(), current());
    try {
      return ofRoot(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The folder's own user, else nobody, where that one can come to the folder; else root without
  /// any of root's rights, in a user namespace, where files of root look like those of nobody.
  private static ServerUser ofRoot(Path root) throws IOException {
    var owner = PrivateFile.ownerOf(root);
    var other = owner == ROOT ? NOBODY : owner;
    var switched = switchedTo(other);
    if (succeeds(switched, "test", "-x", parent(root))) {
      if (owner == ROOT) letPass(root);
      return new ServerUser(switched, other);
    }
    var namespaced = List.of("unshare", "-U");
    if (succeeds(namespaced, "true")) return new ServerUser(namespaced, ROOT);
    throw new Problem(
            Code.PLATFORM_UNSUPPORTED,
            "PostgreSQL does not run as root, and no other user can reach the data directory",
            DETAILS,
            "start Tenure as another user, choose a --data that everybody may pass to, or set"
                + " database.url")
        .found();
  }

  private static List<String> switchedTo(int uid) {
    return List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups");
  }

  private static String parent(Path root) {
    var parent = root.getParent();
    return (parent == null ? root : parent).toString();
  }

  /// Others may pass through (not list) the folder; each file in it guards itself.
  private static void letPass(Path root) throws IOException {
    var mode = Files.getPosixFilePermissions(root);
    if (mode.add(PosixFilePermission.OTHERS_EXECUTE)) Files.setPosixFilePermissions(root, mode);
  }

  private static boolean succeeds(List<String> prefix, String... command) {
    var line = new ArrayList<>(prefix);
    line.addAll(List.of(command));
    try {
      return new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Gives this user the folder and all that is in it; nothing where it has it already.
  void own(Path folder) throws IOException {
    if (current() != ROOT || PrivateFile.ownerOf(folder) == uid) return;
    try (var all = Files.walk(folder)) {
      // The folder itself comes last: only then is the work known to be whole.
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) give(path);
    }
  }

  private void give(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
  }
}
