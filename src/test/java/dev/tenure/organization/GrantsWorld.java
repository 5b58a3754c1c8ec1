package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Licences.WhenFull;
import dev.tenure.organization.OrganizationConfig.Licence;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.schema.Schema;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.testkit.TestDatabase;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An organization that commands made, with a few users and groups, and random things that happen
/// to them. What must hold afterwards is worked out here a second time, from the rows.
final class GrantsWorld implements AutoCloseable {
  static final List<String> ROLES = List.of("Agent", "Supervisor", "Guest", "Planner");
  private static final List<String> SKUS = List.of("CX1", "CX2", "CX3");
  private static final List<String> DIVISIONS = List.of("", "Home", "Sales");
  private static final int USERS = 5;
  private static final int GROUPS = 3;
  final Database database = TestDatabase.fresh();
  final Organizations organizations =
      new Organizations(database, Clock.systemUTC(), new SecureRandom());
  final OrganizationId id = new OrganizationId("law");
  final List<UUID> users = new ArrayList<>();
  private final List<UUID> groups = new ArrayList<>();

  GrantsWorld(Profile profile) {
    var administration = organizations.administration();
    administration.create(id, Settings.of(profile));
    administration.addDivision(id, "Home");
    administration.addDivision(id, "Sales");
    for (int i = 0; i < SKUS.size(); i++) {
      var price = BigDecimal.valueOf(75 + 40L * i);
      administration.putLicence(
          id, new Licence(SKUS.get(i), "", 3, price, "EUR", WhenFull.OVERDRAW));
    }
    administration.putRole(id, "Agent", Optional.of("CX2"));
    administration.putRole(id, "Supervisor", Optional.of("CX3"));
    administration.putRole(id, "Planner", Optional.of("CX1"));
    administration.putRole(id, "Guest", Optional.empty());
    for (int i = 0; i < USERS; i++) users.add(create(i));
    for (int i = 0; i < GROUPS; i++) {
      administration.carry(id, "G" + i, new Carried(List.of(), List.of("CX1"), Optional.empty()));
      groups.add(groupNamed("G" + i));
    }
  }

  Endpoint endpoint() {
    return new Endpoint(organizations.administration().organization(id), "", true);
  }

