package dev.tenure.conformance;

import dev.tenure.organization.TestServer.Answer;
import dev.tenure.signal.Received;
import dev.tenure.signal.SignalWorld.Api;
import java.util.List;

/// Reads what a receiver gets by polling.
final class Signals {
  private Signals() {}

  /// The tokens of an answer, each verified by the keys that the transmitter publishes.
  static List<Received> tokens(Api receiver, Answer poll) {
    var jwks = receiver.as("").get("/jwks.json").response().body();
    return poll.json().path("sets").properties().stream()
        .map(set -> Received.verified(set.getValue().stringValue(), jwks))
        .toList();
  }

  /// The member of a poll that names these tokens, such as `"ack": ["…"]`.
  static String ack(List<Received> tokens) {
    var names = tokens.stream().map(t -> "\"" + t.jti() + "\"").toList();
    return "\"ack\": [" + String.join(",", names) + "]";
  }
}
