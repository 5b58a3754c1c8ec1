package dev.tenure.notify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The messages that wait for their receivers, and what became of those before.
public interface Outbox {
  /// The receivers that something can be sent to now.
  List<String> due(Instant now);

  /// Who sends, and until when nobody else does.
  record Lease(String owner, Instant now, Instant until) {}

  /// The first message of a receiver. `refusals`: it was refused so often; `failures`: so often in
  /// a row nothing was taken.
  record Waiting(long id, Message message, int refusals, int failures) {}

  /// Absent where nothing waits, the receiver is somebody else's, or it must wait.
  Optional<Waiting> take(String receiver, Lease lease);

  /// What becomes of a message that was sent.
  sealed interface Outcome {
    /// What is known of the receiver from now on.
    String words();

    /// It goes.
    record Done(String words) implements Outcome {}

    /// It goes, though nobody has it; why stands in the audit log.
    record GivenUp(String words) implements Outcome {}

    /// It stays the first.
    record Again(String words, int refusals, int failures, Instant next) implements Outcome {}
  }

  /// Writes down what came of it, and lets others send.
  void settle(String receiver, Lease lease, Settled settled);

  /// A message and its outcome.
  record Settled(Waiting waiting, Outcome outcome) {}

  /// A message that nobody took.
  record Expired(String receiver, String type, Instant at) {}

  /// Gives up what is older. `now` is when that is.
  List<Expired> expire(Instant oldest, Instant now);

  /// Forgets what became of messages before that time.
  void forget(Instant oldest);

  /// How it stands with a receiver: so many messages wait, the first of them since `oldest`; the
  /// last answer, and when it is tried next.
  record Standing(
      String receiver,
      long waiting,
      Optional<Instant> oldest,
      int failures,
      Optional<Instant> answeredAt,
      String answer,
      Optional<Instant> next) {}

  /// Of all receivers that anything was ever for.
  List<Standing> standings();

  /// A message that waits.
  record Open(String receiver, Message message) {}

  /// The messages that wait, the oldest first; at most so many.
  List<Open> open(int countMax);

  /// A message that waits no more: whether it was taken, or given up, and the last answer. A larger
  /// `id` ended later.
  record Told(
      long id, String receiver, Message message, boolean taken, Instant settledAt, String answer) {}

  /// Those that ended before this one, the last first; at most so many.
  List<Told> told(long before, int countMax);

  /// Writes down that somebody tried a receiver with this message, and what came of it.
  void tested(String receiver, Message message, Answer answer);
}
