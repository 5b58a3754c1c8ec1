package dev.tenure.target.scim;

import dev.tenure.target.Account;
import dev.tenure.target.Target.ReadOutcome;
import dev.tenure.target.scim.PagedList.Broken;
import dev.tenure.target.scim.PagedList.Pages;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// One whole read of the users: its pages add up, and every account comes once.
final class Sweep {
  private static final Optional<String> ACTIVE = Optional.of("active eq true");
  private static final Optional<String> INACTIVE = Optional.of("active eq false");

  private final PagedList users;
  private final AccountReader reader;
  private final Set<String> seen = new HashSet<>();

  /// `endpoint` is that of the users.
  Sweep(Pages pages, String endpoint, AccountReader reader, Failures failures) {
    this.users = new PagedList(pages, endpoint, failures);
    this.reader = reader;
  }

  /// Everybody in one list.
  ReadOutcome all(Consumer<Account> accounts) {
    try {
      users.each(Optional.empty(), user -> take(user, accounts));
      return new ReadOutcome.Complete(seen.size());
    } catch (Broken e) {
      return new ReadOutcome.Incomplete(e.problem());
    }
  }

  /// The active ones and the inactive ones. Who is activated between the two lists is in neither,
  /// which the total of the active ones, asked for once more, brings to light.
  ReadOutcome bothStates(Consumer<Account> accounts) {
    try {
      var active = users.each(ACTIVE, user -> take(user, accounts));
      users.each(INACTIVE, user -> take(user, accounts));
      var after = users.total(ACTIVE);
      if (after != active) {
        throw users.broken("active users were " + active + " and are " + after);
      }
      return new ReadOutcome.Complete(seen.size());
    } catch (Broken e) {
      return new ReadOutcome.Incomplete(e.problem());
    }
  }

  private void take(JsonNode user, Consumer<Account> accounts) throws Broken {
    var account = reader.read(user).orElseThrow(() -> users.broken("a user has no id"));
    if (!seen.add(account.id().value())) {
      throw users.broken("user " + account.id() + " came twice");
    }
    accounts.accept(account);
  }
}
