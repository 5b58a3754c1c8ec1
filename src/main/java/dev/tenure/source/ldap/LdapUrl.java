package dev.tenure.source.ldap;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// A directory server: `ldap://host[:389]` or `ldaps://host[:636]`, nothing behind it.
public record LdapUrl(boolean tls, String host, int port) {
  private static final int PORT = 389;
  private static final int PORT_TLS = 636;

  /// Empty where the text is no such URL.
  public static Optional<LdapUrl> parse(String text) {
    try {
      var uri = new URI(text.strip());
      boolean tls = "ldaps".equalsIgnoreCase(uri.getScheme());
      boolean path = uri.getRawPath() != null && uri.getRawPath().length() > 1;
      if ((!tls && !"ldap".equalsIgnoreCase(uri.getScheme())) || uri.getHost() == null || path) {
        return Optional.empty();
      }
      int port = uri.getPort() > 0 ? uri.getPort() : tls ? PORT_TLS : PORT;
      return Optional.of(new LdapUrl(tls, uri.getHost().replaceAll("[\\[\\]]", ""), port));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    var name = host.contains(":") ? "[" + host + "]" : host;
    return (tls ? "ldaps://" : "ldap://") + name + ":" + port;
  }
}
