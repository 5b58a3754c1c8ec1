package dev.tenure.flow;

import dev.tenure.id.FlowId;
import dev.tenure.source.Feed;
import java.time.Instant;
import java.util.Optional;

/// Where each flow stands between two turns, also after the process has ended.
public interface Places {
  /// `cursor`: the source's feed is read up to here. `decidedBy`: the configuration that everybody
  /// was decided by. `readAt`: when the source was last read whole; `sweptAt`: the target.
  record Place(
      Optional<Feed.Cursor> cursor,
      Optional<Fingerprint> decidedBy,
      Optional<Instant> readAt,
      Optional<Instant> sweptAt) {
    Place read(Optional<Feed.Cursor> upTo, Instant at) {
      return new Place(upTo, decidedBy, Optional.of(at), sweptAt);
    }

    /// The last read of the source was not whole. What the feed tells from there on still counts.
    Place unread(Optional<Feed.Cursor> from) {
      return new Place(from, decidedBy, Optional.empty(), sweptAt);
    }

    Place followed(Feed.Cursor upTo) {
      return new Place(Optional.of(upTo), decidedBy, readAt, sweptAt);
    }

    Place swept(Instant at) {
      return new Place(cursor, decidedBy, readAt, Optional.of(at));
    }

    Place decided(Fingerprint by) {
      return new Place(cursor, Optional.of(by), readAt, sweptAt);
    }
  }

  Place of(FlowId flow);

  void keep(FlowId flow, Place place);

  /// Notes that changes are sent from now on, until [#sent]; gives since when they are. That is
  /// earlier where a turn before was killed in the middle.
  Instant sending(FlowId flow, Instant now);

  /// What was sent is looked after.
  void sent(FlowId flow);
}
