package dev.tenure.cli.bench;

import dev.tenure.deliver.Pause;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// An OpenLDAP server of this machine with so many people, and the commands of its package. Needs
/// `slapd` and `ldap-utils`.
final class Slapd implements AutoCloseable {
  static final String BASE = "dc=example,dc=com";
  static final String ROOT = "cn=admin," + BASE;
  static final String PASSWORD = "bench-bench-bench";
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int LOOKS_MAX = 500;

  private final Path folder;
  private final int port;
  private final Process server;

  private Slapd(Path folder, int port, Process server) {
    this.folder = folder;
    this.port = port;
    this.server = server;
  }

  /// Starts it in this folder, which is empty.
  static Slapd start(Path folder, int size) throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("db"));
    var config = folder.resolve("slapd.conf");
    Files.writeString(config, configuration(folder));
    var content = folder.resolve("content.ldif");
    write(content, size);
    run(folder, List.of("slapadd", "-q", "-f", config.toString(), "-l", content.toString()));
    var port = freePort();
    var url = "ldap://127.0.0.1:" + port + "/";
    var server =
        process(folder, List.of("slapd", "-f", config.toString(), "-h", url, "-d", "0")).start();
    var slapd = new Slapd(folder, port, server);
    slapd.await();
    return slapd;
  }

  private static String configuration(Path folder) {
    return """
    include /etc/ldap/schema/core.schema
    include /etc/ldap/schema/cosine.schema
    include /etc/ldap/schema/nis.schema
    include /etc/ldap/schema/inetorgperson.schema
    modulepath /usr/lib/ldap
    moduleload back_mdb
    moduleload syncprov
    pidfile %1$s/pid
    database mdb
    maxsize 4294967296
    suffix %2$s
    rootdn %3$s
    rootpw %4$s
    directory %1$s/db
    dbnosync
    index objectClass,employeeNumber,entryUUID,entryCSN eq
    overlay syncprov
    syncprov-sessionlog 10000
    """
        .formatted(folder, BASE, ROOT, PASSWORD);
  }

  private static void write(Path file, int size) throws IOException {
    try (var out = Files.newBufferedWriter(file)) {
      out.write("dn: %s\nobjectClass: organization\nobjectClass: dcObject\n".formatted(BASE));
      out.write("o: Example\ndc: example\n\n");
      unit(out, "people");
      unit(out, "groups");
      out.write("dn: cn=Staff,ou=groups,%s\nobjectClass: groupOfNames\n".formatted(BASE));
      out.write("cn: Staff\nmember: %s\n\n".formatted(dn(1)));
      for (var n = 1; n <= size; n++) out.write(person(n));
    }
  }

  private static void unit(BufferedWriter out, String name) throws IOException {
    out.write(
        "dn: ou=%1$s,%2$s\nobjectClass: organizationalUnit\nou: %1$s\n\n".formatted(name, BASE));
  }

  private static String person(int n) {
    var row = CyclePeople.of(n);
    return """
    dn: %s
    objectClass: inetOrgPerson
    uid: e%d
    employeeNumber: E%d
    cn: %s
    sn: user%d
    displayName: %s
    mail: %s
    title: %s
    departmentNumber: %s

    """
        .formatted(
            dn(n),
            n,
            n,
            row.display(),
            n,
            row.display(),
            row.mail(),
            row.title(),
            row.department());
  }

  private static String dn(int n) {
    return "uid=e" + n + ",ou=people," + BASE;
  }

  String url() {
    return "ldap://127.0.0.1:" + port;
  }

  /// Reads everybody into a file, as a script would; in seconds.
  double search() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    var words = client("ldapsearch");
    words.addAll(List.of("-LLL", "-E", "pr=1000/noprompt", "-b", "ou=people," + BASE));
    words.add("(objectClass=inetOrgPerson)");
    run(folder, words);
    return (System.nanoTime() - begun) / 1e9;
  }

  /// Gives one person another title.
  void title(int person, String title) throws IOException, InterruptedException {
    var change = folder.resolve("change.ldif");
    Files.writeString(
        change,
        "dn: %s\nchangetype: modify\nreplace: title\ntitle: %s\n".formatted(dn(person), title));
    var words = client("ldapmodify");
    words.addAll(List.of("-f", change.toString()));
    run(folder, words);
  }

  private List<String> client(String command) {
    var words = new ArrayList<>(List.of(command, "-x", "-H", url(), "-D", ROOT));
    words.addAll(List.of("-w", PASSWORD));
    return words;
  }

  private static void run(Path folder, List<String> words)
      throws IOException, InterruptedException {
    if (process(folder, words).start().waitFor() != 0) {
      throw new IOException(words.getFirst() + " failed, see " + folder.resolve("log"));
    }
  }

  /// `sbin` is on few users' path.
  private static ProcessBuilder process(Path folder, List<String> words) {
    var builder = new ProcessBuilder("sh", "-c", "PATH=$PATH:/usr/sbin; exec \"$@\"", "sh");
    builder.command().addAll(words);
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
  }

  private void await() throws IOException, InterruptedException {
    for (var i = 0; i < LOOKS_MAX && server.isAlive(); i++) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return;
      } catch (IOException _) {
        Pause.real().pause(LOOK);
      }
    }
    throw new IOException("slapd does not start, see " + folder.resolve("log"));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    server.destroy();
    server.onExit().join();
  }
}
