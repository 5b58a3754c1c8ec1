package dev.tenure.target.scim;

import dev.tenure.problem.Problem;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Patient;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.remote.Wire;
import dev.tenure.target.Account;
import dev.tenure.target.Target.ReadOutcome;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// One whole read, page by page (RFC 7644 §3.4.2.4). It is whole only if its pages add up: the
/// total stays, every account comes once, and as many come as were announced.
final class Sweep {
  private static final String ACTIVE = "active eq true";

  private final Pages pages;
  private final AccountReader reader;
  private final Failures failures;
  private final Set<String> seen = new HashSet<>();

  /// How pages are got, and how many users are asked for at once.
  record Pages(Patient server, int size) {}

  /// Ends the read.
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    Broken(Problem problem) {
      super(problem.line(), null, false, false);
      this.problem = problem;
    }
  }

  Sweep(Pages pages, AccountReader reader, Failures failures) {
    this.pages = pages;
    this.reader = reader;
    this.failures = failures;
  }

  /// Everybody in one list.
  ReadOutcome all(Consumer<Account> accounts) {
    try {
      list(Optional.empty(), accounts);
      return new ReadOutcome.Complete(seen.size());
    } catch (Broken e) {
      return new ReadOutcome.Incomplete(e.problem);
    }
  }

  /// The active ones and the inactive ones. Who is activated between the two lists is in neither,
  /// which the total of the active ones, asked for once more, brings to light.
  ReadOutcome bothStates(Consumer<Account> accounts) {
    try {
      var active = list(Optional.of(ACTIVE), accounts);
      list(Optional.of("active eq false"), accounts);
      var after = total(page(Optional.of(ACTIVE), 1, 1));
      if (after != active) throw broken("active users were " + active + " and are " + after);
      return new ReadOutcome.Complete(seen.size());
    } catch (Broken e) {
      return new ReadOutcome.Incomplete(e.problem);
    }
  }

  private long list(Optional<String> filter, Consumer<Account> accounts) throws Broken {
    var given = 0L;
    var total = -1L;
    do {
      var page = page(filter, given + 1, pages.size());
      var now = total(page);
      if (total >= 0 && now != total) throw broken("the total was " + total + " and is " + now);
      total = now;
      var users = page.path("Resources").valueStream().toList();
      if (users.isEmpty() && given < total) throw broken(given + " came, " + total + " are there");
      take(users, accounts);
      given += users.size();
    } while (given < total);
    if (given > total) throw broken(given + " came, " + total + " are there");
    return total;
  }

  private void take(List<JsonNode> users, Consumer<Account> accounts) throws Broken {
    for (var user : users) {
      var account = reader.read(user).orElseThrow(() -> broken("a user has no id"));
      if (!seen.add(account.id().value())) throw broken("user " + account.id() + " came twice");
      accounts.accept(account);
    }
  }

  private long total(JsonNode page) throws Broken {
    var total = page.path("totalResults");
    if (!total.isIntegralNumber()) throw broken("an answer is no list with a total");
    return total.longValue();
  }

  private JsonNode page(Optional<String> filter, long startIndex, int count) throws Broken {
    var query =
        filter.map(f -> "filter=" + Wire.encoded(f) + "&").orElse("")
            + "startIndex=%d&count=%d".formatted(startIndex, count);
    return Answers.json(answer("/Users?" + query));
  }

  /// A busy target is waited for, a few times; what else fails ends the read.
  private Answer answer(String path) throws Broken {
    return switch (pages.server().get(path)) {
      case Reply.NotSent(var why) -> throw new Broken(failures.unreachable(why));
      case Reply.NoAnswer(var why) -> throw new Broken(failures.unreachable(why));
      case Answer answer when answer.isSuccess() -> answer;
      case Answer answer -> throw new Broken(failures.unread(answer));
    };
  }

  private Broken broken(String why) {
    return new Broken(failures.incomplete(why));
  }
}
