package dev.tenure.licence;

import dev.tenure.flow.Cycle;
import dev.tenure.flow.Flow;
import dev.tenure.id.AccountId;
import dev.tenure.id.OrganizationId;
import dev.tenure.id.PersonKey;
import dev.tenure.licence.store.LicenceStore;
import dev.tenure.licence.store.LicenceStore.Holder;
import dev.tenure.plan.Survey;
import dev.tenure.target.Account;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Finds seats that could be had back, from what is kept of both ends. Each account once, with its
/// strongest evidence.
final class Reclaiming {
  /// So many of each kind.
  static final int EACH_MAX = 1_000;

  private final LicenceStore store;
  private final Cycle.Books books;
  private final Duration idle;
  private final Clock clock;

  Reclaiming(LicenceStore store, Cycle.Books books, Duration idle, Clock clock) {
    this.store = store;
    this.books = books;
    this.idle = idle;
    this.clock = clock;
  }

  /// `flows` lead to the organization.
  List<Reclaimable> of(OrganizationId organization, List<Flow> flows) {
    var found = new LinkedHashMap<UUID, Reclaimable>();
    store
        .locked(organization, EACH_MAX)
        .forEach(h -> put(found, h, Evidence.LOCKED, "it is locked"));
    store
        .these(organization, orphans(flows))
        .forEach(h -> put(found, h, Evidence.ORPHANED, "no person has it"));
    var before = clock.instant().minus(idle);
    store
        .idle(organization, before, EACH_MAX)
        .forEach(h -> put(found, h, Evidence.IDLE, silent(h.lastSignIn())));
    return List.copyOf(found.values());
  }

  private static void put(
      Map<UUID, Reclaimable> found, Holder holder, Evidence evidence, String because) {
    var account = new AccountId(holder.id().toString());
    found.putIfAbsent(
        holder.id(),
        new Reclaimable(
            account, holder.userName(), holder.skus(), evidence, because, holder.lastSignIn()));
  }

  private static String silent(Optional<Instant> last) {
    return last.map(at -> "nobody has signed in since " + LocalDate.ofInstant(at, ZoneOffset.UTC))
        .orElse("nobody has ever signed in");
  }

  /// Accounts that no person of any flow has or could have, of no other source of truth (law 5).
  /// Nothing is said as long as a source was not read whole (law 1).
  private List<UUID> orphans(List<Flow> flows) {
    if (flows.isEmpty() || flows.stream().anyMatch(f -> !isReadWhole(f))) return List.of();
    var unlinked =
        flows.stream()
            .map(f -> store.unlinked(f.id(), EACH_MAX).stream())
            .map(accounts -> accounts.collect(Collectors.toMap(Account::id, a -> a)))
            .toList();
    var common = new HashSet<>(unlinked.getFirst().keySet());
    unlinked.forEach(accounts -> common.retainAll(accounts.keySet()));
    var orphans = new ArrayList<UUID>();
    for (var id : common) {
      var account = Objects.requireNonNull(unlinked.getFirst().get(id));
      boolean isForeign = flows.stream().allMatch(f -> f.planner().isForeign(account));
      if (!isForeign && flows.stream().noneMatch(f -> couldBeOfSomebody(f, account))) {
        uuid(id).ifPresent(orphans::add);
      }
    }
    return orphans;
  }

  private boolean isReadWhole(Flow flow) {
    return books.people().count(flow.id()) > 0;
  }

  /// Somebody whom the source knows has its name or key: that is a conflict, for `tenure
  /// reconcile`.
  private boolean couldBeOfSomebody(Flow flow, Account account) {
    var names = new HashSet<String>();
    names.add(Survey.name(account));
    account.resource().text("externalId").ifPresent(names::add);
    var keys =
        names.stream()
            .filter(n -> !n.isBlank() && n.length() <= PersonKey.LENGTH_MAX)
            .map(PersonKey::new)
            .toList();
    return !books.people().named(flow.id(), names, 1).isEmpty()
        || books.people().all(flow.id(), keys).stream().anyMatch(k -> k.goneAt().isEmpty());
  }

  private static Optional<UUID> uuid(AccountId id) {
    try {
      return Optional.of(UUID.fromString(id.value()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
