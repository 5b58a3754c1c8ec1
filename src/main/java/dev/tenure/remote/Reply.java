package dev.tenure.remote;

import java.net.http.HttpHeaders;
import java.util.List;

/// What came back from the wire.
public sealed interface Reply {
  /// An answer, whole. `body` is its text, perhaps empty.
  record Answer(int status, HttpHeaders headers, String body) implements Reply {
    /// The values of a header field, in order (RFC 9110 §5.2).
    public List<String> field(String name) {
      return headers.allValues(name);
    }

    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /// Not now: 429 Too Many Requests, 503 Service Unavailable.
    public boolean isBusy() {
      return status == 429 || status == 503;
    }
  }

  /// No connection was made, so nothing was sent.
  record NotSent(String why) implements Reply {}

  /// The request may have arrived, but no whole answer came back.
  record NoAnswer(String why) implements Reply {}
}
