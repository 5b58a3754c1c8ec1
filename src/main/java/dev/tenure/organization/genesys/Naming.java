package dev.tenure.organization.genesys;

import dev.tenure.organization.Directory;
import dev.tenure.organization.Organization;
import dev.tenure.organization.Routing.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The ids of what has only a name in an organization: roles, divisions, skills, languages. An id
/// follows from organization and name (RFC 9562 §5.3), so it is the same tomorrow and on every
/// node.
record Naming(Organization organization) {

  /// The id of the organization itself.
  UUID own() {
    return id("organization", "");
  }

  UUID role(String name) {
    return id("role", name);
  }

  UUID division(String name) {
    return id("division", name);
  }

  UUID routing(Kind kind, String name) {
    return id(kind.attribute(), name);
  }

  /// All roles, by name.
  List<String> roles() {
    return organization.licences().keySet().stream().sorted().toList();
  }

  /// All divisions, the home division among them.
  List<String> divisions() {
    return organization.divisions().isEmpty() ? List.of(home()) : organization.divisions();
  }

  String home() {
    return Directory.home(organization);
  }

  /// The name of the role with this id; throws 400 where there is none.
  String roleOf(String id) {
    return find("role", roles(), id)
        .orElseThrow(() -> PlatformCall.bad("there is no role '" + id + "'"));
  }

  /// The name of the division with this id; throws 400 where there is none.
  String divisionOf(String id) {
    return find("division", divisions(), id)
        .orElseThrow(() -> PlatformCall.bad("there is no division '" + id + "'"));
  }

  /// The name of the skill or language with this id; throws 400 where there is none.
  String routingOf(Kind kind, String id) {
    return find(kind.attribute(), kind.names(organization), id)
        .orElseThrow(
            () -> PlatformCall.bad("there is none of the " + kind.attribute() + " '" + id + "'"));
  }

  Optional<String> find(String kind, Collection<String> names, String id) {
    return names.stream().filter(name -> id(kind, name).toString().equals(id)).findFirst();
  }

  /// `{id, name, selfUri}`.
  static ObjectNode reference(UUID id, String name, String collection) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("id", id.toString()).put("name", name);
    return node.put("selfUri", collection + "/" + id);
  }

  ObjectNode roleReference(String name) {
    return reference(role(name), name, "/api/v2/authorization/roles");
  }

  ObjectNode divisionReference(String name) {
    return reference(division(name), name, "/api/v2/authorization/divisions");
  }

  private UUID id(String kind, String name) {
    var text = organization.id() + "/" + kind + "/" + name;
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
