package dev.tenure.signal.http;

import dev.tenure.config.Secret;
import dev.tenure.http.HttpFailure;
import dev.tenure.signal.EventStream;
import dev.tenure.signal.EventStream.Delivery;
import dev.tenure.signal.EventStream.SubjectFormat;
import dev.tenure.signal.Wish;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads what receivers say of their streams (SSF 1.0 §8.1.1.1, §8.1.1.3, §8.1.1.4). All that is
/// wrong is 400.
final class WishReader {
  private static final List<String> OF_TRANSMITTER =
      List.of("iss", "aud", "events_supported", "events_delivered", "min_verification_interval");
  private static final List<String> OF_RECEIVER =
      List.of("events_requested", "delivery", "description", "format");
  private static final int EVENTS_MAX = 64;
  private static final int TEXT_MAX = 512;
  private static final int HEADER_MAX = 4_096;
  private static final Pattern HEADER = Pattern.compile("[\\x20-\\x7e]+");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]");

  private WishReader() {}

  /// A new stream, or all that a receiver says of one that there is: what is missing is wished
  /// away.
  static Wish whole(ObjectNode body, Optional<EventStream> stream) {
    stream.ifPresent(s -> requireUnchanged(body, s));
    return new Wish(
        events(body), delivery(body.path("delivery"), stream), description(body), format(body));
  }

  /// Some of it: what is missing stays.
  static Wish part(ObjectNode body, EventStream stream) {
    requireUnchanged(body, stream);
    var all = StreamJson.ofReceiver(stream);
    for (var name : OF_RECEIVER) {
      if (body.has(name)) all.set(name, body.get(name));
    }
    return whole(all, Optional.of(stream));
  }

  /// What the transmitter supplies may be repeated, not changed.
  private static void requireUnchanged(ObjectNode body, EventStream stream) {
    var ours = StreamJson.of(stream);
    for (var name : OF_TRANSMITTER) {
      if (body.has(name) && !same(body.get(name), ours.path(name))) {
        throw new HttpFailure(400, name + " is given by the transmitter and cannot be changed");
      }
    }
  }

  private static boolean same(JsonNode theirs, JsonNode ours) {
    if (theirs.isNumber()) return theirs.asLong(0) == ours.asLong(-1);
    if (theirs.isArray() && ours.isString()) return theirs.size() == 1 && same(theirs.get(0), ours);
    return theirs.equals(ours);
  }

  private static Optional<List<String>> events(ObjectNode body) {
    var events = body.path("events_requested");
    if (events.isMissingNode() || events.isNull()) return Optional.empty();
    var texts = events.valueStream().filter(JsonNode::isString).map(JsonNode::stringValue).toList();
    if (!events.isArray() || texts.size() != events.size() || texts.size() > EVENTS_MAX) {
      throw new HttpFailure(400, "events_requested is a list of at most " + EVENTS_MAX + " URIs");
    }
    texts.forEach(text -> requireShort("events_requested", text));
    return Optional.of(texts);
  }

  private static Optional<String> description(ObjectNode body) {
    return Json.text(body, "description")
        .map(text -> text.substring(0, Math.min(text.length(), TEXT_MAX)));
  }

  private static SubjectFormat format(ObjectNode body) {
    var wire = Json.text(body, "format").orElse(SubjectFormat.ISS_SUB.wire());
    return Arrays.stream(SubjectFormat.values())
        .filter(format -> format.wire().equals(wire))
        .findFirst()
        .orElseThrow(() -> new HttpFailure(400, "format is iss_sub or email"));
  }

  private static Delivery delivery(JsonNode delivery, Optional<EventStream> stream) {
    if (delivery.isMissingNode() || delivery.isNull()) return new Delivery.Poll();
    if (!delivery.isObject()) throw new HttpFailure(400, "delivery must be an object");
    return switch (Json.required(delivery, "method")) {
      case StreamJson.POLL -> new Delivery.Poll();
      case StreamJson.PUSH -> push(delivery, stream);
      default ->
          throw new HttpFailure(
              400, "delivery.method is " + StreamJson.PUSH + " or " + StreamJson.POLL);
    };
  }

  /// The secret is not shown, so a receiver that repeats what it read has it not: it stays, but for
  /// the same address only. For another one it would be told to somebody else.
  private static Delivery push(JsonNode delivery, Optional<EventStream> stream) {
    var endpoint = endpoint(Json.required(delivery, "endpoint_url"));
    if (delivery.has("authorization_header")) {
      return new Delivery.Push(
          endpoint, Json.text(delivery, "authorization_header").map(WishReader::header));
    }
    var before =
        stream
            .map(EventStream::delivery)
            .filter(Delivery.Push.class::isInstance)
            .map(Delivery.Push.class::cast)
            .filter(push -> push.endpoint().equals(endpoint));
    return new Delivery.Push(endpoint, before.flatMap(Delivery.Push::authorization));
  }

  private static Secret header(String text) {
    if (text.length() <= HEADER_MAX && HEADER.matcher(text).matches()) return new Secret(text);
    throw new HttpFailure(400, "authorization_header is one line of visible ASCII");
  }

  /// Events are about people: they go over TLS, or stay on this machine (RFC 8935 §5.2).
  private static URI endpoint(String text) {
    requireShort("endpoint_url", text);
    try {
      var uri = new URI(text).normalize();
      var host = uri.getHost();
      var safe =
          "https".equalsIgnoreCase(uri.getScheme())
              || ("http".equalsIgnoreCase(uri.getScheme())
                  && host != null
                  && LOOPBACK.matcher(host).matches());
      if (host != null && safe && uri.getUserInfo() == null && uri.getFragment() == null) {
        return uri;
      }
    } catch (java.net.URISyntaxException _) {
      throw new HttpFailure(400, "endpoint_url is not an address");
    }
    throw new HttpFailure(400, "endpoint_url must be an https address without user and fragment");
  }

  private static void requireShort(String name, String text) {
    if (text.length() > TEXT_MAX) {
      throw new HttpFailure(400, name + " has texts of at most " + TEXT_MAX + " characters");
    }
  }
}
