package dev.tenure.http;

import java.time.Duration;

/// How long a client may take: to send the head of a request, its body, and to take the answer; and
/// for how long a connection may do nothing.
record Times(Duration head, Duration body, Duration answer, Duration idle) {
  static final Times USUAL =
      new Times(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2));

  /// A large answer may take longer.
  Duration stream() {
    return answer.multipliedBy(10);
  }
}
