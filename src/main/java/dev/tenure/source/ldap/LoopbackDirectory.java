package dev.tenure.source.ldap;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import dev.tenure.config.Secret;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.net.InetAddress;
import java.util.Map;

/// A real LDAP server with its entries in memory, reachable from this machine only: a company to
/// try things on. Every entry has an `entryUUID`; no schema is enforced.
public final class LoopbackDirectory implements AutoCloseable {
  private final InMemoryDirectoryServer server;

  private LoopbackDirectory(InMemoryDirectoryServer server) {
    this.server = server;
  }

  /// Who may read it, and what is in it: `ldif` has entries (RFC 2849), parents first, the one of
  /// `baseDn` included.
  public record Content(String baseDn, String bindDn, Secret password, Reader ldif) {}

  /// Starts on the port, 0 for a free one. Throws [Problem.Found] with `PORT_IN_USE`.
  public static LoopbackDirectory start(int port, Content content) {
    try {
      var config = new InMemoryDirectoryServerConfig(content.baseDn());
      config.setSchema(null);
      config.setEnforceAttributeSyntaxCompliance(false);
      config.addAdditionalBindCredentials(content.bindDn(), content.password().reveal());
      config.setListenerConfigs(
          InMemoryListenerConfig.createLDAPConfig(
              "loopback", InetAddress.getLoopbackAddress(), port, null));
      var server = new InMemoryDirectoryServer(config);
      fill(server, content.ldif());
      listen(server, port);
      return new LoopbackDirectory(server);
    } catch (LDAPException e) {
      throw new IllegalArgumentException("this content makes no directory", e);
    }
  }

  private static void fill(InMemoryDirectoryServer server, Reader ldif) throws LDAPException {
    server.importFromLDIF(false, new LDIFReader(new BufferedReader(ldif)));
  }

  private static void listen(InMemoryDirectoryServer server, int port) {
    try {
      server.startListening();
    } catch (LDAPException e) {
      throw new Problem.Found(
          new Problem(
              Code.PORT_IN_USE,
              "the directory cannot listen on port " + port,
              Map.of("port", Integer.toString(port)),
              "choose another port, or end the program that uses this one"),
          e);
    }
  }

  /// Applies LDIF change records (`changetype: add | modify | moddn | delete`) in their order.
  /// Throws [IllegalArgumentException] where one does not apply; those before it have.
  public void change(String ldifChanges) {
    try (var reader = new LDIFReader(new BufferedReader(new StringReader(ldifChanges)))) {
      for (var r = reader.readChangeRecord(); r != null; r = reader.readChangeRecord()) {
        r.processChange(server);
      }
    } catch (LDAPException | LDIFException | IOException e) {
      throw new IllegalArgumentException("these changes do not apply", e);
    }
  }

  /// `ldap://127.0.0.1:PORT`.
  public String url() {
    return "ldap://127.0.0.1:" + server.getListenPort();
  }

  @Override
  public void close() {
    server.shutDown(true);
  }
}
