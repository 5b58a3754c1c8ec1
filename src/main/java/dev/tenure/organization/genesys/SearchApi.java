package dev.tenure.organization.genesys;

import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Directory;
import dev.tenure.organization.Directory.Criterion;
import dev.tenure.organization.Directory.Search;
import dev.tenure.organization.Permission;
import dev.tenure.organization.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// `POST /api/v2/users/search`: who fulfils all criteria of `query`. A criterion has the `type`
/// `EXACT`, `STARTS_WITH`, `CONTAINS`, `TERM` or `TERMS` (both as `EXACT`), `fields`, and `value`
/// or `values`. Without one for `state`, active users are found. Others are 400.
final class SearchApi {
  private static final int CRITERIA_MAX = 20;
  private static final int VALUES_MAX = 100;
  private static final Map<String, String> TYPES =
      Map.of(
          "EXACT", "EXACT",
          "TERM", "EXACT",
          "TERMS", "EXACT",
          "STARTS_WITH", "STARTS_WITH",
          "CONTAINS", "CONTAINS");
  private static final Map<String, String> FIELDS =
      Map.of(
          "id", "id",
          "state", "state",
          "email", "email",
          "username", "email",
          "name", "name",
          "title", "title",
          "department", "department",
          "divisionid", "division");

  private final Desk desk;

  SearchApi(Desk desk) {
    this.desk = desk;
  }

  Routes routes() {
    return new Routes()
        .add(
            "POST",
            "/api/v2/users/search",
            desk.entering(Permission.SSO_VIEW, Scope.USERS, SearchApi::search));
  }

  private static Response search(PlatformCall call) {
    var body = call.object();
    var paging = Paging.of(body);
    var query = StreamSupport.stream(body.path("query").spliterator(), false).toList();
    if (query.size() > CRITERIA_MAX) throw PlatformCall.bad("more than 20 criteria");
    var criteria = query.stream().map(one -> criterion(call, one)).toList();
    boolean byState = criteria.stream().anyMatch(c -> c.fields().contains("state"));
    var search = with(byState ? Directory.STATES : List.of("active"), criteria);
    var found = call.organizations().directory().find(call.organization(), search, paging.slice());
    var expand = body.path("expand").valueStream().map(v -> v.asString("")).toList();
    var json = new UserJson(call.names(), expand);
    var page = paging.counted(found.total(), found.entries().stream().map(json::render).toList());
    page.set("results", page.remove("entities"));
    page.putArray("types").add("users");
    return PlatformCall.ok(page);
  }

  private static Search with(List<String> states, List<Criterion> criteria) {
    var all = Search.of(states);
    return new Search(states, all.ids(), all.group(), criteria);
  }

  private static Criterion criterion(PlatformCall call, JsonNode one) {
    var type = TYPES.get(one.path("type").asString("").toUpperCase(Locale.ROOT));
    if (type == null || one.has("group") || !operator(one).equals("AND")) {
      throw PlatformCall.bad("a criterion is of the type EXACT, STARTS_WITH or CONTAINS, with AND");
    }
    var fields = one.path("fields").valueStream().map(f -> field(f.asString(""))).toList();
    var values = new ArrayList<String>();
    PlatformCall.text(one, "value").ifPresent(values::add);
    one.path("values").valueStream().forEach(v -> values.add(v.asString("")));
    if (fields.isEmpty() || values.isEmpty() || values.size() > VALUES_MAX) {
      throw PlatformCall.bad("a criterion has fields and up to 100 values");
    }
    return fields.contains("division")
        ? new Criterion(type, fields, values.stream().map(call.names()::divisionOf).toList())
        : new Criterion(type, fields, values);
  }

  private static String operator(JsonNode one) {
    return one.path("operator").asString("AND");
  }

  private static String field(String name) {
    var field = FIELDS.get(name.toLowerCase(Locale.ROOT));
    if (field == null) throw PlatformCall.bad("the field '" + name + "' cannot be searched");
    return field;
  }
}
