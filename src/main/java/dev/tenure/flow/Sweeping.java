package dev.tenure.flow;

import dev.tenure.deliver.Observed.Seen;
import dev.tenure.deliver.ObservedJson;
import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.target.Account;
import dev.tenure.target.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Keeps what a read of a target gives, while it goes on: only accounts that differ are written,
/// and the people whom they concern are decided on anew. Used once.
final class Sweeping {
  private static final int BATCH = 500;

  private final Flow flow;
  private final Cycle.Books books;
  private final Instant at;
  private final Map<AccountId, UUID> before;
  private final List<Account> changed = new ArrayList<>();

  Sweeping(Flow flow, Cycle.Books books, Instant at) {
    this.flow = flow;
    this.books = books;
    this.at = at;
    this.before = books.observed().digests(flow.id());
  }

  /// Reads the target. Where that is not whole, what came is kept, and nothing is gone.
  Target.ReadOutcome run() {
    var outcome = flow.target().read(this::take);
    end(outcome);
    return outcome;
  }

  void take(Account account) {
    var was = before.remove(account.id());
    if (ObservedJson.digest(account).equals(was)) return;
    changed.add(account);
    if (changed.size() == BATCH) write();
  }

  /// The read came to its end.
  void end(Target.ReadOutcome outcome) {
    write();
    if (!(outcome instanceof Target.ReadOutcome.Complete)) return;
    if (!before.isEmpty()) {
      var gone = before.keySet();
      concern(gone, Set.of());
      books.observed().gone(flow.id(), gone);
    }
    books.places().keep(flow.id(), books.places().of(flow.id()).swept(at));
  }

  private void write() {
    if (changed.isEmpty()) return;
    var externalIds = new HashSet<PersonKey>();
    for (var account : changed) PersonKeys.externalId(account).ifPresent(externalIds::add);
    concern(changed.stream().map(Account::id).toList(), externalIds);
    books.observed().keep(flow.id(), changed.stream().map(this::seen).toList());
    changed.clear();
  }

  private Seen seen(Account account) {
    return new Seen(account, flow.keys().of(account));
  }

  /// First on the agenda, then kept: where the process is killed in between, the next sweep finds
  /// the same difference. Nobody decides meanwhile, for who sweeps has the flow's lock.
  private void concern(Collection<AccountId> accounts, Set<PersonKey> others) {
    var people = new HashSet<>(others);
    books.links().owners(flow.id(), accounts).forEach(link -> people.add(link.person()));
    books.agenda().add(flow.id(), people, at);
  }
}
