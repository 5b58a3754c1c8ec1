package dev.tenure.licence;

import dev.tenure.flow.Cycle;
import dev.tenure.flow.Flow;
import dev.tenure.flow.KnownPeople;
import dev.tenure.id.AccountId;
import dev.tenure.id.OrganizationId;
import dev.tenure.licence.Home.Elsewhere;
import dev.tenure.licence.Home.Hosted;
import dev.tenure.licence.store.LicenceStore;
import dev.tenure.licence.store.LicenceStore.Holder;
import dev.tenure.plan.Grants;
import dev.tenure.plan.Link;
import dev.tenure.plan.Seats;
import dev.tenure.plan.Survey;
import dev.tenure.policy.Standing;
import dev.tenure.source.Person;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Finds seats that could be had back, from what is kept of both ends. Each account once, with its
/// strongest evidence.
final class Reclaiming {
  /// So many of each kind.
  static final int EACH_MAX = 1_000;

  private static final String LOCKED = "it is locked";
  private static final String OF_NOBODY = "no person has it";
  private static final List<Account> NONE = List.of();

  private final LicenceStore store;
  private final Orphans orphans;
  private final Cycle.Books books;
  private final Duration idle;
  private final Clock clock;

  Reclaiming(LicenceStore store, Cycle.Books books, Duration idle, Clock clock) {
    this.store = store;
    this.orphans = new Orphans(store, books);
    this.books = books;
    this.idle = idle;
    this.clock = clock;
  }

  /// `flows` lead there.
  List<Reclaimable> of(Home home, List<Flow> flows) {
    return switch (home) {
      case Hosted(var id) -> of(id, flows);
      case Elsewhere _ -> flows.isEmpty() ? List.of() : new Afar(flows).found();
    };
  }

  private List<Reclaimable> of(OrganizationId organization, List<Flow> flows) {
    var found = new LinkedHashMap<UUID, Reclaimable>();
    store.locked(organization, EACH_MAX).forEach(h -> put(found, h, Evidence.LOCKED, LOCKED));
    store
        .these(organization, ids(orphans.of(flows, _ -> true)))
        .forEach(h -> put(found, h, Evidence.ORPHANED, OF_NOBODY));
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

  private static List<UUID> ids(List<Account> accounts) {
    return accounts.stream().flatMap(a -> uuid(a.id()).stream()).toList();
  }

  private static Optional<UUID> uuid(AccountId id) {
    try {
      return Optional.of(UUID.fromString(id.value()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// What flows saw of a target elsewhere. When somebody last signed in there, nobody tells.
  private final class Afar {
    private final List<Flow> flows;
    private final Flow first;
    private final Seats seats;

    Afar(List<Flow> flows) {
      this.flows = flows;
      this.first = flows.getFirst();
      this.seats = first.seats().get();
    }

    List<Reclaimable> found() {
      var found = new ArrayList<Reclaimable>();
      locked().forEach(a -> found.add(found(a, Evidence.LOCKED, LOCKED)));
      orphans
          .of(flows, a -> !due(a).isEmpty())
          .forEach(a -> found.add(found(a, Evidence.ORPHANED, OF_NOBODY)));
      return found;
    }

    private Set<String> due(Account account) {
      return seats.due(Grants.of(account));
    }

    private Reclaimable found(Account account, Evidence evidence, String because) {
      return new Reclaimable(
          account.id(), Survey.name(account), due(account), evidence, because, Optional.empty());
    }

    /// Who is in scope is to have what the rules give, also where the account is locked until a
    /// first day.
    private List<Account> locked() {
      var locked = new ArrayList<Account>();
      var page = seats.manner().lockedToo() ? store.locked(first.id(), "", EACH_MAX) : NONE;
      while (!page.isEmpty() && locked.size() < EACH_MAX) {
        var theirs = inScope(page);
        page.stream()
            .filter(a -> !due(a).isEmpty() && !theirs.contains(a.id()))
            .filter(a -> !Orphans.isForeign(a, flows))
            .forEach(locked::add);
        page = store.locked(first.id(), page.getLast().id().value(), EACH_MAX);
      }
      return locked;
    }

    private Set<AccountId> inScope(List<Account> accounts) {
      var ids = accounts.stream().map(Account::id).toList();
      var theirs = new HashSet<AccountId>();
      for (var flow : flows) {
        var owners = books.links().owners(flow.id(), ids);
        var people = owners.stream().map(Link::person).toList();
        var inScope =
            books.people().all(flow.id(), people).stream()
                .filter(k -> k.goneAt().isEmpty())
                .map(KnownPeople.Known::person)
                .filter(p -> flow.standing(p) instanceof Standing.InScope)
                .map(Person::key)
                .collect(Collectors.toSet());
        owners.stream()
            .filter(l -> inScope.contains(l.person()))
            .forEach(l -> theirs.add(l.account()));
      }
      return theirs;
    }
  }
}
