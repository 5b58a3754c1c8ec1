package dev.tenure.flow.ring;

import dev.tenure.id.OrganizationId;
import java.net.URI;
import java.util.Locale;

/// Where users are kept that a flow may read as well as write.
public sealed interface Store {
  /// A hosted organization.
  record Hosted(OrganizationId organization) implements Store {
    @Override
    public String toString() {
      return "organization " + organization;
    }
  }

  /// A SCIM server elsewhere, by host, port and path.
  record Server(String place) implements Store {
    @Override
    public String toString() {
      return place;
    }
  }

  /// The server at this address, in however many ways it is written: letter case of the host, the
  /// usual port, slashes at the end. The scheme does not count: two schemes at one port are one
  /// server.
  static Server at(URI address) {
    return new Server(place(address) + address.getPath().replaceFirst("/+$", ""));
  }

  /// Host and port.
  static String place(URI address) {
    int usual = "https".equals(address.getScheme()) ? 443 : 80;
    int port = address.getPort() < 0 ? usual : address.getPort();
    return address.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }
}
