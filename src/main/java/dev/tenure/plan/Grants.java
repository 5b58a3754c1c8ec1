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
/// (`entitlements`). A locked account has none of them: it has no seat.
public record Grants(Set<String> roles, Set<String> licences) {
  /// Nothing that brings a seat.
  public static final Grants NONE = new Grants(Set.of(), Set.of());

  static final String ROLES = "roles";
  static final String LICENCES = "entitlements";
  private static final String ACTIVE = "active";

  public Grants {
    roles = Set.copyOf(roles);
    licences = Set.copyOf(licences);
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
    if (!value.apply(ACTIVE).asBoolean(true)) return NONE;
    return new Grants(names(value.apply(ROLES)), names(value.apply(LICENCES)));
  }

  static Grants of(JsonNode account) {
    var active = Values.member(account, ACTIVE);
    if (active.isBoolean() && !active.booleanValue()) return NONE;
    return new Grants(
        names(Values.member(account, ROLES)), names(Values.member(account, LICENCES)));
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
    for (var operation : operations) {
      var name = operation.path().attribute().attribute().name();
      if (name.equals(ACTIVE)
          && operation instanceof PatchOperation.Replace(_, var value)
          && !value.asBoolean(true)) {
        return NONE;
      }
      if (name.equals(ROLES)) roles = after(roles, operation);
      if (name.equals(LICENCES)) licences = after(licences, operation);
    }
    return new Grants(roles, licences);
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

  /// What a change brings that was not there: `role Agent`, `licence CX1`; sorted.
  public static List<String> gained(Change change) {
    var before = before(change);
    var after = after(change);
    var gained = new TreeSet<String>();
    after.roles().stream()
        .filter(r -> !before.roles().contains(r))
        .forEach(r -> gained.add("role " + r));
    after.licences().stream()
        .filter(l -> !before.licences().contains(l))
        .forEach(l -> gained.add("licence " + l));
    return List.copyOf(gained);
  }

  /// Reads what [#gained] has written.
  public static Grants read(List<String> gained) {
    return new Grants(after("role ", gained), after("licence ", gained));
  }

  private static Set<String> after(String prefix, List<String> gained) {
    return gained.stream()
        .filter(g -> g.startsWith(prefix))
        .map(g -> g.substring(prefix.length()))
        .collect(Collectors.toSet());
  }
}
