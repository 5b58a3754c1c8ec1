package dev.tenure.flow.ring;

import dev.tenure.id.FlowId;
import java.util.List;
import java.util.Optional;

/// A flow as a way for people: `from` is absent where nothing of ours is ever written (a directory,
/// files); `leavesOut` says whose accounts it does not read; `mark` is the `sourceOrg` that its
/// accounts carry.
public record Way(
    FlowId flow, Optional<Store> from, Store to, List<Bar> leavesOut, Optional<String> mark) {
  public Way {
    leavesOut = List.copyOf(leavesOut);
  }

  /// Keeps accounts with some marks from being read. Accounts without a mark are people.
  public sealed interface Bar {
    /// All marks but this one: a source's `sourceOrg`, or the scope `sourceOrg == "…"`.
    record AllBut(String mark) implements Bar {}

    /// This mark: the scope `sourceOrg != "…"`.
    record Only(String mark) implements Bar {}

    default boolean stops(String account) {
      return switch (this) {
        case AllBut(var own) -> !own.equals(account);
        case Only(var other) -> other.equals(account);
      };
    }
  }

  /// Whether this flow takes the accounts that the other one wrote for people.
  boolean reads(Way other) {
    if (!from.equals(Optional.of(other.to))) return false;
    return other.mark.isEmpty() || leavesOut.stream().noneMatch(b -> b.stops(other.mark.get()));
  }
}
