package dev.tenure.organization.genesys;

import static dev.tenure.organization.Permission.SSO_VIEW;
import static dev.tenure.organization.Permission.USER_EDIT;

import dev.tenure.http.Handler;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.RoleGrant;
import dev.tenure.organization.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Who has which role in which division: `/api/v2/authorization/subjects/{id}`, where the subject
/// is a user or a group, and `/api/v2/users/{id}/roles`. What a user has by a group is shown with
/// the group as subject, and can be taken away from the group only.
final class SubjectsApi {
  private static final String SUBJECT = "/api/v2/authorization/subjects/{subjectId}";
  private static final String GRANT = SUBJECT + "/divisions/{divisionId}/roles/{roleId}";
  private static final String ROLES = "/api/v2/users/{subjectId}/roles";
  private final Desk desk;

  SubjectsApi(Desk desk) {
    this.desk = desk;
  }

  Routes routes() {
    return new Routes()
        .add("GET", SUBJECT, desk.entering(SSO_VIEW, Scope.AUTHORIZATION, SubjectsApi::show))
        .add("POST", SUBJECT + "/bulkadd", changing(call -> changed(call, all -> with(call, all))))
        .add(
            "POST",
            SUBJECT + "/bulkremove",
            changing(call -> changed(call, all -> without(call, all))))
        .add("POST", SUBJECT + "/bulkreplace", changing(call -> changed(call, _ -> pairs(call))))
        .add("POST", GRANT, changing(call -> changed(call, all -> union(all, Set.of(one(call))))))
        .add("DELETE", GRANT, changing(call -> changed(call, all -> minus(all, Set.of(one(call))))))
        .add("GET", ROLES, desk.entering(SSO_VIEW, Scope.AUTHORIZATION, SubjectsApi::roles))
        .add("PUT", ROLES, changing(SubjectsApi::setRoles));
  }

  private Handler changing(Desk.Work work) {
    return desk.entering(USER_EDIT, Scope.AUTHORIZATION, work);
  }

  private static Response show(PlatformCall call) {
    var subject = Subject.of(call);
    var names = call.names();
    var json = JsonNodeFactory.instance.objectNode();
    json.put("id", subject.id().toString()).put("name", subject.name());
    var grants = json.putArray("grants");
    for (var grant : subject.direct()) grants.add(grant(subject.id(), grant, names));
    subject
        .inherited()
        .forEach((group, all) -> all.forEach(g -> grants.add(grant(group, g, names))));
    return PlatformCall.ok(json);
  }

  private static ObjectNode grant(UUID subject, RoleGrant grant, Naming names) {
    var json = JsonNodeFactory.instance.objectNode().put("subjectId", subject.toString());
    json.set("division", names.divisionReference(grant.division()));
    json.set("role", names.roleReference(grant.role()));
    return json;
  }

  private static Response changed(PlatformCall call, UnaryOperator<Set<RoleGrant>> change) {
    Subject.of(call).change(call, change);
    return Response.of(204);
  }

  private static Set<RoleGrant> with(PlatformCall call, Set<RoleGrant> all) {
    return union(all, pairs(call));
  }

  private static Set<RoleGrant> without(PlatformCall call, Set<RoleGrant> all) {
    return minus(all, pairs(call));
  }

  private static Set<RoleGrant> union(Set<RoleGrant> some, Set<RoleGrant> more) {
    var all = new LinkedHashSet<>(some);
    all.addAll(more);
    return all;
  }

  private static Set<RoleGrant> minus(Set<RoleGrant> all, Set<RoleGrant> gone) {
    var rest = new LinkedHashSet<>(all);
    rest.removeAll(gone);
    return rest;
  }

  /// The pairs of `grants`, each with a `roleId` and a `divisionId`.
  private static Set<RoleGrant> pairs(PlatformCall call) {
    var grants = call.object().path("grants");
    if (!grants.isArray()) throw PlatformCall.bad("grants is required");
    var all = new LinkedHashSet<RoleGrant>();
    for (JsonNode pair : grants) {
      all.add(
          new RoleGrant(
              call.names().roleOf(PlatformCall.required(pair, "roleId")),
              call.names().divisionOf(PlatformCall.required(pair, "divisionId"))));
    }
    return all;
  }

  private static RoleGrant one(PlatformCall call) {
    return new RoleGrant(
        call.names().roleOf(call.request().variable("roleId")),
        call.names().divisionOf(call.request().variable("divisionId")));
  }

  private static Response roles(PlatformCall call) {
    return PlatformCall.ok(rolesOf(call, Subject.user(call)));
  }

  private static ObjectNode rolesOf(PlatformCall call, Subject subject) {
    var json = JsonNodeFactory.instance.objectNode();
    var roles = json.putArray("roles");
    var all = new ArrayList<>(subject.direct());
    subject.inherited().values().forEach(all::addAll);
    all.stream()
        .map(RoleGrant::role)
        .distinct()
        .forEach(role -> roles.add(call.names().roleReference(role)));
    json.putArray("unusedRoles");
    json.putArray("permissions");
    json.putArray("permissionPolicies");
    return json;
  }

  /// The roles that are given directly from now on, in the user's own division; those that it has
  /// in some division already stay as they are.
  private static Response setRoles(PlatformCall call) {
    var subject = Subject.user(call);
    List<String> roles = call.texts().stream().map(call.names()::roleOf).toList();
    subject.change(
        call,
        before -> {
          var after = new LinkedHashSet<RoleGrant>();
          before.stream().filter(g -> roles.contains(g.role())).forEach(after::add);
          roles.stream()
              .filter(role -> after.stream().noneMatch(g -> g.role().equals(role)))
              .forEach(role -> after.add(new RoleGrant(role, subject.division())));
          return after;
        });
    return PlatformCall.ok(rolesOf(call, Subject.user(call)));
  }
}
