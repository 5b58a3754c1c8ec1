package dev.tenure.signal;

import dev.tenure.config.Secret;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A stream of events to one receiver (SSF 1.0 §8.1.1). `client` is the receiver, `issuer` the
/// address of its organization as the receiver knows it, `audience` the receiver's client id.
public record EventStream(
    StreamKey key,
    String client,
    String issuer,
    String audience,
    Subscription subscription,
    Delivery delivery,
    Status status) {

  /// Which events are told, as URIs. `requested` absent: the usual ones.
  public record Subscription(
      Optional<List<String>> requested,
      List<String> delivered,
      SubjectFormat format,
      Optional<String> description) {
    public Subscription {
      requested = requested.map(List::copyOf);
      delivered = List.copyOf(delivered);
    }
  }

  /// How a user is named in CAEP and RISC events; SCIM events have a form of their own.
  public enum SubjectFormat {
    ISS_SUB,
    EMAIL;

    /// As on the wire: `iss_sub` (RFC 9493 §3.2.4).
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How events get to the receiver.
  public sealed interface Delivery {
    /// The receiver fetches them (RFC 8936).
    record Poll() implements Delivery {}

    /// They are sent to the receiver (RFC 8935), with this `Authorization` field.
    record Push(URI endpoint, Optional<Secret> authorization) implements Delivery {}
  }

  /// Whether events flow, and why not. A paused stream holds them, a disabled one forgets them.
  public record Status(State state, Optional<String> reason) {}

  /// See [Status].
  public enum State {
    ENABLED,
    PAUSED,
    DISABLED;

    /// As on the wire: `enabled`.
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The same with other contents.
  public EventStream with(Subscription newSubscription, Delivery newDelivery) {
    return new EventStream(key, client, issuer, audience, newSubscription, newDelivery, status);
  }

  /// The same with another status.
  public EventStream with(Status newStatus) {
    return new EventStream(key, client, issuer, audience, subscription, delivery, newStatus);
  }

  /// Where the receiver polls, whether or not this stream is one that polls.
  public String pollAddress() {
    return issuer + "/signals/poll/" + key.id();
  }
}
