package dev.tenure.deliver;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.plan.Lane;
import dev.tenure.plan.Link;
import dev.tenure.plan.Plan;
import dev.tenure.scim.Resource;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.target.Account;
import dev.tenure.target.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Draws plans by hand, without the planner: what is delivered here is not what is decided there.
public final class Draw {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Draw() {}

  /// A plan of these changes.
  public static Plan plan(List<Change> changes) {
    return new Plan(changes, List.of(), List.of(), new Plan.Population(1, 1, 1));
  }

  public static Change create(String person, String title) {
    var json = NODES.objectNode().put("userName", person + "@example.com");
    json.put("externalId", person).put("displayName", person).put("title", title);
    json.put("active", true);
    return change(Lane.JOINER, person, new Request.Create(Resource.of(json)));
  }

  public static Change title(Account account, String title) {
    return patch(Lane.MOVER, account, "title", NODES.stringNode(title));
  }

  public static Change active(Account account, boolean active) {
    var lane = active ? Lane.JOINER : Lane.LEAVER;
    return patch(lane, account, "active", NODES.booleanNode(active));
  }

  public static Change held(Change change) {
    return new Change(
        change.lane(),
        change.person(),
        change.name(),
        change.request(),
        change.reasons(),
        new Change.Marks(true));
  }

  private static Change patch(Lane lane, Account account, String attribute, JsonNode value) {
    var path = AttributePaths.resolve(Schemas.standard().user(), attribute).orElseThrow();
    var operation = new PatchOperation.Replace(PatchPath.of(path), value);
    var request = new Request.Patch(account.id(), List.of(operation), account.version());
    return change(lane, person(account), request);
  }

  private static Change change(Lane lane, String person, Request request) {
    var reason = new Change.Reason("title", "", "x", "the test says so");
    return new Change(
        lane,
        new PersonKey(person),
        person + "@example.com",
        request,
        List.of(reason),
        Change.Marks.NONE);
  }

  /// The person whose account it is.
  public static String person(Account account) {
    return account.resource().text("externalId").orElseThrow();
  }

  /// What makes these accounts be as wanted: a title for who is here, an empty one for leavers. An
  /// account that has a link is found by it, another by its externalId.
  public static Plan difference(
      Map<String, String> wanted, List<Account> accounts, List<Link> links) {
    var byPerson =
        accounts.stream().collect(Collectors.toMap(Draw::person, a -> a, (first, _) -> first));
    var changes = new ArrayList<Change>();
    var found = new ArrayList<Link>();
    wanted.forEach((person, title) -> {
      var account = Optional.ofNullable(byPerson.get(person));
      account
          .map(a -> new Link(new PersonKey(person), a.id()))
          .filter(link -> !links.contains(link))
          .ifPresent(found::add);
      difference(person, title, account).ifPresent(changes::add);
    });
    changes.sort(java.util.Comparator.comparing(Change::lane));
    return new Plan(changes, found, List.of(), new Plan.Population(1, 1, 1));
  }

  private static Optional<Change> difference(
      String person, String title, Optional<Account> account) {
    if (account.isEmpty()) {
      return title.isEmpty() ? Optional.empty() : Optional.of(create(person, title));
    }
    var resource = account.get().resource();
    var active = resource.get("active").orElseThrow().booleanValue();
    if (title.isEmpty())
      return active ? Optional.of(active(account.get(), false)) : Optional.empty();
    if (!active) return Optional.of(active(account.get(), true));
    if (resource.text("title").equals(Optional.of(title))) return Optional.empty();
    return Optional.of(title(account.get(), title));
  }
}
