package dev.tenure.licence;

import dev.tenure.flow.Cycle;
import dev.tenure.flow.Flow;
import dev.tenure.id.AccountId;
import dev.tenure.id.OrganizationId;
import dev.tenure.id.PersonKey;
import dev.tenure.licence.store.LicenceStore;
import dev.tenure.licence.store.LicenceStore.Holder;
import dev.tenure.plan.Survey;
import dev.tenure.plan.Values;
import dev.tenure.target.Account;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

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
  /// Nothing is said as long as a source was not read (law 1).
  private List<UUID> orphans(List<Flow> flows) {
    if (flows.isEmpty() || flows.stream().anyMatch(f -> books.people().count(f.id()) == 0)) {
      return List.of();
    }
    var orphans = new ArrayList<UUID>();
    var flow = flows.getFirst().id();
    var page = store.unlinked(flow, "", EACH_MAX);
    while (!page.isEmpty() && orphans.size() < EACH_MAX) {
      ofNobody(page, flows).forEach(a -> uuid(a.id()).ifPresent(orphans::add));
      page = store.unlinked(flow, page.getLast().id().value(), EACH_MAX);
    }
    return orphans;
  }

  private List<Account> ofNobody(List<Account> accounts, List<Flow> flows) {
    var left = new LinkedHashMap<AccountId, Account>();
    accounts.stream()
        .filter(a -> flows.stream().anyMatch(f -> !f.planner().isForeign(a)))
        .forEach(a -> left.put(a.id(), a));
    for (var flow : flows) {
      books.links().owners(flow.id(), left.keySet()).forEach(l -> left.remove(l.account()));
      var known = known(flow, left.values());
      left.values().removeIf(a -> names(a).stream().anyMatch(n -> known.contains(folded(n))));
    }
    return List.copyOf(left.values());
  }

  /// What somebody is called whom the source knows, of all who are called as one of these accounts:
  /// that is a conflict, for `tenure reconcile`.
  private Set<String> known(Flow flow, Collection<Account> accounts) {
    var names = new HashSet<String>();
    accounts.forEach(a -> names.addAll(names(a)));
    var keys = new HashSet<>(books.people().named(flow.id(), names, 1));
    names.stream()
        .filter(n -> n.length() <= PersonKey.LENGTH_MAX)
        .map(PersonKey::new)
        .forEach(keys::add);
    var known = new HashSet<String>();
    for (var one : books.people().all(flow.id(), keys)) {
      if (one.goneAt().isPresent()) continue;
      known.add(folded(one.person().key().value()));
      one.person().attributes().values().stream()
          .flatMap(List::stream)
          .forEach(value -> known.add(folded(value)));
    }
    return known;
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// Its userName, externalId and addresses.
  private static List<String> names(Account account) {
    var view = account.resource().view();
    var mails =
        Values.elements(Values.member(view, "emails")).stream()
            .map(mail -> Values.member(mail, "value").asString(""));
    var others = Stream.of(Survey.name(account), Values.member(view, "externalId").asString(""));
    return Stream.concat(others, mails).filter(n -> !n.isBlank()).distinct().toList();
  }

  private static Optional<UUID> uuid(AccountId id) {
    try {
      return Optional.of(UUID.fromString(id.value()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
