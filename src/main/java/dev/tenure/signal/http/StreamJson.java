package dev.tenure.signal.http;

import dev.tenure.signal.EventStream;
import dev.tenure.signal.EventStream.Delivery;
import dev.tenure.signal.EventType;
import dev.tenure.signal.Transmitter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Streams as their receivers see them (SSF 1.0 §8.1.1). The `Authorization` field of a push is not
/// among what is shown.
final class StreamJson {
  static final String PUSH = "urn:ietf:rfc:8935";
  static final String POLL = "urn:ietf:rfc:8936";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private StreamJson() {}

  static ObjectNode of(EventStream stream) {
    var json = JSON.objectNode().put("stream_id", stream.key().id().toString());
    json.put("iss", stream.issuer()).put("aud", stream.audience());
    var supported = json.putArray("events_supported");
    EventType.offered().forEach(type -> supported.add(type.uri()));
    var delivered = json.putArray("events_delivered");
    stream.subscription().delivered().forEach(delivered::add);
    json.put("min_verification_interval", Transmitter.VERIFICATION_INTERVAL.toSeconds());
    return json.setAll(ofReceiver(stream));
  }

  /// What the receiver itself said of the stream.
  static ObjectNode ofReceiver(EventStream stream) {
    var json = JSON.objectNode();
    var subscription = stream.subscription();
    subscription.requested().ifPresent(all -> all.forEach(json.putArray("events_requested")::add));
    json.set("delivery", delivery(stream));
    subscription.description().ifPresent(text -> json.put("description", text));
    return json.put("format", subscription.format().wire());
  }

  private static JsonNode delivery(EventStream stream) {
    var json = JSON.objectNode();
    return switch (stream.delivery()) {
      case Delivery.Poll _ -> json.put("method", POLL).put("endpoint_url", stream.pollAddress());
      case Delivery.Push push ->
          json.put("method", PUSH).put("endpoint_url", push.endpoint().toString());
    };
  }

  /// SSF 1.0 §8.1.2.1.
  static ObjectNode status(EventStream stream) {
    var json = JSON.objectNode().put("stream_id", stream.key().id().toString());
    json.put("status", stream.status().state().wire());
    stream.status().reason().ifPresent(reason -> json.put("reason", reason));
    return json;
  }
}
