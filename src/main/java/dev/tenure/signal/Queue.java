package dev.tenure.signal;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What waits in the streams.
public interface Queue {
  /// The streams that something can be pushed to now.
  List<StreamKey> due(Instant now);

  /// Who pushes, and until when nobody else does.
  record Lease(String owner, Instant now, Instant until) {}

  /// A stream that is this owner's to push to, and how often in a row that failed before.
  record Leased(EventStream stream, int failures) {}

  /// Absent where the stream is somebody else's, is not enabled, or must wait.
  Optional<Leased> lease(StreamKey stream, Lease lease);

  /// Lets others push.
  void release(StreamKey stream, String owner);

  /// Some of what waits, in order for each subject and without a gap in it. `more`: there may be
  /// others.
  record Window(List<Signal> signals, boolean more) {
    public Window {
      signals = List.copyOf(signals);
    }

    /// Of each subject only the events of its first change. The next change goes out when the
    /// receiver has this one and that is written down: else what is sent twice, or read in another
    /// order, could undo what followed it.
    List<Signal> oneChangeEach() {
      var changes = new HashMap<String, UUID>();
      return signals.stream()
          .filter(s -> s.txn().equals(changes.computeIfAbsent(s.subject(), _ -> s.txn())))
          .toList();
    }
  }

  /// The first events: of subjects who lost access, then of all. Subjects whose push failed are
  /// left out until their time has come.
  Window first(StreamKey stream, Instant now);

  /// The first events about the stream itself, for one that is disabled.
  Window last(StreamKey stream, Instant now);

  /// What came of a push. `err` and `description` are the receiver's words (RFC 8935 §2.4).
  sealed interface Outcome {
    record Accepted(Signal signal) implements Outcome {}

    record Refused(Signal signal, String err, String description) implements Outcome {}

    record Failed(Signal signal, Instant nextTry) implements Outcome {}
  }

  /// How the stream goes on: `failures` in a row, and no push before `nextTry`.
  record Settlement(List<Outcome> outcomes, int failures, Optional<Instant> nextTry) {
    public Settlement {
      outcomes = List.copyOf(outcomes);
    }
  }

  /// Writes down what came of pushes, and keeps the lease where it is still this owner's.
  void settle(StreamKey stream, Lease lease, Settlement settlement);

  /// What a poll says of earlier tokens (RFC 8936 §2.2).
  record Acknowledgement(List<Signal.TokenId> received, List<Refusal> refused) {
    public Acknowledgement {
      received = List.copyOf(received);
      refused = List.copyOf(refused);
    }

    public boolean isEmpty() {
      return received.isEmpty() && refused.isEmpty();
    }
  }

  /// A token that the receiver could not take.
  record Refusal(Signal.TokenId token, String err, String description) {}

  /// Forgets what the receiver has, and notes what it refused.
  void acknowledge(StreamKey stream, Acknowledgement acknowledgement, Instant now);

  /// How long and how many events may wait in a stream.
  record Limits(Instant oldest, int most) {}

  /// The streams where more, or older ones, wait.
  List<StreamKey> overdue(Limits limits);

  /// Drops events that failed again and again, though others came through; how many.
  int expire(StreamKey stream, Instant oldest, Instant now);

  /// Disables a stream where more waits than may; its receiver is told so. False where it is
  /// disabled or gone already.
  boolean giveUp(StreamKey stream, String reason, Instant now);
}
