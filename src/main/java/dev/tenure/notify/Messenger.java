package dev.tenure.notify;

/// Brings a message to a receiver.
@FunctionalInterface
public interface Messenger {
  /// At most so long may it take.
  java.time.Duration LONGEST = java.time.Duration.ofSeconds(30);

  Answer send(Receiver to, Message message);
}
