package dev.tenure.flow;

import dev.tenure.deliver.Plans.Taking;
import dev.tenure.flow.KnownPeople.Known;
import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Grants;
import dev.tenure.plan.Link;
import dev.tenure.plan.Seats;
import dev.tenure.policy.Standing;
import dev.tenure.source.Person;
import dev.tenure.target.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who will need a seat, and who gives one back: now, because they wait or are under way, and on
/// the days that the rules know of. Found by asking the rules about these days; nothing is read but
/// what is kept.
public final class Outlook {
  /// So far ahead.
  public static final Duration HORIZON = Duration.ofDays(400);

  /// So many people are asked about at most, the next due first.
  public static final int PEOPLE_MAX = 20_000;

  /// So often somebody's standing may change within the horizon.
  private static final int STEPS_MAX = 8;

  private final Flow flow;
  private final Cycle.Books books;
  private final Seats seats;
  private final Rulings rulings;
  private final Instant now;
  private final Map<PersonKey, Account> accounts = new HashMap<>();
  private final List<Move> moves = new ArrayList<>();

  /// Somebody who takes seats of these licences at a time, and gives back those of others.
  public record Move(PersonKey person, Instant at, Set<String> gains, Set<String> losses) {
    public Move {
      gains = Set.copyOf(gains);
      losses = Set.copyOf(losses);
    }
  }

  private Outlook(Flow flow, Cycle.Books books, Seats seats) {
    this.flow = flow;
    this.books = books;
    this.seats = seats;
    this.rulings = Rulings.of(flow, books);
    this.now = flow.clock().instant();
  }

  /// The moves within the horizon; none where the target tells no licences.
  public static List<Move> of(Flow flow, Cycle.Books books) {
    var seats = flow.seats().get();
    if (seats.pools().isEmpty()) return List.of();
    return new Outlook(flow, books, seats).moves();
  }

  private List<Move> moves() {
    var people = new LinkedHashSet<>(books.agenda().ahead(flow.id(), PEOPLE_MAX));
    books.plans().taking(flow.id()).stream().map(Taking::person).forEach(people::add);
    see(people);
    for (var known : books.people().all(flow.id(), people)) {
      if (known.goneAt().isEmpty()) follow(known);
    }
    return List.copyOf(moves);
  }

  private void see(Set<PersonKey> people) {
    var owners = new HashMap<AccountId, PersonKey>();
    for (Link link : books.links().of(flow.id(), people)) owners.put(link.account(), link.person());
    for (var account : books.observed().all(flow.id(), owners.keySet())) {
      Optional.ofNullable(owners.get(account.id())).ifPresent(p -> accounts.put(p, account));
    }
  }

  /// From what somebody has now to what they will have.
  private void follow(Known known) {
    var person = known.person();
    var has =
        Optional.ofNullable(accounts.get(person.key()))
            .map(account -> seats.due(Grants.of(account)))
            .orElse(Set.of());
    var at = Optional.of(now);
    for (var step = 0; step < STEPS_MAX && at.isPresent(); step++) {
      var decision = rulings.of(person, at.get());
      var next = due(decision.standing());
      if (next.isEmpty()) return;
      note(person, at.get(), has, next.get());
      has = next.get();
      at = decision.until().filter(u -> u.isBefore(now.plus(HORIZON)));
    }
  }

  /// Absent where the rules cannot tell.
  private Optional<Set<String>> due(Standing standing) {
    return switch (standing) {
      case Standing.InScope(var desired) -> Optional.of(seats.due(Grants.of(desired)));
      case Standing.Left _ -> Optional.of(Set.of());
      case Standing.Unclear _, Standing.Protected _ -> Optional.empty();
    };
  }

  private void note(Person person, Instant at, Set<String> before, Set<String> after) {
    var gains = new HashSet<>(after);
    gains.removeAll(before);
    var losses = new HashSet<>(before);
    losses.removeAll(after);
    if (gains.isEmpty() && losses.isEmpty()) return;
    moves.add(new Move(person.key(), at, gains, losses));
  }
}
