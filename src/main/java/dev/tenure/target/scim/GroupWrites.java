package dev.tenure.target.scim;

import dev.tenure.id.AccountId;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.remote.Wire;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.schema.Schema;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Changes groups (RFC 7644 §3.5.2). Members are taken out by a value filter each: to a `remove`
/// with a list of values, which RFC 7644 does not define, some servers empty the group.
final class GroupWrites {
  private static final String GROUPS = "/Groups";

  private final Wire wire;
  private final Outcomes outcomes;
  private final Failures failures;

  GroupWrites(Wire wire, Outcomes outcomes, Failures failures) {
    this.wire = wire;
    this.outcomes = outcomes;
    this.failures = failures;
  }

  /// One PATCH. Where the target refuses it for a reason that may lie in one of the members, the
  /// halves are sent, so that one bad member stops nobody else (law 8).
  Outcome send(Request.Members change) {
    return switch (wire.patch(path(change), Optional.empty(), body(change))) {
      case Reply.NotSent _ -> outcomes.notSent();
      case Reply.NoAnswer(var why) -> outcomes.noAnswer(why);
      case Answer answer when answer.isSuccess() -> done(answer);
      case Answer answer when answer.status() == 400 -> refused(change, answer);
      case Answer answer -> outcomes.failed(change, answer);
    };
  }

  private static Outcome done(Answer answer) {
    return new Outcome.Done(Optional.empty(), Answers.reference(answer));
  }

  private Outcome refused(Request.Members change, Answer answer) {
    var count = change.remove().size() + change.add().size();
    if (count > 1) return halves(change, count / 2);
    // Who is not in it is out of it already (RFC 7644 §3.5.2.2 leaves the answer open).
    var isOut = change.add().isEmpty() && Answers.has(answer, ScimType.noTarget);
    if (isOut) return done(answer);
    var member = Stream.concat(change.remove().stream(), change.add().stream()).findFirst();
    return new Outcome.Refused(
        failures.rejected(answer).with("account", member.map(AccountId::value).orElse("")));
  }

  /// Both are tried; the worse outcome is that of the whole, which may be repeated without harm.
  private Outcome halves(Request.Members change, int at) {
    var out = change.remove();
    var in = change.add();
    var cut = Math.min(at, out.size());
    var first = part(change, out.subList(0, cut), in.subList(0, at - cut));
    var second = part(change, out.subList(cut, out.size()), in.subList(at - cut, in.size()));
    var one = send(first);
    if (one instanceof Outcome.Busy || one instanceof Outcome.Unknown) return one;
    var other = send(second);
    return other instanceof Outcome.Done ? one : other;
  }

  private static Request.Members part(
      Request.Members change, List<AccountId> remove, List<AccountId> add) {
    return new Request.Members(change.group(), remove, add);
  }

  private static String path(Request.Members change) {
    return GROUPS + "/" + Wire.encoded(change.group().value());
  }

  private static String body(Request.Members change) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("schemas").add(PatchRequest.SCHEMA);
    var operations = body.putArray("Operations");
    for (var account : change.remove()) {
      var filter = "members[value eq " + quoted(account.value()) + "]";
      operations.addObject().put("op", "remove").put("path", filter);
    }
    if (!change.add().isEmpty()) {
      members(
          operations.addObject().put("op", "add").put("path", "members"), "value", change.add());
    }
    return ScimJson.write(body);
  }

  private static String quoted(String text) {
    return ScimJson.write(StringNode.valueOf(text));
  }

  private static void members(ObjectNode node, String name, List<AccountId> accounts) {
    var list = node.putArray(name);
    accounts.forEach(account -> list.addObject().put("value", account.value()));
  }

  /// Looks first: in SCIM two groups may have one name, so a target would not refuse the second
  /// (law 4).
  Outcome send(Request.CreateGroup change) {
    var filter = "displayName eq " + quoted(change.name());
    return switch (wire.get(GROUPS + "?filter=" + Wire.encoded(filter))) {
      case Reply.NotSent _ -> outcomes.notSent();
      // Nothing was sent that changes anything.
      case Reply.NoAnswer _ -> outcomes.notSent();
      case Answer answer when answer.isSuccess() -> found(change, answer);
      case Answer answer -> outcomes.failed(change, answer);
    };
  }

  private Outcome found(Request.CreateGroup change, Answer list) {
    var there =
        Answers.json(list)
            .path("Resources")
            .valueStream()
            .filter(g -> g.path("displayName").asString("").equalsIgnoreCase(change.name()))
            .map(g -> g.path("id").asString(""))
            .filter(id -> !id.isBlank())
            .findFirst();
    if (there.isEmpty()) return made(change);
    if (change.members().isEmpty()) return done(list);
    var group = new dev.tenure.id.GroupId(there.get());
    return send(new Request.Members(group, List.of(), change.members()));
  }

  private Outcome made(Request.CreateGroup change) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("schemas").add(Schema.GROUP);
    body.put("displayName", change.name());
    if (!change.members().isEmpty()) members(body, "members", change.members());
    return switch (wire.post(GROUPS, ScimJson.write(body))) {
      case Reply.NotSent _ -> outcomes.notSent();
      case Reply.NoAnswer(var why) -> outcomes.noAnswer(why);
      case Answer answer when answer.isSuccess() -> done(answer);
      case Answer answer when isUnsupported(answer) ->
          new Outcome.Refused(failures.noGroups(answer));
      case Answer answer -> outcomes.failed(change, answer);
    };
  }

  private static boolean isUnsupported(Answer answer) {
    return answer.status() == 404 || answer.status() == 405 || answer.status() == 501;
  }
}
