package dev.tenure.organization.genesys;

import static dev.tenure.organization.Permission.SSO_VIEW;
import static dev.tenure.organization.Permission.USER_EDIT;

import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Directory.Search;
import dev.tenure.organization.Precondition;
import dev.tenure.organization.Scope;
import dev.tenure.organization.store.GroupStore.Members;
import dev.tenure.organization.store.Ids;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// The members of groups: `/api/v2/groups/{id}/members`, at most 50 in one call. `individuals` are
/// the same people, as there are neither rules nor owners here.
final class MembersApi {
  private static final String MEMBERS = "/api/v2/groups/{groupId}/members";
  private static final String INDIVIDUALS = "/api/v2/groups/{groupId}/individuals";
  private static final int AT_ONCE_MAX = 50;
  private final Desk desk;

  MembersApi(Desk desk) {
    this.desk = desk;
  }

  Routes routes() {
    return new Routes()
        .add("GET", MEMBERS, desk.entering(SSO_VIEW, Scope.GROUPS, MembersApi::list))
        .add("GET", INDIVIDUALS, desk.entering(SSO_VIEW, Scope.GROUPS, MembersApi::list))
        .add("POST", MEMBERS, desk.entering(USER_EDIT, Scope.GROUPS, MembersApi::add))
        .add("DELETE", MEMBERS, desk.entering(USER_EDIT, Scope.GROUPS, MembersApi::remove));
  }

  private static Response list(PlatformCall call) {
    call.caller().client().require(Scope.USERS);
    var id = call.id("groupId");
    GroupsApi.group(call, id);
    var paging = Paging.of(call);
    var search = Search.of(List.of("active", "inactive")).members(id);
    var found = call.organizations().directory().find(call.organization(), search, paging.slice());
    var json = new UserJson(call.names(), call.list("expand"));
    return PlatformCall.ok(
        paging.render(call, found.total(), found.entries().stream().map(json::render).toList()));
  }

  private static Response add(PlatformCall call) {
    var body = call.object();
    var ids = ids(body.path("memberIds").valueStream().map(v -> v.asString("")).toList());
    var members = new Members(false, ids, Set.of());
    var version = PlatformCall.version(body);
    call.organizations().groups().admit(call.endpoint(), call.id("groupId"), version, members);
    return PlatformCall.done(202);
  }

  private static Response remove(PlatformCall call) {
    var members = new Members(false, Set.of(), ids(call.list("ids")));
    var any = new Precondition.None();
    call.organizations().groups().admit(call.endpoint(), call.id("groupId"), any, members);
    return PlatformCall.done(202);
  }

  private static Set<UUID> ids(List<String> texts) {
    if (texts.isEmpty() || texts.size() > AT_ONCE_MAX) {
      throw PlatformCall.bad("name 1 to " + AT_ONCE_MAX + " members");
    }
    var ids = new LinkedHashSet<UUID>();
    for (var text : texts) {
      ids.add(Ids.parse(text).orElseThrow(() -> PlatformCall.bad("'" + text + "' is no id")));
    }
    return ids;
  }
}
