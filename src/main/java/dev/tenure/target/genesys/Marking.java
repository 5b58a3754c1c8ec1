package dev.tenure.target.genesys;

import dev.tenure.id.AccountId;
import dev.tenure.scim.OriginMark;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schema;
import dev.tenure.target.Account;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Users there have no `sourceOrg`: it is written and read as [OriginMark].
final class Marking {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String EXTERNAL_IDS = "externalIds";
  private static final String SOURCE_ORG = "sourceOrg";
  private static final String SCHEMAS = "schemas";
  private static final String PATH = Schema.GENESYS_USER + ":" + EXTERNAL_IDS;
  private static final String MARKED = PATH + "[authority eq \"" + OriginMark.AUTHORITY + "\"]";

  private final ResourceType userType;

  Marking(ResourceType userType) {
    this.userType = userType;
  }

  /// The account with its `sourceOrg`, and without the mark.
  static Account shown(Account account) {
    var origin = OriginMark.sourceOrg(account.resource().view());
    if (origin.isEmpty()) return account;
    var json = account.resource().json();
    json.withObjectProperty(Schema.ORIGIN).put(SOURCE_ORG, origin.get());
    if (json.path(Schema.GENESYS_USER) instanceof ObjectNode known
        && known.path(EXTERNAL_IDS) instanceof ArrayNode ids) {
      ids.removeIf(OriginMark::is);
      if (ids.isEmpty()) known.remove(EXTERNAL_IDS);
      if (known.isEmpty()) json.remove(Schema.GENESYS_USER);
    }
    return new Account(account.id(), account.version(), Resource.of(json));
  }

  /// The same of the account that an outcome shows.
  static Outcome shown(Outcome outcome) {
    return outcome instanceof Outcome.Done(var account, var reference)
        ? new Outcome.Done(account.map(Marking::shown), reference)
        : outcome;
  }

  Request.Create sent(Request.Create create) {
    var json = create.account().json();
    var origin = json.path(Schema.ORIGIN).path(SOURCE_ORG).asString("");
    if (origin.isEmpty()) return create;
    var key = create.account().text("externalId").or(() -> create.account().text("userName"));
    json.remove(Schema.ORIGIN);
    json.withObjectProperty(Schema.GENESYS_USER)
        .withArrayProperty(EXTERNAL_IDS)
        .add(OriginMark.of(origin, key.orElse("")));
    if (json.path(SCHEMAS) instanceof ArrayNode schemas) {
      schemas.removeIf(s -> s.asString("").equals(Schema.ORIGIN));
      var isListed =
          schemas.valueStream().anyMatch(s -> s.asString("").equals(Schema.GENESYS_USER));
      if (!isListed) schemas.add(Schema.GENESYS_USER);
    }
    return new Request.Create(Resource.of(json));
  }

  Request.Patch sent(Request.Patch patch) {
    if (patch.operations().stream().noneMatch(Marking::isOfOrigin)) return patch;
    var operations =
        patch.operations().stream().map(o -> isOfOrigin(o) ? mark(o, patch.account()) : o).toList();
    return new Request.Patch(patch.account(), operations, patch.ifMatch());
  }

  private static boolean isOfOrigin(PatchOperation operation) {
    var ref = operation.path().attribute();
    return ref.extension() && ref.attribute().schema().equals(Schema.ORIGIN);
  }

  private PatchOperation mark(PatchOperation operation, AccountId account) {
    return origin(operation)
        .map(o -> operation("add", PATH, JSON.arrayNode().add(OriginMark.of(o, account.value()))))
        .orElseGet(() -> operation("remove", MARKED, JSON.nullNode()));
  }

  private static Optional<String> origin(PatchOperation operation) {
    return switch (operation) {
      case PatchOperation.Add(_, var value) -> Optional.of(value.asString(""));
      case PatchOperation.Replace(_, var value) -> Optional.of(value.asString(""));
      case PatchOperation.Remove _ -> Optional.empty();
    };
  }

  private PatchOperation operation(String op, String path, JsonNode value) {
    var body = JSON.objectNode();
    body.putArray(SCHEMAS).add(PatchRequest.SCHEMA);
    var one = body.putArray("Operations").addObject().put("op", op).put("path", path);
    if (!value.isNull()) one.set("value", value);
    return PatchRequest.read(body, userType, Reading.STRICT).getFirst();
  }
}
