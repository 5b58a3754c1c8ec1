package dev.tenure.plan;

import dev.tenure.policy.Desired;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.target.Account;
import dev.tenure.target.Request;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// What may bring an account a seat: its roles, and the licences that it has by name
/// (`entitlements`). `locked`: of an account that nobody can use; whether it has a seat all the
/// same is up to the target ([Seats#due]).
public record Grants(Set<String> roles, Set<String> licences, boolean locked) {
  /// Nothing that brings a seat.
  public static final Grants NONE = new Grants(Set.of(), Set.of(), false);

  private static final String LOCKED = "locked";

  static final String ROLES = "roles";
  static final String LICENCES = "entitlements";
  private static final String ACTIVE = "active";

  public Grants {
    roles = Set.copyOf(roles);
    licences = Set.copyOf(licences);
    locked = locked && !(roles.isEmpty() && licences.isEmpty());
  }

  /// Those that somebody can use: none of a locked account.
  Grants usable() {
    return locked ? NONE : this;
  }

  /// The same, and the account is locked.
  Grants whenLocked() {
    return new Grants(roles, licences, true);
  }

  /// What the account has, as it was last seen.
  public static Grants of(Account account) {
    return of(account.resource().view());
  }

  /// What the rules give.
  public static Grants of(Desired desired) {
    Function<String, JsonNode> value =
        name ->
            desired.attributes().stream()
                .filter(m -> !m.path().attribute().extension())
                .filter(m -> m.path().attribute().attribute().name().equals(name))
                .map(Desired.Mapped::value)
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    return new Grants(
        names(value.apply(ROLES)),
        names(value.apply(LICENCES)),
        !value.apply(ACTIVE).asBoolean(true));
  }

  /// What an account has that looks like this.
  public static Grants of(JsonNode account) {
    var active = Values.member(account, ACTIVE);
    return new Grants(
        names(Values.member(account, ROLES)),
        names(Values.member(account, LICENCES)),
        active.isBoolean() && !active.booleanValue());
  }

  /// What the account had before this change, as far as the change touches it.
  static Grants before(Change change) {
    return of(change.before());
  }

  /// What it has afterwards.
  static Grants after(Change change) {
    return switch (change.request()) {
      case Request.Create(var account) -> of(account.view());
      case Request.Delete _, Request.Members _, Request.CreateGroup _ -> NONE;
      case Request.Patch(_, var operations, _) -> after(change, operations);
    };
  }

  private static Grants after(Change change, List<PatchOperation> operations) {
    var roles = names(Values.member(change.before(), ROLES));
    var licences = names(Values.member(change.before(), LICENCES));
    boolean isLocked = before(change).locked();
    for (var operation : operations) {
      var name = operation.path().attribute().attribute().name();
      if (name.equals(ACTIVE) && operation instanceof PatchOperation.Replace(_, var value)) {
        isLocked = !value.asBoolean(true);
      }
      if (name.equals(ROLES)) roles = after(roles, operation);
      if (name.equals(LICENCES)) licences = after(licences, operation);
    }
    return new Grants(roles, licences, isLocked);
  }

  private static Set<String> after(Set<String> names, PatchOperation operation) {
    return switch (operation) {
      case PatchOperation.Replace(_, var value) -> names(value);
      case PatchOperation.Remove _ -> Set.of();
      case PatchOperation.Add(_, var value) -> {
        var all = new LinkedHashSet<>(names);
        all.addAll(names(value));
        yield all;
      }
    };
  }

  private static Set<String> names(JsonNode values) {
    return Values.elements(values).stream().map(Grants::name).collect(Collectors.toSet());
  }

  static String name(JsonNode value) {
    return value.isObject() ? Values.member(value, "value").asString("") : value.asString("");
  }

  /// What a change brings that was not there: `role Agent`, `licence CX1`, and `locked` where the
  /// account then is; sorted. Who opens an account brings all that it has.
  public static List<String> gained(Change change) {
    var after = after(change);
    var before = after.locked() ? before(change) : before(change).usable();
    var gained = new TreeSet<String>();
    after.roles().stream()
        .filter(r -> !before.roles().contains(r))
        .forEach(r -> gained.add("role " + r));
    after.licences().stream()
        .filter(l -> !before.licences().contains(l))
        .forEach(l -> gained.add("licence " + l));
    if (after.locked() && !gained.isEmpty()) gained.add(LOCKED);
    return List.copyOf(gained);
  }

  /// Reads what [#gained] has written.
  public static Grants read(List<String> gained) {
    return new Grants(after("role ", gained), after("licence ", gained), gained.contains(LOCKED));
  }

  private static Set<String> after(String prefix, List<String> gained) {
    return gained.stream()
        .filter(g -> g.startsWith(prefix))
        .map(g -> g.substring(prefix.length()))
        .collect(Collectors.toSet());
  }
}
