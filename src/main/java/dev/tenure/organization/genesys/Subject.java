package dev.tenure.organization.genesys;

import dev.tenure.organization.Carried;
import dev.tenure.organization.Precondition;
import dev.tenure.organization.RoleGrant;
import dev.tenure.organization.Scope;
import dev.tenure.organization.store.DirectoryStore.Entry;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimJson;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// Who may have roles: a user or a group. Every grant has its division: one that was given without
/// is that of the user's own division. `inherited`: what a user has by its groups.
record Subject(
    UUID id,
    String name,
    boolean user,
    String division,
    Set<RoleGrant> direct,
    Map<UUID, Set<RoleGrant>> inherited) {
  private static final List<String> PRESENT = List.of("active", "inactive");

  /// The subject in the path; throws 404 where it is neither.
  static Subject of(PlatformCall call) {
    var id = call.id("subjectId");
    return find(call, id).orElseGet(() -> group(call, id));
  }

  /// The user in the path; throws 404 where there is none.
  static Subject user(PlatformCall call) {
    var id = call.id("subjectId");
    return find(call, id).orElseThrow(() -> PlatformCall.missing("user", id.toString()));
  }

  private static Optional<Subject> find(PlatformCall call, UUID id) {
    return call.organizations()
        .directory()
        .get(call.organization(), id, PRESENT)
        .map(entry -> of(call, entry));
  }

  private static Subject of(PlatformCall call, Entry entry) {
    var document = ScimJson.read(entry.document());
    var division = UserJson.division(entry, call.names().home());
    var inherited = new LinkedHashMap<UUID, Set<RoleGrant>>();
    call.organizations()
        .grants()
        .of(call.organization().id(), entry.id())
        .roles()
        .forEach(role ->
            role.via()
                .ifPresent(group ->
                    inherited
                        .computeIfAbsent(group, _ -> new LinkedHashSet<>())
                        .add(new RoleGrant(role.name(), or(role.division(), division)))));
    return new Subject(
        entry.id(),
        document.path("displayName").asString(""),
        true,
        division,
        roles(document, division),
        inherited);
  }

  private static Subject group(PlatformCall call, UUID id) {
    var group = GroupsApi.group(call, id);
    var home = call.names().home();
    var direct = new LinkedHashSet<RoleGrant>();
    for (var g : carried(call, id).roles()) {
      direct.add(new RoleGrant(g.role(), or(g.division(), home)));
    }
    return new Subject(id, GroupsApi.name(group), false, home, direct, Map.of());
  }

  private static Set<RoleGrant> roles(JsonNode document, String division) {
    var all = new LinkedHashSet<RoleGrant>();
    for (var role : document.path("roles")) {
      var limited = role.path("division").asString("");
      all.add(new RoleGrant(role.path("value").asString(""), or(limited, division)));
    }
    return all;
  }

  /// Gives it other roles directly. `change` may be asked again where somebody else was faster.
  void change(PlatformCall call, UnaryOperator<Set<RoleGrant>> change) {
    var organizations = call.organizations();
    if (user) {
      call.caller().client().require(Scope.USERS);
      organizations
          .users()
          .change(call.endpoint(), id, new Precondition.None(), u -> changed(u, change));
      return;
    }
    call.caller().client().require(Scope.GROUPS);
    var before = carried(call, id);
    var after =
        new Carried(List.copyOf(change.apply(direct)), before.licences(), before.division());
    organizations.administration().carry(call.organization().id(), id, after);
  }

  private Resource changed(Resource user, UnaryOperator<Set<RoleGrant>> change) {
    var json = user.json();
    var before = roles(json, division);
    var after = change.apply(before);
    if (after.equals(before)) return user;
    json.remove("roles");
    if (!after.isEmpty()) {
      var roles = json.putArray("roles");
      after.forEach(g -> roles.addObject().put("value", g.role()).put("division", g.division()));
    }
    return Resource.of(json);
  }

  private static Carried carried(PlatformCall call, UUID id) {
    return call.organizations().administration().carriedBy(call.organization().id(), id);
  }

  private static String or(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }
}
