package dev.tenure.flow;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Former;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.target.Account;
import dev.tenure.target.Target;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/// Both ends as they are now. What was read is kept.
final class EndsRead implements Ends {
  private final Flow flow;
  private final Cycle.Books books;
  private final Remembering memory;
  private final Instant at;

  EndsRead(Flow flow, Cycle.Books books, Instant at) {
    this.flow = flow;
    this.books = books;
    this.memory = new Remembering(books.people(), flow.id());
    this.at = at;
  }

  @Override
  public Source.ReadOutcome people(Consumer<Person> people) {
    var outcome =
        flow.source()
            .read(person -> {
              memory.take(person);
              people.accept(person);
            });
    memory.end(outcome);
    return outcome;
  }

  @Override
  public Target.ReadOutcome accounts(Consumer<Account> accounts) {
    var sweeping = new Sweeping(flow, books, at);
    var outcome =
        flow.target()
            .read(account -> {
              accounts.accept(account);
              sweeping.take(account);
            });
    sweeping.end(outcome);
    return outcome;
  }

  @Override
  public Map<PersonKey, Former> former(Collection<PersonKey> others) {
    return memory.former(others);
  }
}
