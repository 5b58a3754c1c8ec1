package dev.tenure.target.scim;

import dev.tenure.id.AccountId;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.target.Account;
import dev.tenure.target.Deviation;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target.Look;
import dev.tenure.target.Target.ReadOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Finds single accounts: by id, by userName, or the one that an earlier creation made. Where the
/// server refuses a search, everybody is read.
final class Searches {
  private static final String USER_NAME = "userName";
  private static final String EXTERNAL_ID = "externalId";

  /// What no server can find hard about a value.
  private static final String PLAIN = "tenure";

  private final Means means;
  private final Function<Consumer<Account>, ReadOutcome> everybody;

  /// `everybody` reads all accounts.
  Searches(Means means, Function<Consumer<Account>, ReadOutcome> everybody) {
    this.means = means;
    this.everybody = everybody;
  }

  /// See [dev.tenure.target.Target#look].
  ReadOutcome look(Look look, Consumer<Account> accounts) {
    return switch (look) {
      case Look.ById(var id) -> byId(id, accounts);
      case Look.ByUserName(var name) -> byUserName(name, accounts);
    };
  }

  private ReadOutcome byId(AccountId id, Consumer<Account> accounts) {
    return switch (means.get(means.user(id))) {
      case Answer answer when answer.isSuccess() ->
          given(List.of(Answers.json(answer)), 1, accounts);
      case Answer answer when means.manners().isGone(answer) -> new ReadOutcome.Complete(0);
      case Reply reply -> unread(reply);
    };
  }

  private ReadOutcome byUserName(String name, Consumer<Account> accounts) {
    if (!means.manners().searches(Deviation.NO_SEARCH_BY_USER_NAME)) return among(name, accounts);
    return switch (means.get(Means.search(means.manners().users(), USER_NAME, name))) {
      case Answer answer when answer.isSuccess() -> {
        var list = Answers.json(answer);
        var users = list.path("Resources").valueStream().toList();
        yield given(users, list.path("totalResults").longValue(users.size()), accounts);
      }
      case Answer answer when refuses(answer, USER_NAME) -> among(name, accounts);
      case Reply reply -> unread(reply);
    };
  }

  private ReadOutcome given(List<JsonNode> users, long announced, Consumer<Account> accounts) {
    var read = users.stream().flatMap(user -> means.reader().read(user).stream()).toList();
    read.forEach(accounts);
    return read.size() == announced && users.size() == announced
        ? new ReadOutcome.Complete(announced)
        : new ReadOutcome.Incomplete(means.failures().incomplete("a search gave no whole list"));
  }

  private ReadOutcome unread(Reply reply) {
    return new ReadOutcome.Incomplete(
        switch (reply) {
          case Reply.NotSent(var why) -> means.failures().unreachable(why);
          case Reply.NoAnswer(var why) -> means.failures().unreachable(why);
          case Answer answer -> means.failures().unread(answer);
        });
  }

  private ReadOutcome among(String userName, Consumer<Account> accounts) {
    var found = new ArrayList<Account>();
    var outcome =
        everybody.apply(account -> {
          if (has(account, USER_NAME, userName::equalsIgnoreCase)) found.add(account);
        });
    if (outcome instanceof ReadOutcome.Incomplete) return outcome;
    found.forEach(accounts);
    return new ReadOutcome.Complete(found.size());
  }

  private static boolean has(Account account, String attribute, Predicate<String> value) {
    return account.resource().text(attribute).filter(value).isPresent();
  }

  private boolean refuses(Answer answer, String attribute) {
    var plain = Means.search(means.manners().users(), attribute, PLAIN);
    return means.manners().refusesSearch(answer, deviation(attribute), plain);
  }

  private static Deviation deviation(String attribute) {
    return attribute.equals(USER_NAME)
        ? Deviation.NO_SEARCH_BY_USER_NAME
        : Deviation.NO_SEARCH_BY_EXTERNAL_ID;
  }

  /// See [dev.tenure.target.Target#find].
  Outcome find(Request.Create create) {
    return by(EXTERNAL_ID, create)
        .filter(outcome -> !isNobody(outcome))
        .or(() -> by(USER_NAME, create))
        .orElseGet(() -> amongEverybody(create));
  }

  private static boolean isNobody(Outcome outcome) {
    return outcome instanceof Outcome.Done(var account, _) && account.isEmpty();
  }

  /// Empty where the target cannot search so.
  private Optional<Outcome> by(String attribute, Request.Create create) {
    var value = create.account().text(attribute).orElse("");
    if (value.isEmpty()) return Optional.of(nobody());
    if (!means.manners().searches(deviation(attribute))) return Optional.empty();
    return switch (means.get(Means.search(means.manners().users(), attribute, value))) {
      case Reply.NotSent _ -> Optional.of(means.outcomes().notSent());
      case Reply.NoAnswer(var why) -> Optional.of(means.outcomes().noAnswer(why));
      case Answer answer when answer.isSuccess() -> Optional.of(ours(create, Answers.json(answer)));
      case Answer answer when refuses(answer, attribute) -> Optional.empty();
      case Answer answer -> Optional.of(means.outcomes().failed(create, answer));
    };
  }

  private static Outcome nobody() {
    return new Outcome.Done(Optional.empty(), Optional.empty());
  }

  /// The account among these that has the creation's externalId; a target that ignores filters
  /// gives everybody, and what stands on later pages is not known.
  private Outcome ours(Request.Create create, JsonNode list) {
    var users = list.path("Resources").valueStream().toList();
    var ours =
        users.stream()
            .flatMap(user -> means.reader().read(user).stream())
            .filter(account -> isOf(create, account))
            .findFirst();
    var total = list.path("totalResults");
    var isWhole = total.isIntegralNumber() && total.longValue() <= users.size();
    if (ours.isEmpty() && !isWhole) {
      return means.outcomes().noAnswer("the search gave no whole list");
    }
    return new Outcome.Done(ours, Optional.empty());
  }

  private static boolean isOf(Request.Create create, Account account) {
    return account.resource().text(EXTERNAL_ID).equals(create.account().text(EXTERNAL_ID));
  }

  private Outcome amongEverybody(Request.Create create) {
    var found = new ArrayList<Account>();
    var outcome =
        everybody.apply(account -> {
          if (isOf(create, account)) found.add(account);
        });
    return switch (outcome) {
      case ReadOutcome.Complete _ -> new Outcome.Done(found.stream().findFirst(), Optional.empty());
      case ReadOutcome.Incomplete(var why) -> means.outcomes().noAnswer(why.message());
    };
  }
}
