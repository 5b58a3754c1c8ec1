package dev.tenure.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a request from Helidon and gives back the handler's answer.
final class Exchange implements io.helidon.webserver.http.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final String CORRELATION = "X-Correlation-Id";
  private static final String SANE = "[A-Za-z0-9._:-]{1,64}";
  private final ServerConfig config;
  private final RandomGenerator random;
  private final Handler handler;
  private final Semaphore places;

  Exchange(ServerConfig config, RandomGenerator random, Handler handler) {
    this.config = config;
    this.random = random;
    this.handler = handler;
    this.places = new Semaphore(config.requestsMax());
  }

  @Override
  public void handle(ServerRequest from, ServerResponse to) {
    var correlation = correlation(from);
    var response = answer(from, correlation).with(CORRELATION, correlation);
    to.status(Status.create(response.status()));
    response.fields().forEach(field -> to.header(field.getKey(), field.getValue()));
    to.send(response.body());
  }

  private Response answer(ServerRequest from, String correlation) {
    places.acquireUninterruptibly();
    try {
      return handler.handle(request(from, correlation));
    } catch (HttpFailure failure) {
      return HttpServer.failure(failure);
    } catch (RuntimeException e) {
      LOG.error("request failed, correlation {}", correlation, e);
      return HttpServer.failure(
          new HttpFailure(500, "something went wrong; ask with correlation id " + correlation));
    } finally {
      places.release();
    }
  }

  private Request request(ServerRequest from, String correlation) {
    var prologue = from.prologue();
    var fields = new HashMap<String, List<String>>();
    from.headers().forEach(field -> fields.put(field.name(), List.copyOf(field.allValues())));
    var head =
        new Request.Head(
            prologue.method().text(),
            segments(prologue.uriPath().rawPath()),
            Query.parse(prologue.query().rawValue()),
            new Headers(fields),
            remote(from),
            correlation,
            from.isSecure(),
            certificate(from));
    return new Request(head, body(from));
  }

  /// The address of the client: that of the peer, or, where that is a proxy of ours, the last one
  /// that our proxies name and that is none of them.
  private String remote(ServerRequest from) {
    var remote = from.remotePeer().host();
    if (!isProxy(remote)) return remote;
    var named = String.join(",", from.headers().values(HeaderNames.X_FORWARDED_FOR)).split(",", -1);
    for (int i = named.length - 1; i >= 0 && isProxy(remote); i--) {
      if (!named[i].isBlank()) remote = named[i].strip();
    }
    return remote;
  }

  private boolean isProxy(String address) {
    return config.outside().proxies().stream().anyMatch(range -> range.contains(address));
  }

  private static Optional<String> certificate(ServerRequest from) {
    return from.remotePeer()
        .tlsCertificates()
        .filter(chain -> chain.length > 0)
        .map(chain -> Tls.thumbprint(chain[0]));
  }

  private Supplier<byte[]> body(ServerRequest from) {
    return new Supplier<>() {
      private byte[] bytes = new byte[0];
      private boolean taken;

      @Override
      public byte[] get() {
        if (!taken) {
          bytes = read(from);
          taken = true;
        }
        return bytes;
      }
    };
  }

  private byte[] read(ServerRequest from) {
    if (!from.content().hasEntity()) return new byte[0];
    try (var in = from.content().inputStream()) {
      var bytes = in.readNBytes(config.bodyBytesMax() + 1);
      if (bytes.length <= config.bodyBytesMax()) return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new HttpFailure(
        413, "the body is larger than " + config.bodyBytesMax() + " bytes, the most taken here");
  }

  private String correlation(ServerRequest from) {
    return from.headers()
        .first(HeaderNames.create(CORRELATION))
        .filter(id -> id.matches(SANE))
        .orElseGet(() -> HexFormat.of().toHexDigits(random.nextLong()));
  }

  private static List<String> segments(String rawPath) {
    var segments = new ArrayList<String>();
    for (var raw : Arrays.asList(rawPath.split("/", -1))) {
      if (raw.isEmpty()) continue;
      try {
        segments.add(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException _) {
        throw new HttpFailure(400, "the path has broken percent-encoding");
      }
    }
    return segments;
  }
}
