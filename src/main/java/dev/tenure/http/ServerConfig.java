package dev.tenure.http;

import dev.tenure.config.Section;

/// Section `server`: where to listen and how much to take. `port` 0 takes a free one;
/// `bodyBytesMax` bounds each request's body, `requestsMax` those that are worked on at once.
public record ServerConfig(String host, int port, int bodyBytesMax, int requestsMax) {
  private static final int BODY_BYTES = 4 << 20;
  private static final int REQUESTS = 256;
  private static final int PORT = 8080;
  private static final int PORT_MAX = 65_535;

  /// The usual limits at this address.
  public static ServerConfig at(String host, int port) {
    return new ServerConfig(host, port, BODY_BYTES, REQUESTS);
  }

  public static ServerConfig read(Section section) {
    var port = section.count("port", PORT);
    section.require(port <= PORT_MAX, "port", "must be at most " + PORT_MAX);
    return at(section.text("host", "127.0.0.1"), port);
  }
}
