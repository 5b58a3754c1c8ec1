package dev.tenure.target.scim;

import dev.tenure.id.AccountId;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.target.Account;
import dev.tenure.target.Deviation;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Sends several requests as one (Bulk, RFC 7644 §3.7). Each stands or falls by itself. A server
/// may leave out what became of the accounts (§3.7.3): then all of them are read by one search.
final class BulkWrites {
  /// More are not sent as one, for a request that is under way is waited for before anything ends.
  private static final int OPERATIONS_MAX = 50;

  /// When those are tried one by one that could not go together.
  private static final Duration ONE_BY_ONE = Duration.ofSeconds(1);

  private final Means means;
  private final Function<Request, Outcome> single;

  /// `single` sends what is too large to go with others.
  BulkWrites(Means means, Function<Request, Outcome> single) {
    this.means = means;
    this.single = single;
  }

  /// See [dev.tenure.target.Target#togetherMax].
  int togetherMax() {
    return Math.max(1, Math.min(OPERATIONS_MAX, means.manners().togetherMax()));
  }

  /// See [dev.tenure.target.Target#together].
  List<Outcome> send(List<Request> requests) {
    var outcomes = new ArrayList<Outcome>();
    for (var body : BulkBody.of(requests, means)) {
      // The caller paid for one request.
      if (!outcomes.isEmpty()) means.budget().charge();
      outcomes.addAll(
          body.requests().size() == 1
              ? List.of(single.apply(body.requests().firstEntry().getValue()))
              : sent(body));
    }
    return outcomes;
  }

  private List<Outcome> sent(BulkBody body) {
    var requests = body.requests().values();
    return switch (means.wire().post("/Bulk", body.text())) {
      case Reply.NotSent _ -> all(requests, means.outcomes().notSent());
      case Reply.NoAnswer(var why) -> all(requests, means.outcomes().noAnswer(why));
      case Answer answer when answer.isSuccess() -> outcomes(body, answer);
      case Answer answer -> failed(requests, answer);
    };
  }

  private static List<Outcome> all(Collection<Request> requests, Outcome outcome) {
    return requests.stream().map(_ -> outcome).toList();
  }

  /// What a server does not take as one it may take one by one, whatever it offers.
  private List<Outcome> failed(Collection<Request> requests, Answer answer) {
    return switch (answer.status()) {
      case 400, 403, 404, 405, 413, 415, 501 -> {
        learned(Answers.words(answer));
        yield all(requests, new Outcome.Busy(ONE_BY_ONE, Answers.reference(answer)));
      }
      default -> {
        if (answer.status() == 500) learned(Answers.words(answer));
        yield requests.stream().map(r -> means.outcomes().failed(r, answer)).toList();
      }
    };
  }

  private void learned(String words) {
    means.manners().learned(Deviation.NO_BULK, words);
  }

  private List<Outcome> outcomes(BulkBody body, Answer answer) {
    var answers = BulkAnswers.of(body.requests(), answer, means.reader());
    if (answers.isEmpty()) learned("an answer to a Bulk request without its operations");
    var seen = seen(answers.unread());
    return body.requests().entrySet().stream()
        .map(e ->
            answers
                .of(e.getKey())
                .map(one -> outcome(e.getValue(), one, seen))
                .orElseGet(() -> means.outcomes().noAnswer("the answer leaves it out")))
        .toList();
  }

  private Outcome outcome(Request request, BulkAnswers.One one, Map<AccountId, Account> seen) {
    if (!one.answer().isSuccess()) return means.outcomes().failed(request, one.answer());
    return one.account()
        .or(() -> one.id().flatMap(id -> Optional.ofNullable(seen.get(id))).filter(one::isOf))
        .filter(account -> isOf(request, account))
        .<Outcome>map(a -> new Outcome.Done(Optional.of(a), Answers.reference(one.answer())))
        .orElseGet(
            () -> means.outcomes().noAnswer("it was accepted, but the account could not be read"));
  }

  /// A server that takes one operation for another must not give somebody another's account.
  private static boolean isOf(Request request, Account account) {
    return switch (request) {
      case Request.Create(var wanted) -> {
        var key = account.resource().text("externalId");
        yield key.isPresent()
            ? key.equals(wanted.text("externalId"))
            : account
                .resource()
                .text("userName")
                .filter(n -> n.equalsIgnoreCase(wanted.text("userName").orElse("")))
                .isPresent();
      }
      case Request.Patch(var id, _, _) -> account.id().equals(id);
      case Request.Delete _, Request.Members _, Request.CreateGroup _ -> false;
    };
  }

  /// The accounts with these ids as they are now, those that one search finds.
  private Map<AccountId, Account> seen(Set<AccountId> ids) {
    if (ids.isEmpty()) return Map.of();
    var filter =
        ids.stream()
            .map(id -> "id eq " + Means.quoted(id.value()))
            .collect(Collectors.joining(" or "));
    var search = Means.filtered(means.manners().users(), filter) + "&count=" + ids.size();
    return switch (means.get(search)) {
      case Answer answer when answer.isSuccess() -> found(answer);
      case Answer answer when answer.status() == 400 || answer.status() == 501 -> {
        learned("refused a search for what became of a Bulk request: " + Answers.words(answer));
        yield Map.of();
      }
      case Reply _ -> Map.of();
    };
  }

  private Map<AccountId, Account> found(Answer answer) {
    var found = new HashMap<AccountId, Account>();
    for (var user : Answers.json(answer).path("Resources")) {
      means.reader().read(user).ifPresent(a -> found.put(a.id(), a));
    }
    return found;
  }
}
