package dev.tenure.deliver;

import dev.tenure.id.AccountId;
import dev.tenure.plan.Change;
import dev.tenure.plan.GroupJson;
import dev.tenure.plan.Handover;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Requests, reasons and problems as they are kept: what is read back is what was written (law 2).
public final class ChangeJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ChangeJson() {}

  /// `{"kind":"create","account":{…}}`, `{"kind":"patch","account":"id","body":{…},"ifMatch":"…"}`
  /// or `{"kind":"delete","account":"id","ifMatch":"…"}`; those of groups as [GroupJson] has them.
  public static ObjectNode request(Request request) {
    var node = NODES.objectNode();
    switch (request) {
      case Request.Create(var account) -> node.put("kind", "create").set("account", account.view());
      case Request.Patch(var account, var operations, var ifMatch) -> {
        node.put("kind", "patch").put("account", account.value());
        node.set("body", PatchRequest.render(operations));
        ifMatch.ifPresent(v -> node.put("ifMatch", v));
      }
      case Request.Delete(var account, var ifMatch) -> {
        node.put("kind", "delete").put("account", account.value());
        ifMatch.ifPresent(v -> node.put("ifMatch", v));
      }
      case Request.Members _, Request.CreateGroup _ -> GroupJson.write(request, node);
    }
    return node;
  }

  /// The request that was written so. Throws [dev.tenure.scim.ScimException] where the target's
  /// schemas no longer have one of its attributes.
  public static Request request(JsonNode node, ResourceType userType) {
    var kind = node.path("kind").stringValue("");
    var ifMatch = Optional.ofNullable(node.get("ifMatch")).map(JsonNode::stringValue);
    return switch (kind) {
      case "create" -> new Request.Create(Resource.of((ObjectNode) node.get("account")));
      case "patch" ->
          new Request.Patch(
              account(node),
              PatchRequest.read(node.get("body"), userType, Reading.STRICT),
              ifMatch);
      case "delete" -> new Request.Delete(account(node), ifMatch);
      case GroupJson.MEMBERS, GroupJson.CREATE -> GroupJson.read(node);
      // A closed set on disk, written by this class only.
      case String other -> throw new IllegalStateException("no such request: " + other);
    };
  }

  /// Whether it makes or changes an account.
  static boolean isOfAccount(JsonNode request) {
    var kind = request.path("kind").stringValue("");
    return kind.equals("create") || kind.equals("patch");
  }

  private static AccountId account(JsonNode node) {
    return new AccountId(node.get("account").stringValue());
  }

  /// `[{"attribute","before","after","because"}]`; what a password was or becomes is left out.
  public static ArrayNode reasons(List<Change.Reason> reasons) {
    var array = NODES.arrayNode();
    for (var reason : reasons) {
      var secret = reason.attribute().equalsIgnoreCase("password");
      array
          .addObject()
          .put("attribute", reason.attribute())
          .put("before", secret ? "" : reason.before())
          .put("after", secret ? "[hidden]" : reason.after())
          .put("because", reason.because());
    }
    return array;
  }

  /// The reasons that were written so.
  public static List<Change.Reason> reasons(JsonNode array) {
    var reasons = new ArrayList<Change.Reason>();
    for (var node : array) {
      reasons.add(
          new Change.Reason(
              text(node, "attribute"),
              text(node, "before"),
              text(node, "after"),
              text(node, "because")));
    }
    return reasons;
  }

  /// `{"code","message","details":{…},"remedy"}`.
  public static ObjectNode problem(Problem problem) {
    var node = NODES.objectNode();
    node.put("code", problem.code().name()).put("message", problem.message());
    var details = node.putObject("details");
    problem.details().forEach(details::put);
    return node.put("remedy", problem.remedy());
  }

  /// The problem that was written so.
  public static Problem problem(JsonNode node) {
    var details = new TreeMap<String, String>();
    node.path("details")
        .properties()
        .forEach(e -> details.put(e.getKey(), e.getValue().asString()));
    return new Problem(
        Code.valueOf(text(node, "code")), text(node, "message"), details, text(node, "remedy"));
  }

  /// An array of problems.
  public static ArrayNode problems(List<Problem> problems) {
    var array = NODES.arrayNode();
    problems.forEach(p -> array.add(problem(p)));
    return array;
  }

  /// The problems that were written so.
  public static List<Problem> problems(JsonNode array) {
    var problems = new ArrayList<Problem>();
    array.forEach(node -> problems.add(problem(node)));
    return problems;
  }

  /// What tells one change from another, whatever plan it stands in: a hash of the person, the
  /// lane, the request with its precondition, whether it is held, and for whose name it waits. A
  /// change of a group is told by its request alone: what stands for the group is the plan's.
  public static String digest(Change change) {
    var text =
        (change.isOfGroup() ? "" : change.person().value())
            + "\n"
            + change.lane()
            + "\n"
            + change.held()
            + "\n"
            + request(change.request())
            + handover(change.handover());
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String handover(Handover handover) {
    return handover.equals(Handover.NONE) ? "" : "\n" + handover;
  }

  /// Reads JSON that this class or the database wrote.
  public static JsonNode parse(String json) {
    return JsonMapper.shared().readTree(json);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).stringValue("");
  }
}
