package dev.tenure.target.scim;

import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.patch.Patch;
import dev.tenure.target.Account;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes, changes and deletes accounts (RFC 7644 §3.3, §3.5, §3.6). A server without PATCH gets the
/// account whole, by PUT: as it is there, with the differences.
final class AccountWrites {
  private final Means means;
  private final Searches searches;

  AccountWrites(Means means, Searches searches) {
    this.means = means;
    this.searches = searches;
  }

  Outcome send(Request.Create create) {
    var body = ScimJson.write(create.account().view());
    return switch (means.wire().post(means.manners().users(), body)) {
      case Answer answer when answer.isSuccess() ->
          means
              .account(answer)
              .map(account -> done(account, answer))
              .orElseGet(() -> found(searches.find(create), Answers.reference(answer)));
      case Reply reply -> failed(create, reply);
    };
  }

  private static Outcome done(Account account, Answer answer) {
    return new Outcome.Done(Optional.of(account), Answers.reference(answer));
  }

  private Outcome failed(Request request, Reply reply) {
    return switch (reply) {
      case Reply.NotSent _ -> means.outcomes().notSent();
      case Reply.NoAnswer(var why) -> means.outcomes().noAnswer(why);
      case Answer answer -> means.outcomes().failed(request, answer);
    };
  }

  private Outcome found(Outcome outcome, Optional<String> reference) {
    return switch (outcome) {
      case Outcome.Done(var account, _) when account.isPresent() ->
          new Outcome.Done(account, reference);
      case Outcome.Done _ ->
          means.outcomes().noAnswer("it was accepted, but no account is there yet");
      // It was accepted: whatever ails the look, the creation must not be sent once more.
      case Outcome.Busy _,
          Outcome.Barred _,
          Outcome.Stale _,
          Outcome.Refused _,
          Outcome.Unknown _ ->
          unread();
    };
  }

  private Outcome unread() {
    return means.outcomes().noAnswer("it was accepted, but the account could not be read");
  }

  Outcome send(Request.Delete delete) {
    return switch (means.wire().delete(means.user(delete.account()), delete.ifMatch())) {
      case Answer answer when answer.isSuccess() ->
          new Outcome.Done(Optional.empty(), Answers.reference(answer));
      case Answer answer when answer.status() == 404 && !means.manners().isGone(answer) ->
          means.outcomes().notSent();
      case Reply reply -> failed(delete, reply);
    };
  }

  Outcome send(Request.Patch patch) {
    if (!means.manners().patches()) return put(patch);
    var body = ScimJson.write(PatchRequest.render(patch.operations()));
    return switch (means.wire().patch(means.user(patch.account()), patch.ifMatch(), body)) {
      case Answer answer when answer.isSuccess() -> changed(patch, answer);
      case Answer answer when means.manners().knowsNoPatch(answer) -> put(patch);
      case Reply reply -> failed(patch, reply);
    };
  }

  /// A success may come without the resource (204; RFC 7644 §3.5.2): then it is read again.
  private Outcome changed(Request.Patch patch, Answer answer) {
    var told = means.account(answer);
    if (told.isPresent()) return done(told.get(), answer);
    return means.get(means.user(patch.account())) instanceof Answer again && again.isSuccess()
        ? means.account(again).map(account -> done(account, answer)).orElseGet(this::unread)
        : unread();
  }

  private Outcome put(Request.Patch patch) {
    return switch (means.get(means.user(patch.account()))) {
      case Answer answer when answer.isSuccess() -> put(patch, Answers.json(answer));
      // Nothing was sent that changes anything.
      case Reply.NoAnswer _ -> means.outcomes().notSent();
      case Reply reply -> failed(patch, reply);
    };
  }

  private Outcome put(Request.Patch patch, JsonNode json) {
    var version = Optional.of(json.path("meta").path("version").asString(""));
    var present = version.filter(v -> !v.isBlank());
    var isStale = patch.ifMatch().isPresent() && !patch.ifMatch().equals(present);
    if (isStale || !(json instanceof ObjectNode there)) return means.outcomes().stale();
    try {
      var whole = whole(there, patch);
      return switch (means.wire().put(means.user(patch.account()), present, whole)) {
        case Answer answer when answer.isSuccess() -> changed(patch, answer);
        case Reply reply -> failed(patch, reply);
      };
    } catch (ScimException e) {
      return means.outcomes().refused(e);
    }
  }

  /// What is not ours stays as the server wrote it, but for what only a server writes.
  private String whole(ObjectNode there, Request.Patch patch) {
    var resource = Resource.of(there);
    var type = means.userType();
    var changed = Patch.apply(resource, patch.operations(), type, Reading.TOLERANT).json();
    return ScimJson.write(changed.without("meta").without("groups"));
  }
}
