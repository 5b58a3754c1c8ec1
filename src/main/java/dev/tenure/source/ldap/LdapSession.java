package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.InstantSource;
import java.util.Map;

/// A connection to one server, and what the configuration means there. Each read has its own.
record LdapSession(
    LDAPConnection connection,
    RootDse root,
    LdapTerms terms,
    PersonReader reader,
    Disablement disablement,
    int pageSize)
    implements AutoCloseable {

  /// Throws [Problem.Found] where no server answers as it should.
  static LdapSession open(LdapConfig config, LdapSchema schema, InstantSource clock) {
    var connection = new LdapConnector(config).connect();
    try {
      var root = RootDse.read(connection);
      var terms = LdapTerms.of(config, root);
      var disablement = new Disablement(config, clock);
      var reader = new PersonReader(schema, disablement, terms);
      return new LdapSession(connection, root, terms, reader, disablement, config.pageSize());
    } catch (LDAPException e) {
      connection.close();
      throw new Problem.Found(
          new Problem(
              Code.SOURCE_UNREACHABLE,
              "the directory does not say what it is: " + LdapProblems.said(e),
              Map.of(),
              "see that this login may read the root DSE, and look into the directory's log"),
          e);
    }
  }

  /// The whole naming context that people are in.
  String context() {
    return root.contextOf(terms.people().base());
  }

  @Override
  public void close() {
    connection.close();
  }
}
