package dev.tenure.organization;

import dev.tenure.organization.Lifecycle.Uniqueness;
import dev.tenure.organization.store.Claims;
import dev.tenure.organization.store.UserRow;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.schema.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is kept of a user, and what follows from it: keys, roles, licences. Checks the rules of the
/// organization that go beyond the schema. A password is not kept at all: nobody comes in here.
final class UserDocument {
  private static final List<String> NOT_KEPT = List.of("id", "meta", "groups", "password");
  private final Organization organization;
  private final ObjectNode json;

  private UserDocument(Organization organization, ObjectNode json) {
    this.organization = organization;
    this.json = json;
  }

  /// Takes the tree over. Throws 400 `invalidValue` where the organization refuses it.
  static UserDocument of(Organization organization, ObjectNode json) {
    NOT_KEPT.forEach(json::remove);
    Concealment.apply(json, organization.schemas().user());
    if (!json.path("active").isBoolean()) json.put("active", true);
    if (organization.profile().isGenesys()) PlatformRules.apply(organization, json);
    var document = new UserDocument(organization, json);
    if (organization.profile().closedNames()) document.requireKnown();
    return document;
  }

  ObjectNode json() {
    return json;
  }

  boolean active() {
    return json.path("active").booleanValue();
  }

  UserRow row(UUID id) {
    var unique = organization.lifecycle().unique();
    var userName = json.path("userName").asString("");
    var externalId = text(json.path("externalId"));
    var enterprise = json.path(Schema.ENTERPRISE);
    return new UserRow(
        id,
        userName,
        fold(userName),
        externalId,
        unique.contains(Uniqueness.EXTERNAL_ID) ? externalId : null,
        unique.contains(Uniqueness.WORK_EMAIL) ? workEmail() : null,
        emails().map(UserDocument::fold).distinct().toList(),
        active(),
        key(json.path("displayName")),
        text(enterprise.path("division")),
        key(enterprise.path("department")),
        key(enterprise.path("employeeNumber")),
        text(enterprise.path("manager").path("value")),
        roles(),
        licences(),
        claims(),
        ScimJson.write(json));
  }

  private Claims claims() {
    var declared = UniqueValues.claims(organization.schemas().user(), json);
    return organization.profile().isGenesys() ? PlatformRules.claims(declared, json) : declared;
  }

  /// A role may name the division that it is limited to.
  private List<RoleGrant> roles() {
    return json.path("roles")
        .valueStream()
        .map(v -> new RoleGrant(v.path("value").asString(""), v.path("division").asString("")))
        .filter(grant -> !grant.role().isEmpty())
        .distinct()
        .toList();
  }

  private List<String> licences() {
    return json.path("entitlements")
        .valueStream()
        .filter(e -> e.path("type").asString("").equalsIgnoreCase("licence"))
        .map(e -> e.path("value").asString(""))
        .filter(sku -> !sku.isEmpty())
        .distinct()
        .toList();
  }

  /// The preferred one first: the primary one, then those for work.
  private Stream<String> emails() {
    return json.path("emails")
        .valueStream()
        .filter(e -> !e.path("value").asString("").isEmpty())
        .sorted(Comparator.comparingInt(UserDocument::rank))
        .map(e -> e.path("value").asString(""));
  }

  private static int rank(JsonNode email) {
    if (email.path("primary").asBoolean(false)) return 0;
    return email.path("type").asString("").equalsIgnoreCase("work") ? 1 : 2;
  }

  private @Nullable String workEmail() {
    return json.path("emails")
        .valueStream()
        .filter(e -> e.path("type").asString("").equalsIgnoreCase("work"))
        .map(e -> fold(e.path("value").asString("")))
        .filter(e -> !e.isEmpty())
        .findFirst()
        .orElse(null);
  }

  private void requireKnown() {
    var roles = organization.licences().keySet().stream().sorted().toList();
    for (var grant : roles()) {
      requireKnown("role", grant.role(), roles);
      if (!grant.division().isEmpty()) {
        requireKnown("division", grant.division(), organization.divisions());
      }
    }
    var division = text(json.path(Schema.ENTERPRISE).path("division"));
    if (division != null) requireKnown("division", division, organization.divisions());
    var pools = organization.prices().keySet().stream().sorted().toList();
    licences().forEach(sku -> requireKnown("licence", sku, pools));
    if (text(json.path("displayName")) == null) {
      throw ScimException.bad(ScimType.invalidValue, "displayName is required here");
    }
  }

  private static void requireKnown(String what, String name, List<String> known) {
    if (known.contains(name)) return;
    throw ScimException.bad(
        ScimType.invalidValue,
        "this organization has no " + what + " '" + name + "'; it has " + String.join(", ", known));
  }

  private static @Nullable String key(JsonNode value) {
    var text = text(value);
    return text == null ? null : fold(text);
  }

  private static @Nullable String text(JsonNode value) {
    return value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : null;
  }

  /// Names and addresses are compared in lower case (RFC 7643 §2.2 `caseExact`).
  static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