  private UUID create(int number) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("userName", "u" + number + "@example.com").put("displayName", "User " + number);
    return organizations.users().create(endpoint(), Resource.of(json)).id();
  }

  private UUID groupNamed(String name) {
    return organizations.administration().show(id).groups().stream()
        .filter(group -> group.name().equals(name))
        .map(Carrier::id)
        .findFirst()
        .orElseThrow();
  }

  /// One thing that happens, ready to happen; `name` tells it in a failure.
  record Event(String name, Runnable happens) {}

  /// How many kinds of events there are.
  static final int KINDS = 9;

  /// Any one of those.
  Event event(RandomGenerator random) {
    var user = users.get(random.nextInt(users.size()));
    return event(random.nextInt(KINDS), user, random.nextInt(groups.size()), random);
  }

  /// One of a kind, about this user or this group.
  Event event(int kind, UUID user, int group, RandomGenerator random) {
    return switch (kind) {
      case 0 -> active(user, true);
      case 1 -> active(user, false);
      case 2 -> roles(user, random);
      case 3 -> licences(user, random);
      case 4 -> members(group, "add", List.of(user));
      case 5 -> members(group, "remove", List.of(user));
      case 6 -> members(group, "replace", some(users, random));
      case 7 -> carry(group, random);
      default -> deletedAndMadeAgain(user);
    };
  }

  private Event active(UUID user, boolean active) {
    return change("active " + active, user, json -> json.put("active", active));
  }

  private Event roles(UUID user, RandomGenerator random) {
    var roles = JsonNodeFactory.instance.arrayNode();
    for (var role : some(ROLES, random)) {
      var division = DIVISIONS.get(random.nextInt(DIVISIONS.size()));
      var grant = roles.addObject().put("value", role);
      if (!division.isEmpty()) grant.put("division", division);
    }
    return change("roles " + roles, user, json -> json.set("roles", roles));
  }

  private Event licences(UUID user, RandomGenerator random) {
    var licences = JsonNodeFactory.instance.arrayNode();
    some(SKUS, random).forEach(s -> licences.addObject().put("value", s).put("type", "licence"));
    return change("licences " + licences, user, json -> json.set("entitlements", licences));
  }

  private Event change(String name, UUID user, java.util.function.Consumer<ObjectNode> change) {
    return new Event(
        name + " of " + user,
        () ->
            organizations
                .users()
                .change(
                    endpoint(),
                    user,
                    new Precondition.None(),
                    before -> {
                      var json = before.json();
                      change.accept(json);
                      return Resource.of(json);
                    }));
  }

  private Event members(int group, String operation, List<UUID> members) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
    var one = body.putArray("Operations").addObject().put("op", operation).put("path", "members");
    var values = one.putArray("value");
    members.forEach(member -> values.addObject().put("value", member.toString()));
    var operations = PatchRequest.read(body, Schemas.standard().group(), Reading.TOLERANT);
    var id = groups.get(group);
    return new Event(
        operation + " " + members + " G" + group,
        () -> organizations.groups().patch(endpoint(), id, new Precondition.None(), operations));
  }

  private Event carry(int group, RandomGenerator random) {
    var grants =
        some(ROLES, random).stream()
            .map(role -> new RoleGrant(role, DIVISIONS.get(random.nextInt(DIVISIONS.size()))))
            .toList();
    var division = random.nextBoolean() ? Optional.of("Sales") : Optional.<String>empty();
    var carried = new Carried(grants, some(SKUS, random), division);
    return new Event(
        "G" + group + " carries " + carried,
        () -> organizations.administration().carry(id, "G" + group, carried));
  }

  private Event deletedAndMadeAgain(UUID user) {
    return new Event(
        "deletion of " + user,
        () -> {
          int number = users.indexOf(user);
          organizations.users().delete(endpoint(), user, new Precondition.None());
          var again = create(number);
          if (!again.equals(user)) users.set(number, again);
        });
  }

  /// What has no answer is no failure here: somebody else was first.
  static void happen(Event event) {
    try {
      event.happens().run();
    } catch (ScimException e) {
      if (e.status() >= 500) throw e;
    }
  }

  private static <T> List<T> some(List<T> all, RandomGenerator random) {
    return all.stream().filter(_ -> random.nextInt(3) == 0).toList();
  }

  /// What is not as it follows from users, groups, roles and pools; none where all is well.
  Set<String> wrong() {
    var wrong = new TreeSet<String>();
    for (var user : List.copyOf(users)) {
      var held = organizations.grants().of(id, user);
      var due = due(user);
      if (!new TreeSet<>(held.seats()).equals(due.seats())) {
        wrong.add(user + " has seats " + held.seats() + " and is due " + due.seats());
      }
      var roles = new TreeSet<String>();
      held.roles().forEach(role -> roles.add(role.name() + "@" + role.division()));
      if (!roles.equals(due.roles())) {
        wrong.add(user + " has roles " + roles + " and is due " + due.roles());
      }
    }
    return wrong;
  }

  private record Due(Set<String> roles, Set<String> seats) {}

  /// Worked out from what clients see: the user's and the groups' own resources.
  private Due due(UUID user) {
    var stored = organizations.users().get(endpoint(), user);
    if (stored.isEmpty()) return new Due(Set.of(), Set.of());
    var json = ScimJson.read(stored.get().document());
    if (!json.path("active").asBoolean(true)) return new Due(Set.of(), Set.of());
    var carriers =
        organizations.administration().show(id).groups().stream()
            .filter(group -> stored.get().related().contains(group.id().toString()))
            .sorted(java.util.Comparator.comparing(Carrier::id))
            .toList();
    var own = json.path(Schema.ENTERPRISE).path("division").asString("");
    var home =
        !own.isEmpty()
            ? own
            : carriers.stream()
                .flatMap(c -> c.carried().division().stream())
                .findFirst()
                .orElse("");
    var roles = new TreeSet<String>();
    var names = new TreeSet<String>();
    for (var role : json.path("roles")) {
      names.add(role.path("value").asString(""));
      var division = role.path("division").asString("");
      roles.add(role.path("value").asString("") + "@" + (division.isEmpty() ? home : division));
    }
    var seats = new TreeSet<String>();
    json.path("entitlements").forEach(e -> seats.add(e.path("value").asString("")));
    for (var carrier : carriers) {
      seats.addAll(carrier.carried().licences());
      for (var grant : carrier.carried().roles()) {
        names.add(grant.role());
        roles.add(grant.role() + "@" + (grant.division().isEmpty() ? home : grant.division()));
      }
    }
    seats.addAll(ofRoles(names));
    return new Due(roles, seats);
  }

  /// The prices rise with the names of the licences.
  private Set<String> ofRoles(Set<String> roles) {
    var organization = organizations.administration().organization(id);
    var skus = new TreeSet<String>();
    roles.forEach(
        role -> organization.licences().getOrDefault(role, Optional.empty()).ifPresent(skus::add));
    if (!organization.profile().dearestLicenceOnly() || skus.isEmpty()) return skus;
    return Set.of(skus.last());
  }

  long count(String sql) {
    return database.jdbi().withHandle(h -> h.createQuery(sql).mapTo(long.class).one());
  }

  @Override
  public void close() {
    database.close();
  }
}
