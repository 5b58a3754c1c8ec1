package dev.tenure.notify;

import java.time.Duration;

/// Brings a message to a receiver.
@FunctionalInterface
public interface Messenger {
  /// At most so long may it take.
  Duration LONGEST = Duration.ofSeconds(30);

  Answer send(Receiver to, Message message);
}
