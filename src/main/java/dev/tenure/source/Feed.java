package dev.tenure.source;

import dev.tenure.id.PersonKey;
import dev.tenure.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What a source tells of its changes, so that one changed person costs the same among a hundred
/// and a million. Not safe for use by several threads at once.
public interface Feed {
  /// A place in the source's history, as the source writes it; it outlives the process. At most 64
  /// KiB.
  record Cursor(String value) {}

  /// One change. The person is whole, as a snapshot would give them; a change may be told again,
  /// and of a person who is the same as before.
  sealed interface Event {
    record Changed(Person person) implements Event {}

    /// Is there no more, or no longer among those whom the source is asked for. Only what the
    /// source itself says counts (law 1): a record that can no longer be found without such a word
    /// is not `Gone`. It may name somebody whom Tenure never knew.
    record Gone(PersonKey person) implements Event {}
  }

  /// How a read of the feed ended.
  sealed interface FeedOutcome {
    /// All changes up to `next` were given; the same place again where there were none.
    record Read(Cursor next, List<Problem> findings) implements FeedOutcome {
      public Read {
        findings = List.copyOf(findings);
      }
    }

    /// Only a snapshot helps: the source no longer knows the place, or it knows that something
    /// changed and not what (a file that was replaced), which is nothing to worry about: the reason
    /// is then `SOURCE_CHANGED`.
    record Expired(Problem reason) implements FeedOutcome {}

    /// The read ended early. What was given holds; it is asked again from the same place.
    record Failed(Problem reason) implements FeedOutcome {}
  }

  /// What Tenure knows of the people as they were before: an adapter asks it whom a change
  /// concerns, where the source tells only how things are now.
  interface Known {
    /// Those who were in this group, directly or through others, when they were last seen.
    Set<PersonKey> inGroup(String group);

    /// The names of all groups that somebody was in; their letter case may be lost.
    Set<String> groups();

    /// Whether this person was there when last seen.
    boolean knows(PersonKey person);

    /// Everybody: some sources tell who is left rather than who has gone.
    Set<PersonKey> everybody();
  }

  /// The place from which on changes must be read after a snapshot that begins now; asked before
  /// the snapshot, so that nothing falls between the two. Empty where the source cannot say.
  Optional<Cursor> begin();

  /// Gives all changes since that place, those of one person in their order. Nothing is thrown for
  /// a source that fails: the answer says so.
  FeedOutcome since(Cursor cursor, Known known, Consumer<Event> events);

  /// Whether it tells of those who are gone. Where it does not, because the source has no memory of
  /// them, only complete snapshots find leavers, and are needed as often as leavers are to be
  /// found; everybody else is still found by the feed.
  default boolean tellsOfTheGone() {
    return true;
  }

  /// Returns when there may be changes since that place, at the latest after `longest`. A source
  /// that cannot wait returns at once or after a while of its own, and is then simply asked.
  void await(Cursor cursor, Duration longest) throws InterruptedException;
}
