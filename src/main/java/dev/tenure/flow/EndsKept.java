package dev.tenure.flow;

import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Former;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.target.Account;
import dev.tenure.target.Target;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Both ends as they are kept: what was read, followed and answered last. Nothing is asked of them.
final class EndsKept implements Ends {
  private static final int PAGE = 1_000;

  private final Flow flow;
  private final Cycle.Books books;
  private final Map<PersonKey, Former> former = new HashMap<>();

  EndsKept(Flow flow, Cycle.Books books) {
    this.flow = flow;
    this.books = books;
  }

  /// Complete where the last read of the source was (law 1).
  @Override
  public Source.ReadOutcome people(Consumer<Person> people) {
    Optional<PersonKey> last = Optional.empty();
    long count = 0;
    while (true) {
      var page = books.people().page(flow.id(), last, PAGE);
      for (var known : page) {
        former.put(known.person().key(), Former.of(known.person()));
        people.accept(known.person());
      }
      count += page.size();
      if (page.size() < PAGE) break;
      last = Optional.of(page.getLast().person().key());
    }
    return books.places().of(flow.id()).readAt().isPresent()
        ? new Source.ReadOutcome.Complete(count, List.of())
        : new Source.ReadOutcome.Incomplete(count, unread(), List.of());
  }

  private static Problem unread() {
    return new Problem(
        Code.SOURCE_INCOMPLETE,
        "the last read of the source was not whole",
        Map.of(),
        "see why in 'tenure status'; nobody is made a leaver by this");
  }

  @Override
  public Target.ReadOutcome accounts(Consumer<Account> accounts) {
    Optional<AccountId> last = Optional.empty();
    long count = 0;
    while (true) {
      var page = books.observed().page(flow.id(), last, PAGE);
      page.forEach(seen -> accounts.accept(seen.account()));
      count += page.size();
      if (page.size() < PAGE) return new Target.ReadOutcome.Complete(count);
      last = Optional.of(page.getLast().account().id());
    }
  }

  @Override
  public Map<PersonKey, Former> former(Collection<PersonKey> others) {
    var missing = others.stream().filter(key -> !former.containsKey(key)).toList();
    for (var known : books.people().all(flow.id(), missing)) {
      former.put(known.person().key(), Former.of(known.person()));
    }
    return former;
  }
}
