package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change.Member;
import dev.tenure.plan.Change.Reason;
import dev.tenure.problem.Problem;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Request;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Plans as JSON: what is stored, and what `--output json` prints. The names are stable. What was
/// written is read as the same again; whoever reads something else gets an
/// [IllegalArgumentException] or a [dev.tenure.scim.ScimException].
///
/// ```json
/// {"lane": "mover-down", "person": "E1042", "name": "ann@example.com", "held": false,
///  "request": {"kind": "patch", "account": "…", "ifMatch": "…", "body": {PatchOp message}},
///  "reasons": [{"attribute": "title", "before": "Agent", "after": "", "because": "title"}],
///  "before": {"title": "Agent"}}
/// ```
///
/// The other requests are `{"kind": "create", "account": {resource}}` and `{"kind": "delete",
/// "account": "…", "ifMatch": "…"}`; `ifMatch` is missing where there is none. Groups are changed
/// by `{"kind": "members", "group": "…", "remove": ["…"], "add": ["…"]}` and `{"kind":
/// "create-group", "name": "…", "members": ["…"]}`; such a change has `members`: for each of its
/// reasons on `groups` the person and what people call the account. `handover` tells whose userName
/// it waits for, or who for its.
public final class PlanJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PlanJson() {}

  /// `{"summary": …, "population": …, "changes": […], "links": […], "findings": […]}`.
  public static ObjectNode write(Plan plan) {
    var node = JSON.objectNode();
    node.set("summary", write(PlanSummary.of(plan)));
    var population = node.putObject("population");
    population.put("inScope", plan.population().inScope());
    population.put("accounts", plan.population().accounts());
    population.put("linked", plan.population().linked());
    var changes = node.putArray("changes");
    plan.changes().forEach(c -> changes.add(write(c)));
    var links = node.putArray("links");
    plan.links().forEach(l -> links.add(write(l)));
    var findings = node.putArray("findings");
    plan.findings().forEach(f -> findings.add(write(f)));
    node.set("waiting", waiting(plan.waiting()));
    return node;
  }

  /// `[{"person": …, "what": "manager", "why": …, "due": …}]`; `due` is missing where nobody knows.
  public static JsonNode waiting(List<Waiting> waiting) {
    var list = JSON.arrayNode();
    for (var one : waiting) {
      var node = list.addObject().put("person", one.person().value());
      node.put("what", one.what()).put("why", one.why());
      one.due().ifPresent(due -> node.put("due", due.toString()));
    }
    return list;
  }

  public static ObjectNode write(PlanSummary summary) {
    return JSON.objectNode()
        .put("joiners", summary.joiners())
        .put("reactivated", summary.reactivated())
        .put("movers", summary.movers())
        .put("leavers", summary.leavers())
        .put("touchedUp", summary.touchedUp())
        .put("held", summary.held())
        .put("requests", summary.requests())
        .put("findings", summary.findings());
  }

  public static ObjectNode write(Change change) {
    var node = JSON.objectNode();
    node.put("lane", change.lane().wire()).put("person", change.person().value());
    node.put("name", change.name()).put("held", change.held());
    if (change.held()) node.put("cluster", change.cluster());
    node.set("request", write(change.request()));
    node.set("reasons", write(change.reasons()));
    if (!change.before().isEmpty()) node.set("before", change.before());
    if (change.isOfGroup()) node.set("members", members(change.marks().members()));
    if (!change.handover().equals(Handover.NONE)) node.set("handover", write(change.handover()));
    return node;
  }

  /// The same as it may be shown: values that nobody is shown are `[hidden]` (law 10).
  public static ObjectNode shown(Change change) {
    return Masked.of(change);
  }

  /// `userType` is that of the target for which the change was planned.
  public static Change read(JsonNode node, ResourceType userType) {
    return new Change(
        lane(text(node, "lane")),
        new PersonKey(text(node, "person")),
        text(node, "name"),
        readRequest(node.path("request"), userType),
        readReasons(node.path("reasons")),
        new Change.Marks(
            node.path("held").asBoolean(false),
            node.path("cluster").asString(""),
            node.path("before") instanceof ObjectNode before ? before : JSON.objectNode(),
            readMembers(node.path("members")),
            readHandover(node.path("handover"))));
  }

  /// `{"gives": "ann@example.com", "takes": "bob@example.com", "detour":
  /// "ann.moving@example.com"}`; what there is not is missing.
  private static ObjectNode write(Handover handover) {
    var node = JSON.objectNode();
    if (!handover.gives().isEmpty()) node.put("gives", handover.gives());
    if (!handover.takes().isEmpty()) node.put("takes", handover.takes());
    if (handover.makesWay()) node.put("detour", handover.detour());
    return node;
  }

  private static Handover readHandover(JsonNode node) {
    return new Handover(
        node.path("gives").asString(""),
        node.path("takes").asString(""),
        node.path("detour").asString(""));
  }

  /// `[{"person": "E1042", "name": "ann@example.com"}]`.
  public static JsonNode members(List<Member> members) {
    var list = JSON.arrayNode();
    for (var one : members) {
      list.addObject().put("person", one.person().value()).put("name", one.name());
    }
    return list;
  }

  /// Those that were written so.
  public static List<Member> readMembers(JsonNode list) {
    return list.valueStream()
        .map(m -> new Member(new PersonKey(text(m, "person")), text(m, "name")))
        .toList();
  }

  public static ObjectNode write(Request request) {
    var node = JSON.objectNode();
    switch (request) {
      case Request.Create(var account) -> node.put("kind", "create").set("account", account.json());
      case Request.Patch(var account, var operations, var ifMatch) -> {
        node.put("kind", "patch").put("account", account.value());
        ifMatch.ifPresent(version -> node.put("ifMatch", version));
        node.set("body", PatchRequest.render(operations));
      }
      case Request.Delete(var account, var ifMatch) -> {
        node.put("kind", "delete").put("account", account.value());
        ifMatch.ifPresent(version -> node.put("ifMatch", version));
      }
      case Request.Members _, Request.CreateGroup _ -> GroupJson.write(request, node);
    }
    return node;
  }

  public static Request readRequest(JsonNode node, ResourceType userType) {
    return switch (text(node, "kind")) {
      case "create" -> new Request.Create(resource(node.path("account")));
      case "patch" ->
          new Request.Patch(
              account(node),
              PatchRequest.read(node.path("body"), userType, Reading.STRICT),
              ifMatch(node));
      case "delete" -> new Request.Delete(account(node), ifMatch(node));
      case GroupJson.MEMBERS, GroupJson.CREATE -> GroupJson.read(node);
      default ->
          throw new IllegalArgumentException("no such kind of request: " + node.path("kind"));
    };
  }

  public static JsonNode write(List<Reason> reasons) {
    var list = JSON.arrayNode();
    for (var reason : reasons) {
      list.addObject()
          .put("attribute", reason.attribute())
          .put("before", reason.before())
          .put("after", reason.after())
          .put("because", reason.because());
    }
    return list;
  }

  public static List<Reason> readReasons(JsonNode list) {
    return list.valueStream()
        .map(r ->
            new Reason(
                text(r, "attribute"), text(r, "before"), text(r, "after"), text(r, "because")))
        .toList();
  }

  private static ObjectNode write(Link link) {
    return JSON.objectNode()
        .put("person", link.person().value())
        .put("account", link.account().value());
  }

  private static ObjectNode write(Problem problem) {
    var node = JSON.objectNode();
    node.put("code", problem.code().name()).put("message", problem.message());
    var details = node.putObject("details");
    problem.details().forEach(details::put);
    return node.put("remedy", problem.remedy());
  }

  private static Lane lane(String word) {
    return Lane.of(word).orElseThrow(() -> new IllegalArgumentException("no lane is " + word));
  }

  private static AccountId account(JsonNode node) {
    return new AccountId(text(node, "account"));
  }

  private static Optional<String> ifMatch(JsonNode node) {
    return node.has("ifMatch") ? Optional.of(text(node, "ifMatch")) : Optional.empty();
  }

  private static Resource resource(JsonNode node) {
    if (node instanceof ObjectNode object) return Resource.of(object);
    throw new IllegalArgumentException("the account of a creation is an object");
  }

  private static String text(JsonNode node, String name) {
    var value = node.path(name);
    if (value.isString()) return value.stringValue();
    throw new IllegalArgumentException("'" + name + "' is missing or no text");
  }
}
