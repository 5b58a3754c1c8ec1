package dev.tenure.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A real domain controller: Samba as an Active Directory, for the domain corp.example. The domain
/// is made once for each version of Samba and kept as an archive in the folder for temporary files;
/// each start unpacks a fresh one. The ports of LDAP are fixed in Samba, so each has an address of
/// its own; they are below 1024, so this must run as root.
public final class Samba implements AutoCloseable {
  public static final String BASE = "DC=corp,DC=example";
  public static final String ADMIN = "administrator@corp.example";

  /// Somebody without any right.
  public static final String READER = "reader@corp.example";

  public static final String PASSWORD = "Passw0rd!23";
  private static final int PORT = 389;
  private static final int ADDRESSES = 200;
  private static final int TRIES_MAX = 400;
  private static final String INSTALL =
      "install it: apt-get install -y --no-install-recommends samba samba-ad-dc"
          + " samba-ad-provision samba-dsdb-modules winbind samba-vfs-modules";

  private final Path folder;
  private final Process process;
  private @Nullable LDAPConnection writer;
  private final String address;

  private Samba(Path folder, Process process, String address) {
    this.folder = folder;
    this.process = process;
    this.address = address;
  }

  public static Samba start() {
    try {
      var archive = archive();
      var folder = Files.createTempDirectory("samba");
      run(folder, List.of("tar", "-xf", archive.toString(), "-C", folder.toString()));
      return start(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Samba start(Path folder) throws IOException {
    Files.writeString(folder.resolve("smb.conf"), configuration(folder));
    var address = freeAddress();
    var process =
        new ProcessBuilder(
                "samba",
                "-i",
                "-M",
                "single",
                "-s",
                folder.resolve("smb.conf").toString(),
                "--option=interfaces=" + address + "/8")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start(); // its input stays open: when that ends, so does Samba
    var samba = new Samba(folder, process, address);
    samba.awaitAnswer();
    return samba;
  }

  private static String configuration(Path folder) {
    return """
    [global]
      netbios name = DC1
      realm = CORP.EXAMPLE
      workgroup = CORP
      server role = active directory domain controller
      server services = ldap
      bind interfaces only = yes
      ldap server require strong auth = no
      idmap_ldb:use rfc2307 = yes
          ldb:nosync = yes
      private dir = %1$s/private
      lock directory = %1$s
      state directory = %1$s/state
      cache directory = %1$s/cache
      binddns dir = %1$s/bind-dns
      ncalrpc dir = %1$s/ncalrpc
      pid directory = %1$s
    """
        .formatted(folder);
  }

  /// The archive of the domain, which the first call makes.
  private static Path archive() throws IOException {
    var folder = Path.of(System.getProperty("java.io.tmpdir"));
    var archive = folder.resolve("tenure-" + version().replaceAll("\\W+", "-") + ".tar");
    try (var lock =
            FileChannel.open(
                folder.resolve("tenure-samba.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var held = lock.lock()) {
      if (held.isValid() && !Files.exists(archive)) provision(archive);
    }
    return archive;
  }

  private static String version() throws IOException {
    try {
      return run(Path.of("."), List.of("samba", "--version")).strip();
    } catch (IOException e) {
      throw new IOException("there is no samba; " + INSTALL, e);
    }
  }

  private static void provision(Path archive) throws IOException {
    var domain = Files.createTempDirectory("samba-domain");
    run(
        domain,
        List.of(
            "samba-tool",
            "domain",
            "provision",
            "--server-role=dc",
            "--use-rfc2307",
            "--dns-backend=NONE",
            "--realm=CORP.EXAMPLE",
            "--domain=CORP",
            "--adminpass=" + PASSWORD,
            "--host-name=dc1",
            "--host-ip=127.0.0.1",
            "--targetdir=" + domain,
            "--option=interfaces=lo",
            "--option=bind interfaces only=yes",
            "--option=vfs objects=dfs_samba4 acl_xattr xattr_tdb"));
    run(
        domain,
        List.of(
            "samba-tool", "user", "create", "reader", PASSWORD, "-s", domain + "/etc/smb.conf"));
    try (var first = start(domain)) { // makes the keys for TLS, which takes a while
      var ready = domain.resolve("archive");
      run(
          domain,
          List.of(
              "tar",
              "--exclude=archive",
              "-cf",
              ready.toString(),
              "-C",
              domain + "/",
              "private",
              "state"));
      Files.move(ready, archive, StandardCopyOption.REPLACE_EXISTING);
      if (!first.process.isAlive()) throw new IOException("Samba ended");
    }
  }

  private static String run(Path folder, List<String> command) throws IOException {
    try {
      var process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) throw new IOException(String.join(" ", command) + ": " + output);
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static String freeAddress() throws IOException {
    int start = (int) (ProcessHandle.current().pid() % ADDRESSES);
    for (int i = 0; i < ADDRESSES; i++) {
      var address = "127.77.1." + (1 + (start + i) % ADDRESSES);
      try (var _ = new ServerSocket(PORT, 1, InetAddress.getByName(address))) {
        return address;
      } catch (IOException e) {
        if (e.getMessage() != null && e.getMessage().contains("ermission")) throw e;
      }
    }
    throw new IOException("no address with a free port " + PORT);
  }

  /// Asks until it answers; ends when the process does.
  private void awaitAnswer() throws IOException {
    for (int i = 0; i < TRIES_MAX && process.isAlive(); i++) {
      try (var connection = new LDAPConnection(address, PORT, ADMIN, PASSWORD)) {
        if (connection.isConnected() && Files.exists(ca())) return;
      } catch (LDAPException e) {
        pause();
      }
    }
    throw new IOException("Samba did not start: " + Files.readString(folder.resolve("out")));
  }

  private void pause() {
    try {
      if (process.waitFor(25, TimeUnit.MILLISECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Applies LDIF (entries or changes) over the wire, as the administrator.
  public synchronized Samba load(String ldif) {
    try (var reader = new LDIFReader(new BufferedReader(new StringReader(ldif)))) {
      if (writer == null) writer = new LDAPConnection(address, PORT, ADMIN, PASSWORD);
      for (var r = reader.readChangeRecord(true); r != null; r = reader.readChangeRecord(true)) {
        r.processChange(writer);
      }
      return this;
    } catch (LDAPException | LDIFException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public String address() {
    return address;
  }

  public String url() {
    return "ldap://" + address;
  }

  public String tlsUrl() {
    return "ldaps://" + address;
  }

  /// The PEM file of the CA.
  public Path ca() {
    return folder.resolve("private/tls/ca.pem");
  }

  @Override
  public void close() {
    if (writer != null) writer.close();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
