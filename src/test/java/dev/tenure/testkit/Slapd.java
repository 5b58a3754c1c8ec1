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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real OpenLDAP server with an empty database of its own, on free ports of the loopback
/// interface. It has the memberof and syncprov overlays, `limits` as further lines of its
/// configuration, and TLS with a certificate for `certificateFor` where one was asked for.
public final class Slapd implements AutoCloseable {
  public static final String BASE = "dc=example,dc=com";
  public static final String ROOT = "cn=admin," + BASE;
  public static final String PASSWORD = "correct-horse";
  private static final int TRIES_MAX = 200;

  private final Path folder;
  private final Process process;
  private @Nullable LDAPConnection writer;
  private final int port;
  private final int tlsPort;

  private Slapd(Path folder, Process process, int port, int tlsPort) {
    this.folder = folder;
    this.process = process;
    this.port = port;
    this.tlsPort = tlsPort;
  }

  /// What may differ: lines of slapd.conf for the database, and the name in the certificate, as
  /// `DNS:localhost` or `IP:127.0.0.1`.
  public record Wish(List<String> limits, Optional<String> certificateFor) {}

  public static Slapd start() {
    return start(new Wish(List.of(), Optional.empty()));
  }

  public static Slapd start(Wish wish) {
    try {
      var folder = Files.createTempDirectory("slapd");
      Files.createDirectory(folder.resolve("db"));
      if (wish.certificateFor().isPresent()) certificate(folder, wish.certificateFor().get());
      Files.writeString(folder.resolve("slapd.conf"), configuration(folder, wish));
      int port = freePort();
      int tlsPort = freePort();
      var urls = "ldap://127.0.0.1:" + port + "/";
      if (wish.certificateFor().isPresent()) urls += " ldaps://127.0.0.1:" + tlsPort + "/";
      var process =
          new ProcessBuilder(
                  binary(), "-f", folder.resolve("slapd.conf").toString(), "-h", urls, "-d", "0")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      var slapd = new Slapd(folder, process, port, tlsPort);
      slapd.awaitAnswer();
      return slapd;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `sbin` is on few users' path, so it is searched too.
  private static String binary() throws IOException {
    var find = "PATH=$PATH:/usr/sbin:/usr/libexec:/usr/local/libexec command -v slapd";
    var process = new ProcessBuilder("sh", "-c", find).start();
    var found = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (!found.isEmpty()) return found;
    throw new IllegalStateException(
        "install slapd: apt-get install -y --no-install-recommends slapd ldap-utils");
  }

  private static String configuration(Path folder, Wish wish) {
    var schemas =
        Stream.of("core", "cosine", "nis", "inetorgperson")
            .map(s -> "include /etc/ldap/schema/" + s + ".schema\n")
            .reduce("", String::concat);
    var tls =
        wish.certificateFor().isEmpty()
            ? ""
            : """
            TLSCACertificateFile %1$s/ca.pem
            TLSCertificateFile %1$s/server.pem
            TLSCertificateKeyFile %1$s/server.key
            """
                .formatted(folder);
    return schemas
        + tls
        + """
        modulepath /usr/lib/ldap
        moduleload back_mdb
        moduleload syncprov
        moduleload memberof
        pidfile %1$s/pid
        database mdb
        maxsize 1073741824
        suffix %2$s
        rootdn %3$s
        rootpw %4$s
        directory %1$s/db
        dbnosync
        index objectClass eq
        index entryUUID eq
        overlay syncprov
        overlay memberof
        %5$s
        """
            .formatted(folder, BASE, ROOT, PASSWORD, String.join("\n", wish.limits()));
  }

  private static void certificate(Path folder, String name) throws IOException {
    run(
        folder,
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca"
            + " -keyout ca.key -out ca.pem");
    run(
        folder,
        "openssl req -newkey rsa:2048 -nodes -subj /CN=server"
            + " -keyout server.key -out server.csr");
    Files.writeString(folder.resolve("extensions"), "subjectAltName=" + name + "\n");
    run(
        folder,
        "openssl x509 -req -days 2 -in server.csr -CA ca.pem -CAkey ca.key"
            + " -CAcreateserial -extfile extensions -out server.pem");
  }

  private static void run(Path folder, String command) throws IOException {
    try {
      var process =
          new ProcessBuilder(List.of(command.split(" ", -1)))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      var output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) throw new IOException(command + ": " + output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Asks until it answers; ends when the process does.
  private void awaitAnswer() throws IOException {
    for (int i = 0; i < TRIES_MAX && process.isAlive(); i++) {
      try (var connection = new LDAPConnection("127.0.0.1", port)) {
        if (connection.isConnected()) return;
      } catch (LDAPException e) {
        pause();
      }
    }
    throw new IOException("slapd did not start: " + Files.readString(folder.resolve("log")));
  }

  private void pause() {
    try {
      if (process.waitFor(25, TimeUnit.MILLISECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Applies LDIF (entries or changes) over the wire, as the administrator.
  public synchronized Slapd load(String ldif) {
    try (var reader = new LDIFReader(new BufferedReader(new StringReader(ldif)))) {
      if (writer == null) writer = new LDAPConnection("127.0.0.1", port, ROOT, PASSWORD);
      for (var r = reader.readChangeRecord(true); r != null; r = reader.readChangeRecord(true)) {
        r.processChange(writer);
      }
      return this;
    } catch (LDAPException | LDIFException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return port;
  }

  public String url() {
    return "ldap://127.0.0.1:" + port;
  }

  /// Only where a certificate was asked for.
  public String tlsUrl() {
    return "ldaps://127.0.0.1:" + tlsPort;
  }

  /// The PEM file of the CA.
  public Path ca() {
    return folder.resolve("ca.pem");
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
