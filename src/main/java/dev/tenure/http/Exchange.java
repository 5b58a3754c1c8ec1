package dev.tenure.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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
  private final Work work;
  private final Room room;

  /// What requests are answered by, failures are told by, and slow clients are ended by.
  record Work(Handler handler, Failures failures, Patience patience, Times times) {}

  Exchange(ServerConfig config, RandomGenerator random, Work work) {
    this.config = config;
    this.random = random;
    this.work = work;
    this.room = new Room(config.requestsMax());
  }

  @Override
  public void handle(ServerRequest from, ServerResponse to) {
    var correlation = correlation(from);
    var times = work.times();
    var haste = new Body.Haste(work.patience(), times.body(), () -> refuse(to, correlation));
    var body = new Body(from, config.bodyBytesMax(), haste, room);
    var answer = answer(from, correlation, body).with(CORRELATION, correlation);
    if (body.isLate()) endConnection();
    var response = body.isLeft() ? answer.with("Connection", "close") : answer;
    if (from.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
      to.whenSent(Exchange::endConnection);
    }
    work.patience().begin(response.isStreamed() ? times.stream() : times.answer());
    try {
      send(from, put(response, to), response);
    } finally {
      work.patience().end();
    }
    if (!body.finish()) endConnection();
  }

  /// Done while the thread of the request still waits for the client.
  private void refuse(ServerResponse to, String correlation) {
    var failure = new HttpFailure(408, "the body did not arrive in time");
    var refusal =
        work.failures().render(failure).with(CORRELATION, correlation).with("Connection", "close");
    put(refusal, to).send(refusal.body());
  }

  private static ServerResponse put(Response response, ServerResponse to) {
    to.status(Status.create(response.status()));
    response.fields().forEach(field -> put(field.getKey(), field.getValue(), to));
    return to;
  }

  /// The last one of a name counts, except for cookies: each has a field of its own (RFC 6265 §3).
  private static void put(String name, String value, ServerResponse to) {
    if (name.equalsIgnoreCase("Set-Cookie")) {
      to.headers().add(HeaderNames.SET_COOKIE, value);
    } else {
      to.header(name, value);
    }
  }

  private static void endConnection() {
    throw new CloseConnectionException("this was the last request");
  }

  /// HEAD is answered like GET, without the body (RFC 9110 §9.3.2).
  private static void send(ServerRequest from, ServerResponse to, Response response) {
    if (from.prologue().method().text().equals("HEAD")) {
      if (!response.isStreamed()) to.header("Content-Length", "" + response.body().length);
      to.send();
    } else if (response.isStreamed()) {
      stream(to, response);
    } else {
      to.send(response.body());
    }
  }

  /// An answer that breaks off must not look like a whole one: the connection ends without the last
  /// chunk.
  private static void stream(ServerResponse to, Response response) {
    try {
      var out = to.outputStream();
      response.writeTo(out);
      out.close();
    } catch (ServerConnectionException e) {
      throw e; // the client has gone
    } catch (IOException | RuntimeException e) {
      LOG.error("an answer broke off", e);
      throw new CloseConnectionException("the answer broke off", e);
    }
  }

  private Response answer(ServerRequest from, String correlation, Body body) {
    room.enter();
    try {
      return answered(from, correlation, body);
    } finally {
      room.leave();
      body.drop();
    }
  }

  private Response answered(ServerRequest from, String correlation, Body body) {
    try {
      var request = new Request(head(from, correlation), body::read);
      return request.finish(handled(request));
    } catch (HttpFailure failure) {
      return work.failures().render(failure);
    } catch (RuntimeException e) {
      LOG.error("request failed, correlation {}", correlation, e);
      return work.failures()
          .render(
              new HttpFailure(500, "something went wrong; ask with correlation id " + correlation));
    }
  }

  private Response handled(Request request) {
    try {
      return work.handler().handle(request);
    } catch (HttpFailure failure) {
      return work.failures().render(failure);
    }
  }

  private Request.Head head(ServerRequest from, String correlation) {
    var prologue = from.prologue();
    var fields = new HashMap<String, List<String>>();
    from.headers().forEach(field -> fields.put(field.name(), List.copyOf(field.allValues())));
    var headers = new Headers(fields);
    return new Request.Head(
        prologue.method().text(),
        segments(prologue.uriPath().rawPath()),
        Query.parse(prologue.query().rawValue()),
        headers,
        remote(from),
        correlation,
        config
            .outside()
            .url()
            .map(URI::toString)
            .orElseGet(() -> Origin.of(headers, from.isSecure())),
        certificate(from));
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
