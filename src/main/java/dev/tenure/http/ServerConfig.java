package dev.tenure.http;

import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Section `server`: where to listen and how much to take. `port` 0 takes a free one;
/// `bodyBytesMax` bounds each request's body, `requestsMax` those that are worked on at once.
public record ServerConfig(
    String host, int port, int bodyBytesMax, int requestsMax, Outside outside) {
  private static final int BODY_BYTES = 4 << 20;
  private static final int BODY_BYTES_MIN = 64 << 10;
  private static final int REQUESTS = 256;
  private static final int PORT = 8080;
  private static final int PORT_MAX = 65_535;

  /// How it is reached. `url`: the address that clients use, without a slash at its end; absent, it
  /// is what a request tells. `proxies`: what these say of a client's address (`X-Forwarded-For`)
  /// is believed.
  public record Outside(Optional<URI> url, Optional<Tls> tls, List<AddressRange> proxies) {
    /// As it listens, without TLS.
    public static final Outside PLAIN = new Outside(Optional.empty(), Optional.empty(), List.of());

    public Outside {
      proxies = List.copyOf(proxies);
    }
  }

  /// The usual limits at this address.
  public static ServerConfig at(String host, int port) {
    return new ServerConfig(host, port, BODY_BYTES, REQUESTS, Outside.PLAIN);
  }

  /// The same at another port.
  public ServerConfig withPort(int other) {
    return new ServerConfig(host, other, bodyBytesMax, requestsMax, outside);
  }

  /// `resolver` says where relative paths start.
  public static ServerConfig read(Section section, UnaryOperator<Path> resolver) {
    var port = section.count("port", PORT);
    section.require(port <= PORT_MAX, "port", "must be at most " + PORT_MAX);
    var bytes = section.count("bodyBytes", BODY_BYTES);
    section.require(bytes >= BODY_BYTES_MIN, "bodyBytes", "must be at least " + BODY_BYTES_MIN);
    var outside =
        new Outside(
            section.optionalText("url").flatMap(url -> url(section, url)),
            section.section("tls").map(tls -> Tls.read(tls, resolver)),
            ranges(section, "proxies"));
    return new ServerConfig(section.text("host", "127.0.0.1"), port, bytes, REQUESTS, outside);
  }

  /// The ranges under a key; what is none is noted as a problem.
  public static List<AddressRange> ranges(Section section, String key) {
    var ranges = new ArrayList<AddressRange>();
    for (var text : section.texts(key)) {
      AddressRange.parse(text)
          .ifPresentOrElse(
              ranges::add,
              () ->
                  section.problem(
                      key,
                      Code.CONFIG_VALUE,
                      "'" + text + "' is no range of addresses",
                      "write it like 10.0.0.0/8 or 2001:db8::/32"));
    }
    return ranges;
  }

  private static Optional<URI> url(Section section, String text) {
    try {
      return Optional.of(URI.create(text.replaceFirst("/+$", "")));
    } catch (IllegalArgumentException _) {
      section.problem("url", Code.CONFIG_VALUE, "no address", "write it like https://example.com");
      return Optional.empty();
    }
  }
}
