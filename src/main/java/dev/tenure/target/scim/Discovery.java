package dev.tenure.target.scim;

import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.remote.Wire;
import dev.tenure.target.Budget;
import dev.tenure.target.Keepings;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// What a server says of itself (RFC 7644 §4): what it can do, where its users and groups are, and
/// what they are made of. One that has no such documents, shows them to nobody, or answers nonsense
/// is like any other.
final class Discovery {
  private final Wire wire;
  private final Budget budget;
  private final Said<Offer> offer;
  private final Said<JsonNode> types;
  private final Said<Optional<Keepings>> keepings;
  private final URI base;
  private volatile boolean isPlaced;

  Discovery(ScimTargetConfig config, Wire wire, Budget budget, Clock clock) {
    this.wire = wire;
    this.budget = budget;
    this.base = config.base();
    this.offer =
        new Said<>(Offer.UNSAID, () -> asked("/ServiceProviderConfig").map(Offer::of), clock);
    var reads = config.readSchemas();
    this.isPlaced = !reads;
    this.types = new Said<>(nothing(), () -> reads ? places() : always(nothing()), clock);
    this.keepings =
        new Said<>(Optional.empty(), () -> reads ? described() : always(Optional.empty()), clock);
  }

  private static JsonNode nothing() {
    return MissingNode.getInstance();
  }

  private static <T> Optional<T> always(T what) {
    return Optional.of(what);
  }

  Offer offer() {
    return offer.get();
  }

  Endpoints endpoints() {
    return Endpoints.of(types.get(), base);
  }

  /// Whether the server had a chance to say where they are: until then that somebody is missing may
  /// mean that they are elsewhere.
  boolean isPlaced() {
    return isPlaced;
  }

  Optional<Keepings> keepings() {
    return keepings.get();
  }

  /// One that fails for good has the usual ones.
  private Optional<JsonNode> places() {
    budget.charge();
    var reply = wire.get("/ResourceTypes");
    if (reply instanceof Answer answer && !isPassing(answer)) isPlaced = true;
    return said(reply);
  }

  private static boolean isPassing(Answer answer) {
    return switch (answer.status()) {
      case 401, 408, 429, 502, 503, 504 -> true;
      default -> false;
    };
  }

  private Optional<Optional<Keepings>> described() {
    var schemas = asked("/Schemas");
    return schemas.isPresent()
        ? always(Catalogue.of(schemas.get(), types.get()))
        : Optional.empty();
  }

  private Optional<JsonNode> asked(String path) {
    budget.charge();
    return said(wire.get(path));
  }

  /// A missing node where the server has no such document for us; absent where it cannot be asked
  /// now.
  private static Optional<JsonNode> said(Reply reply) {
    return switch (reply) {
      case Answer answer when answer.isSuccess() -> Optional.of(Answers.json(answer));
      case Answer answer when isNever(answer) -> Optional.of(nothing());
      default -> Optional.empty();
    };
  }

  private static boolean isNever(Answer answer) {
    return switch (answer.status()) {
      case 400, 403, 404, 405, 406, 501 -> true;
      default -> false;
    };
  }
}
