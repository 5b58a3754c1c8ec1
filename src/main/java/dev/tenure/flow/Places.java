package dev.tenure.flow;

import dev.tenure.id.FlowId;
import dev.tenure.source.Feed;
import java.time.Instant;
import java.util.Optional;

/// Where each flow stands between two turns, also after the process has ended.
public interface Places {
  /// `cursor`: the source's feed is read up to here. `rules`: the fingerprint of the configuration
  /// that everybody was decided by. `readAt`: when the source was last read whole; `sweptAt`: the
  /// target.
  record Place(
      Optional<Feed.Cursor> cursor,
      Optional<String> rules,
      Optional<Instant> readAt,
      Optional<Instant> sweptAt) {
    Place read(Optional<Feed.Cursor> upTo, Instant at) {
      return new Place(upTo, rules, Optional.of(at), sweptAt);
    }

    /// The last read of the source was not whole. What the feed tells from there on still counts.
    Place unread(Optional<Feed.Cursor> from) {
      return new Place(from, rules, Optional.empty(), sweptAt);
    }

    Place followed(Feed.Cursor upTo) {
      return new Place(Optional.of(upTo), rules, readAt, sweptAt);
    }

    Place swept(Instant at) {
      return new Place(cursor, rules, readAt, Optional.of(at));
    }

    Place decided(String by) {
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
