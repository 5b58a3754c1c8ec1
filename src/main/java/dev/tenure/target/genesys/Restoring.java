package dev.tenure.target.genesys;

import dev.tenure.id.AccountId;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.remote.Wire;
import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.target.Account;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target.Look;
import dev.tenure.target.Target.ReadOutcome;
import dev.tenure.target.scim.Outcomes;
import dev.tenure.target.scim.ScimTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Brings deleted users back, whom SCIM never shows but whose address stays taken: found by `POST
/// /api/v2/users/search`, restored by PATCH of `state`, then written as the creation has them.
final class Restoring {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String USERS = "/users/";

  /// How the authorities begin under which SCIM's `externalId` is kept.
  private static final String SCIM_AUTHORITY = "x-pc:scimv2";

  private final Platform platform;
  private final ScimTarget scim;
  private final Outcomes outcomes;

  Restoring(Platform platform, ScimTarget scim, Outcomes outcomes) {
    this.platform = platform;
    this.scim = scim;
    this.outcomes = outcomes;
  }

  /// What becomes of a creation that was refused because a value is taken: it is of one deleted
  /// user with that address, or it stays `refused`.
  Outcome of(Request.Create create, Outcome.Refused refused) {
    var name = create.account().text("userName").orElse("");
    return switch (platform.post("/users/search", deleted(name))) {
      case Reply.NotSent _ -> outcomes.notSent();
      // Nothing was sent that changes anything.
      case Reply.NoAnswer _ -> outcomes.notSent();
      case Answer answer when answer.isSuccess() -> {
        var found =
            Answers.json(answer)
                .path("results")
                .valueStream()
                .filter(user -> user.path("email").asString("").equalsIgnoreCase(name))
                .toList();
        yield found.size() == 1 ? restored(create, found.getFirst(), refused) : refused;
      }
      case Answer answer -> outcomes.failed(create, answer);
    };
  }

  private static JsonNode deleted(String email) {
    var query = JSON.objectNode();
    var criteria = query.put("pageSize", 25).putArray("query");
    criterion(criteria.addObject(), "email", email);
    criterion(criteria.addObject(), "state", "deleted");
    return query;
  }

  private static void criterion(ObjectNode node, String field, String value) {
    node.put("type", "EXACT").put("value", value).putArray("fields").add(field);
  }

  private Outcome restored(Request.Create create, JsonNode user, Outcome.Refused refused) {
    var id = user.path("id").asString("");
    if (isSomebodyElse(create, id)) {
      return new Outcome.Refused(refused.problem().with("deleted", id));
    }
    var body = JSON.objectNode().put("state", "active");
    body.set("version", user.path("version"));
    return switch (platform.patch(USERS + Wire.encoded(id), body)) {
      case Reply.NotSent _ -> outcomes.notSent();
      case Reply.NoAnswer(var why) -> outcomes.noAnswer(why);
      case Answer answer when answer.isSuccess() -> kept(create, new AccountId(id), refused);
      // Somebody was faster: perhaps an earlier try of ours that arrived late.
      case Answer answer when answer.status() == 409 -> outcomes.noAnswer(Answers.words(answer));
      case Answer answer -> outcomes.failed(create, answer);
    };
  }

  /// Whether the deleted user bears the externalId of another person: an address that was given to
  /// somebody new must not bring what its former owner left. Where the ids of deleted users cannot
  /// be read, the address alone counts.
  private boolean isSomebodyElse(Request.Create create, String id) {
    var ours = create.account().text("externalId").orElse("");
    return platform.get(USERS + Wire.encoded(id) + "/externalid") instanceof Answer answer
        && answer.isSuccess()
        && ids(Answers.json(answer)).stream()
            .filter(known -> authority(known).startsWith(SCIM_AUTHORITY))
            .anyMatch(known -> !known.path("externalKey").asString("").equals(ours));
  }

  private static List<JsonNode> ids(JsonNode answer) {
    return (answer.isArray() ? answer : answer.path("entities")).valueStream().toList();
  }

  private static String authority(JsonNode known) {
    return known.path("authorityName").asString("");
  }

  /// What could not be read of a deleted user can be now: one that is somebody else's is deleted
  /// again at once. Without roles nobody could do much with it meanwhile.
  private Outcome kept(Request.Create create, AccountId id, Outcome.Refused refused) {
    var ours = create.account().text("externalId");
    var theirs = one(new Look.ById(id)).flatMap(account -> account.resource().text("externalId"));
    if (theirs.isEmpty() || theirs.equals(ours)) return updated(create, id);
    scim.budget().charge();
    return scim.send(new Request.Delete(id, Optional.empty())) instanceof Outcome.Done
        ? new Outcome.Refused(refused.problem().with("deleted", id.value()))
        : outcomes.noAnswer("the user " + id + " was restored, is somebody else's, and stays");
  }

  /// A restored user has neither roles nor division. Where writing them fails the account is ours
  /// all the same, and the next plan sees what it lacks.
  private Outcome updated(Request.Create create, AccountId id) {
    scim.budget().charge();
    try {
      var outcome = scim.send(new Request.Patch(id, operations(create), Optional.empty()));
      return outcome instanceof Outcome.Done ? outcome : asItIs(id);
    } catch (ScimException e) {
      return asItIs(id);
    }
  }

  private List<PatchOperation> operations(Request.Create create) {
    var body = JSON.objectNode();
    body.putArray("schemas").add(PatchRequest.SCHEMA);
    body.putArray("Operations")
        .addObject()
        .put("op", "replace")
        .set("value", create.account().json().without("schemas"));
    return PatchRequest.read(body, scim.userType(), Reading.TOLERANT);
  }

  private Outcome asItIs(AccountId id) {
    return one(new Look.ById(id))
        .<Outcome>map(account -> new Outcome.Done(Optional.of(account), Optional.empty()))
        .orElseGet(() -> outcomes.noAnswer("the user was restored, but could not be read"));
  }

  private Optional<Account> one(Look look) {
    var found = new ArrayList<Account>();
    return scim.look(look, found::add) instanceof ReadOutcome.Complete
        ? found.stream().findFirst()
        : Optional.empty();
  }

  /// The account that a restore whose answer was lost may have brought back: it has the address,
  /// and neither an externalId nor a role, which a user made by hand has.
  Optional<Account> earlier(Request.Create create) {
    return create
        .account()
        .text("userName")
        .flatMap(name -> one(new Look.ByUserName(name)))
        .filter(Account::isActive)
        .filter(account -> account.resource().text("externalId").isEmpty())
        .filter(account -> account.resource().view().path("roles").isEmpty());
  }
}
