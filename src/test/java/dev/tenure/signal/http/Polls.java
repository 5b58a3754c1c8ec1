package dev.tenure.signal.http;

import dev.tenure.organization.TestServer.Answer;
import dev.tenure.signal.Received;
import dev.tenure.signal.SignalWorld.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Reads a stream as a polling receiver does.
final class Polls {
  private Polls() {}

  /// The tokens of an answer, each verified by the keys that the transmitter publishes.
  static List<Received> tokens(Api api, Answer answer) {
    if (answer.status() != 200) throw new IllegalStateException(answer.response().body());
    var jwks = api.as("").get("/jwks.json").response().body();
    return answer.json().path("sets").properties().stream()
        .map(set -> {
          var token = Received.verified(set.getValue().stringValue(), jwks);
          if (!token.jti().equals(set.getKey())) throw new IllegalStateException("another jti");
          return token;
        })
        .toList();
  }

  /// All that waits, acknowledged as it is read.
  static List<Received> all(Api api, String stream) {
    var all = new ArrayList<Received>();
    var acks = "";
    while (true) {
      var some = tokens(api, api.poll(stream, acks.isEmpty() ? "" : "\"ack\": [" + acks + "]"));
      if (some.isEmpty()) return all;
      all.addAll(some);
      acks = some.stream().map(t -> "\"" + t.jti() + "\"").collect(Collectors.joining(","));
    }
  }
}
