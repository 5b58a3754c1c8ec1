package dev.tenure;

import dev.tenure.http.ServerConfig;
import java.net.URI;

/// Where the organizations are reached: by our own flows and commands, and by everybody else.
record Doors(URI inner, URI outer) {
  static final String LOOPBACK = "127.0.0.1";

  /// Where a server with this configuration is reached.
  static URI outer(ServerConfig configured) {
    var scheme = configured.outside().tls().isPresent() ? "https" : "http";
    return configured
        .outside()
        .url()
        .orElseGet(() -> base(scheme, configured.host(), configured.port()));
  }

  static URI base(String scheme, String host, int port) {
    var reachable = host.equals("0.0.0.0") || host.equals("::") ? LOOPBACK : host;
    var isBareIpv6 = reachable.contains(":") && !reachable.startsWith("[");
    return URI.create(
        scheme + "://" + (isBareIpv6 ? "[" + reachable + "]" : reachable) + ":" + port);
  }
}
