package dev.tenure.target.scim;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.schema.Schema;
import dev.tenure.target.Deviation;
import dev.tenure.target.Group;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target.ReadOutcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Changes groups (RFC 7644 §3.5.2). Members are taken out by a value filter each: to a `remove`
/// with a list of values, which RFC 7644 does not define, some servers empty the group.
final class GroupWrites {
  private final Means means;
  private final BiFunction<Predicate<String>, Consumer<Group>, ReadOutcome> all;

  /// `all` reads the groups whose name is wanted.
  GroupWrites(Means means, BiFunction<Predicate<String>, Consumer<Group>, ReadOutcome> all) {
    this.means = means;
    this.all = all;
  }

  /// One PATCH. Where the target refuses it for a reason that may lie in one of the members, the
  /// halves are sent, so that one bad member stops nobody else (law 8).
  Outcome send(Request.Members change) {
    if (!means.manners().patches()) return put(change);
    var path = means.group(change.group());
    return switch (means.wire().patch(path, Optional.empty(), body(change))) {
      case Reply.NotSent _ -> means.outcomes().notSent();
      case Reply.NoAnswer(var why) -> means.outcomes().noAnswer(why);
      case Answer answer when answer.isSuccess() -> done(answer);
      case Answer answer when means.manners().knowsNoPatch(answer) -> put(change);
      case Answer answer when answer.status() == 400 -> refused(change, answer);
      case Answer answer -> means.outcomes().failed(change, answer);
    };
  }

  /// The group as it is there, with other members; its version guards against who changes it
  /// meanwhile, where the server keeps one.
  private Outcome put(Request.Members change) {
    return switch (means.get(means.group(change.group()))) {
      case Answer answer
          when answer.isSuccess() && Answers.json(answer) instanceof ObjectNode group ->
          put(change, group);
      // Nothing was sent that changes anything.
      case Reply.NotSent _, Reply.NoAnswer _ -> means.outcomes().notSent();
      case Answer answer -> means.outcomes().failed(change, answer);
    };
  }

  private Outcome put(Request.Members change, ObjectNode group) {
    var version = Optional.of(group.path("meta").path("version").asString(""));
    var out = Set.copyOf(change.remove());
    var in = new LinkedHashSet<>(change.add());
    var members = JsonNodeFactory.instance.arrayNode();
    for (var member : group.path("members")) {
      var account = new AccountId(member.path("value").asString("-"));
      in.remove(account);
      if (!out.contains(account)) members.add(member);
    }
    in.forEach(account -> members.addObject().put("value", account.value()));
    group.set("members", members);
    var whole = ScimJson.write(group.without("meta"));
    var path = means.group(change.group());
    return switch (means.wire().put(path, version.filter(v -> !v.isBlank()), whole)) {
      case Reply.NotSent _ -> means.outcomes().notSent();
      case Reply.NoAnswer(var why) -> means.outcomes().noAnswer(why);
      case Answer answer when answer.isSuccess() -> done(answer);
      case Answer answer -> means.outcomes().failed(change, answer);
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
        means.failures().rejected(answer).with("account", member.map(AccountId::value).orElse("")));
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

  private static String body(Request.Members change) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("schemas").add(PatchRequest.SCHEMA);
    var operations = body.putArray("Operations");
    for (var account : change.remove()) {
      var filter = "members[value eq " + Means.quoted(account.value()) + "]";
      operations.addObject().put("op", "remove").put("path", filter);
    }
    if (!change.add().isEmpty()) {
      members(
          operations.addObject().put("op", "add").put("path", "members"), "value", change.add());
    }
    return ScimJson.write(body);
  }

  private static void members(ObjectNode node, String name, List<AccountId> accounts) {
    var list = node.putArray(name);
    accounts.forEach(account -> list.addObject().put("value", account.value()));
  }

  /// Looks first: in SCIM two groups may have one name, so a target would not refuse the second
  /// (law 4).
  Outcome send(Request.CreateGroup change) {
    return send(change, this::made);
  }

  /// The same; `make` makes the group where there is none of that name.
  Outcome send(Request.CreateGroup change, Function<Request.CreateGroup, Outcome> make) {
    if (!means.manners().searches(Deviation.NO_SEARCH_BY_DISPLAY_NAME)) {
      return amongAll(change, make);
    }
    return switch (means.wire().get(search(change.name()))) {
      case Reply.NotSent _ -> means.outcomes().notSent();
      // Nothing was sent that changes anything.
      case Reply.NoAnswer _ -> means.outcomes().notSent();
      case Answer answer when answer.isSuccess() ->
          change(change, there(change, Answers.json(answer)), make);
      case Answer answer when refusesSearch(answer) -> amongAll(change, make);
      case Answer answer -> means.outcomes().failed(change, answer);
    };
  }

  private String search(String name) {
    return Means.search(means.manners().groups(), "displayName", name);
  }

  private boolean refusesSearch(Answer answer) {
    return means
        .manners()
        .refusesSearch(answer, Deviation.NO_SEARCH_BY_DISPLAY_NAME, search("tenure"));
  }

  private static Optional<GroupId> there(Request.CreateGroup change, JsonNode list) {
    return list.path("Resources")
        .valueStream()
        .filter(g -> g.path("displayName").asString("").equalsIgnoreCase(change.name()))
        .map(g -> g.path("id").asString(""))
        .filter(id -> !id.isBlank())
        .findFirst()
        .map(GroupId::new);
  }

  private Outcome amongAll(
      Request.CreateGroup change, Function<Request.CreateGroup, Outcome> make) {
    var found = new ArrayList<GroupId>();
    var outcome = all.apply(change.name()::equalsIgnoreCase, group -> found.add(group.id()));
    return switch (outcome) {
      case ReadOutcome.Complete _ -> change(change, found.stream().findFirst(), make);
      // Nothing was sent that changes anything.
      case ReadOutcome.Incomplete _ -> means.outcomes().notSent();
    };
  }

  private Outcome change(
      Request.CreateGroup change,
      Optional<GroupId> there,
      Function<Request.CreateGroup, Outcome> make) {
    if (there.isEmpty()) return make.apply(change);
    if (change.members().isEmpty()) return new Outcome.Done(Optional.empty(), Optional.empty());
    return send(new Request.Members(there.get(), List.of(), change.members()));
  }

  private Outcome made(Request.CreateGroup change) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("schemas").add(Schema.GROUP);
    body.put("displayName", change.name());
    if (!change.members().isEmpty()) members(body, "members", change.members());
    return switch (means.wire().post(means.manners().groups(), ScimJson.write(body))) {
      case Reply.NotSent _ -> means.outcomes().notSent();
      case Reply.NoAnswer(var why) -> means.outcomes().noAnswer(why);
      case Answer answer when answer.isSuccess() -> done(answer);
      case Answer answer when isUnsupported(answer) ->
          new Outcome.Refused(means.failures().noGroups(answer));
      case Answer answer -> means.outcomes().failed(change, answer);
    };
  }

  private static boolean isUnsupported(Answer answer) {
    return answer.status() == 404 || answer.status() == 405 || answer.status() == 501;
  }
}
