package dev.tenure.signal;

import dev.tenure.http.HttpFailure;
import dev.tenure.signal.EventStream.State;
import dev.tenure.signal.EventStream.Status;
import dev.tenure.signal.EventStream.Subscription;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The streams of receivers, as they manage them (SSF 1.0 §8). A receiver sees its own streams
/// only; for all others the answer is 404, whether or not they exist.
public final class Transmitter {
  /// Verification may be asked for so often (`min_verification_interval`).
  public static final Duration VERIFICATION_INTERVAL = Duration.ofSeconds(5);

  private static final int STREAMS_MAX = 8;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Streams streams;
  private final Clock clock;
  private final RandomGenerator random;

  /// `random` makes the ids of streams.
  public Transmitter(Streams streams, Clock clock, RandomGenerator random) {
    this.streams = streams;
    this.clock = clock;
    this.random = random;
  }

  /// Makes a stream. Throws 409 where the receiver has eight already.
  public EventStream create(Receiver receiver, String issuer, Wish wish) {
    var stream =
        new EventStream(
            new StreamKey(receiver.organization(), newId()),
            receiver.client(),
            issuer,
            receiver.organization() + "." + receiver.client(),
            subscription(wish),
            wish.delivery(),
            new Status(State.ENABLED, Optional.empty()));
    if (streams.create(stream, STREAMS_MAX, clock.instant())) return stream;
    throw new HttpFailure(409, "this receiver has " + STREAMS_MAX + " streams, the most there are");
  }

  /// All streams of the receiver.
  public List<EventStream> all(Receiver receiver) {
    return streams.of(receiver.organization(), receiver.client());
  }

  /// The receiver's stream of this id; throws 404.
  public EventStream stream(Receiver receiver, String id) {
    return Optional.of(id)
        .filter(text -> ID.matcher(text).matches())
        .flatMap(
            text -> streams.find(new StreamKey(receiver.organization(), UUID.fromString(text))))
        .filter(stream -> stream.client().equals(receiver.client()))
        .orElseThrow(Transmitter::missing);
  }

  /// Gives a stream other contents.
  public EventStream change(EventStream stream, Wish wish) {
    var changed = stream.with(subscription(wish), wish.delivery());
    if (!streams.change(changed, clock.instant())) throw missing();
    return changed;
  }

  /// Lets events flow, holds them or forgets them.
  public EventStream set(EventStream stream, Status status) {
    if (!streams.set(stream.key(), status, clock.instant())) throw missing();
    return stream.with(status);
  }

  /// Deletes a stream with all that waits in it.
  public void delete(EventStream stream) {
    if (!streams.delete(stream.key(), clock.instant())) throw missing();
  }

  /// Tells a stream about a subject again, or no more. Throws 400 for a subject that no event here
  /// is about; whether one of a right form exists is not told (SSF 1.0 §9.1).
  public void subject(EventStream stream, JsonNode subject, boolean wanted) {
    var key =
        Subjects.key(subject, stream.issuer())
            .orElseThrow(() ->
                new HttpFailure(
                    400, "subject: use the format scim, iss_sub, email or opaque, of one user"));
    if (wanted) streams.include(stream.key(), key, clock.instant());
    else streams.exclude(stream.key(), key, clock.instant());
  }

  /// Sends a verification event through the stream. Throws 429 where the last one was asked for a
  /// moment ago, 400 for a disabled stream.
  public void verify(EventStream stream, Optional<String> state) {
    if (stream.status().state() == State.DISABLED) {
      throw new HttpFailure(400, "the stream is disabled: enable it first");
    }
    var now = clock.instant();
    var asked = new Streams.Asked(now, now.minus(VERIFICATION_INTERVAL));
    if (streams.verify(stream.key(), state, asked)) return;
    throw new HttpFailure(
        429, "ask for verification every " + VERIFICATION_INTERVAL.toSeconds() + " s at most");
  }

  private static Subscription subscription(Wish wish) {
    var offered = EventType.offered().stream().map(EventType::uri).toList();
    var delivered =
        wish.events()
            .map(asked -> offered.stream().filter(asked::contains).toList())
            .orElseGet(() -> EventType.usual().stream().map(EventType::uri).toList());
    return new Subscription(wish.events(), delivered, wish.format(), wish.description());
  }

  private UUID newId() {
    long version = 0x4000L | (random.nextLong() & ~0xf000L);
    return new UUID(version, (random.nextLong() & ~(3L << 62)) | Long.MIN_VALUE);
  }

  private static HttpFailure missing() {
    return new HttpFailure(404, "there is no such stream");
  }
}
