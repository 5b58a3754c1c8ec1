package dev.tenure.signal;

import dev.tenure.id.OrganizationId;
import dev.tenure.signal.EventStream.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where streams are kept. What changes them is written to the organization's audit log in the same
/// transaction.
public interface Streams {
  /// Keeps a new stream; false where its client has `most` already.
  boolean create(EventStream stream, int most, Instant now);

  /// The streams of a client, the oldest first.
  List<EventStream> of(OrganizationId organization, String client);

  Optional<EventStream> find(StreamKey stream);

  /// Replaces subscription and delivery; false where the stream is gone. What waits stays.
  boolean change(EventStream stream, Instant now);

  /// Sets the status, and drops what waits where the stream is or was disabled; false where it is
  /// gone.
  boolean set(StreamKey stream, Status status, Instant now);

  /// False where it is gone already.
  boolean delete(StreamKey stream, Instant now);

  /// Nothing more is told about this subject.
  void exclude(StreamKey stream, String subject, Instant now);

  /// All is told about this subject again.
  void include(StreamKey stream, String subject, Instant now);

  /// Queues a verification event; false where one was asked for after `before`.
  boolean verify(StreamKey stream, Optional<String> state, Asked asked);

  /// When, and how long before another request is allowed.
  record Asked(Instant now, Instant before) {}
}
