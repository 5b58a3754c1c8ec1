package dev.tenure.target.genesys;

import dev.tenure.id.AccountId;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.remote.Wire;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target.Ending;
import dev.tenure.target.scim.Outcomes;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Ends what a locked user still has there: tokens that were given out, which live for up to two
/// days, and grants of roles in whatever division.
final class Endings {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String SUBJECTS = "/authorization/subjects/";

  private final Platform platform;
  private final Outcomes outcomes;

  Endings(Platform platform, Outcomes outcomes) {
    this.platform = platform;
    this.outcomes = outcomes;
  }

  /// Without the removal of roles of which the account shows none: those end by [#end].
  static Request.Patch sent(Request.Patch patch) {
    var operations = patch.operations().stream().filter(o -> !isOfNone(o)).toList();
    return new Request.Patch(patch.account(), operations, patch.ifMatch());
  }

  private static boolean isOfNone(PatchOperation operation) {
    return operation instanceof PatchOperation.Remove(_, var values)
        && values.isArray()
        && values.isEmpty();
  }

  Outcome end(Ending what, AccountId account) {
    return switch (what) {
      case SESSIONS -> tokens(account);
      case GRANTS -> grants(account);
    };
  }

  /// Who has no tokens, or is not there, is fine: nothing is left to be ended.
  private Outcome tokens(AccountId account) {
    return outcome(account, platform.delete("/tokens/" + Wire.encoded(account.value())));
  }

  private Outcome grants(AccountId account) {
    var path = SUBJECTS + Wire.encoded(account.value());
    return switch (platform.get(path)) {
      case Answer answer when answer.isSuccess() -> {
        var direct = direct(account, Answers.json(answer));
        yield direct.path("grants").isEmpty()
            ? new Outcome.Done(Optional.empty(), Answers.reference(answer))
            : removed(account, path, direct);
      }
      case Reply reply -> outcome(account, reply);
    };
  }

  /// Those that the user has themselves: what comes by a group is the group's.
  private static ObjectNode direct(AccountId account, JsonNode subject) {
    var body = JSON.objectNode();
    var pairs = body.putArray("grants");
    for (var grant : subject.path("grants")) {
      var holder = grant.path("subjectId").asString(account.value());
      if (!holder.equalsIgnoreCase(account.value())) continue;
      pairs
          .addObject()
          .put("roleId", grant.path("role").path("id").asString(""))
          .put("divisionId", grant.path("division").path("id").asString(""));
    }
    return body;
  }

  private Outcome removed(AccountId account, String path, ObjectNode grants) {
    var reply = platform.post(path + "/bulkremove?subjectType=PC_USER", grants);
    if (!(reply instanceof Answer answer) || !answer.isSuccess()) return outcome(account, reply);
    return switch (platform.get(path)) {
      case Answer after when after.isSuccess() ->
          direct(account, Answers.json(after)).path("grants").isEmpty()
              ? new Outcome.Done(Optional.empty(), Answers.reference(answer))
              : outcomes.noAnswer("the target said that the roles are removed, but they are there");
      case Reply other -> outcome(account, other);
    };
  }

  private Outcome outcome(AccountId account, Reply reply) {
    return switch (reply) {
      case Reply.NotSent _ -> outcomes.notSent();
      case Reply.NoAnswer(var why) -> outcomes.noAnswer(why);
      case Answer answer when answer.isSuccess() ->
          new Outcome.Done(Optional.empty(), Answers.reference(answer));
      case Answer answer -> outcomes.failed(new Request.Delete(account, Optional.empty()), answer);
    };
  }
}
