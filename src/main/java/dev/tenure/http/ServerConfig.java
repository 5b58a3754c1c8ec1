package dev.tenure.http;

import dev.tenure.config.Section;
import java.util.Optional;

/// Section `server`: where to listen and how much to take. `port` 0 takes a free one;
/// `bodyBytesMax` bounds each request's body, `requestsMax` those that are worked on at once. `url`
/// is the address that clients know, without a slash at its end; absent, it is what a request
/// tells.
public record ServerConfig(
    String host, int port, int bodyBytesMax, int requestsMax, Optional<String> url) {
  private static final int BODY_BYTES = 4 << 20;
  private static final int BODY_BYTES_MIN = 64 << 10;
  private static final int REQUESTS = 256;
  private static final int PORT = 8080;
  private static final int PORT_MAX = 65_535;

  /// The usual limits at this address.
  public static ServerConfig at(String host, int port) {
    return new ServerConfig(host, port, BODY_BYTES, REQUESTS, Optional.empty());
  }

  /// The same at another port.
  public ServerConfig withPort(int newPort) {
    return new ServerConfig(host, newPort, bodyBytesMax, requestsMax, url);
  }

  public static ServerConfig read(Section section) {
    var port = section.count("port", PORT);
    section.require(port <= PORT_MAX, "port", "must be at most " + PORT_MAX);
    var bytes = section.count("bodyBytes", BODY_BYTES);
    section.require(bytes >= BODY_BYTES_MIN, "bodyBytes", "must be at least " + BODY_BYTES_MIN);
    return new ServerConfig(
        section.text("host", "127.0.0.1"),
        port,
        bytes,
        REQUESTS,
        section.optionalText("url").map(url -> url.replaceFirst("/+$", "")));
  }
}
