package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;

/// Opens a connection to the first server that answers, and logs in.
final class LdapConnector {
  // A refused login ends the attempt: the other servers have the same passwords, and each failure
  // brings the account nearer to being locked.
  private static final Set<ResultCode> REFUSED =
      Set.of(
          ResultCode.INVALID_CREDENTIALS,
          ResultCode.INAPPROPRIATE_AUTHENTICATION,
          ResultCode.STRONG_AUTH_REQUIRED,
          ResultCode.CONFIDENTIALITY_REQUIRED,
          ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
          ResultCode.UNWILLING_TO_PERFORM,
          ResultCode.NO_SUCH_OBJECT,
          ResultCode.INVALID_DN_SYNTAX);

  private final LdapConfig config;
  private final boolean synchronous;

  LdapConnector(LdapConfig config) {
    this(config, true);
  }

  private LdapConnector(LdapConfig config, boolean synchronous) {
    this.config = config;
    this.synchronous = synchronous;
  }

  /// Its connections can hold a search open while others are made.
  static LdapConnector forWaiting(LdapConfig config) {
    return new LdapConnector(config, false);
  }

  /// Throws [Problem.Found] with `SOURCE_REFUSED`, `SOURCE_TLS` or `SOURCE_UNREACHABLE`.
  LDAPConnection connect() {
    var failures = new ArrayList<String>();
    boolean tls = false;
    for (var url : config.urls()) {
      try {
        return login(open(url), url);
      } catch (LDAPException e) {
        failures.add(url + " (" + LdapProblems.said(e) + ")");
        tls |= (url.tls() || config.startTls()) && answers(url);
      }
    }
    throw nobody(tls, String.join(", ", failures)).found();
  }

  private LDAPConnection open(LdapUrl url) throws LDAPException {
    var options = options();
    if (url.tls()) {
      var sockets = config.tls().getSocketFactory();
      return new LDAPConnection(sockets, options, url.host(), url.port());
    }
    var connection = new LDAPConnection(options, url.host(), url.port());
    if (!config.startTls()) return connection;
    try {
      var answer = connection.processExtendedOperation(new StartTLSExtendedRequest(config.tls()));
      if (!answer.getResultCode().equals(ResultCode.SUCCESS)) throw new LDAPException(answer);
      return connection;
    } catch (LDAPException e) {
      connection.close();
      throw e;
    }
  }

  private LDAPConnectionOptions options() {
    var options = new LDAPConnectionOptions();
    int millis = Math.toIntExact(Math.min(config.timeout().toMillis(), Integer.MAX_VALUE));
    options.setConnectTimeoutMillis(millis);
    options.setResponseTimeoutMillis(millis);
    options.setFollowReferrals(false);
    options.setUseSynchronousMode(synchronous);
    // Holds for ldaps and StartTLS; the SDK lets the address 127.0.0.1 pass without a check.
    options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
    return options;
  }

  private LDAPConnection login(LDAPConnection connection, LdapUrl url) throws LDAPException {
    if (config.login().isEmpty()) return connection;
    var login = config.login().get();
    try {
      connection.bind(new SimpleBindRequest(login.name(), login.password().reveal()));
      return connection;
    } catch (LDAPException e) {
      connection.close();
      if (REFUSED.contains(e.getResultCode())) throw refused(login.name(), url, e).found();
      throw e;
    }
  }

  /// Whether somebody listens there: then it was TLS that failed.
  private boolean answers(LdapUrl url) {
    try (var socket = new Socket()) {
      var millis = Math.toIntExact(Math.min(config.timeout().toMillis(), Integer.MAX_VALUE));
      socket.connect(new InetSocketAddress(url.host(), url.port()), millis);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Problem refused(String name, LdapUrl url, LDAPException e) {
    return new Problem(
        Code.SOURCE_REFUSED,
        "the directory refused the login of '" + name + "': " + e.getResultCode().getName(),
        Map.of("url", url.toString(), "bind", name),
        "check 'bind' and 'password' of the source, and that the account is not locked");
  }

  private static Problem nobody(boolean tls, String failures) {
    return tls
        ? new Problem(
            Code.SOURCE_TLS,
            "no secure connection to the directory: " + failures,
            Map.of(),
            "name the CA's PEM file in 'trust', and use the host name of the certificate in 'url'")
        : new Problem(
            Code.SOURCE_UNREACHABLE,
            "no directory server answers: " + failures,
            Map.of(),
            "check 'url', the network and that the directory runs");
  }
}
