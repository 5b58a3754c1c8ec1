package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.Desired.Rest.AccountOf;
import dev.tenure.target.Account;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Fills in the ids of other people's accounts (a manager's). Where there is no such account yet
/// the attribute is left as it is, and waits: the plan after the account's creation fills it in.
final class References {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String KEY = "key";

  private final People people;

  /// For each handle its values, and who is known by them.
  private final Map<String, Map<String, List<PersonKey>>> known = new HashMap<>();

  References(People people) {
    this.people = people;
  }

  /// Settles all references.
  void run() {
    var all = people.desired();
    for (var desired : all) note(desired);
    for (var desired : all) {
      if (desired.attributes().stream().anyMatch(m -> m.rest() instanceof AccountOf)) {
        people.settle(desired.with(settled(desired)));
      }
    }
  }

  private void note(Desired desired) {
    desired
        .handles()
        .forEach((by, value) ->
            known
                .computeIfAbsent(by, _ -> new HashMap<>())
                .computeIfAbsent(Desired.handle(value), _ -> new ArrayList<>())
                .add(desired.person()));
  }

  private List<Mapped> settled(Desired desired) {
    var settled = new ArrayList<Mapped>();
    for (var mapped : desired.attributes()) {
      if (mapped.rest() instanceof AccountOf reference) {
        filledIn(desired.person(), mapped, reference).ifPresent(settled::add);
      } else {
        settled.add(mapped);
      }
    }
    return settled;
  }

  private Optional<Mapped> filledIn(PersonKey person, Mapped mapped, AccountOf reference) {
    var account = named(reference).flatMap(people::account);
    if (account.isEmpty()) {
      people.await(
          new Waiting(
              person,
              mapped.path().attribute().toString(),
              "there is no account yet of the person with the %s '%s'"
                  .formatted(reference.by(), reference.value()),
              Optional.empty()));
    }
    return account.map(a -> mapped.with(value(a, reference)));
  }

  /// Nobody where two people are known by it.
  private Optional<PersonKey> named(AccountOf reference) {
    if (reference.by().equals(KEY)) return Optional.of(new PersonKey(reference.value()));
    var those =
        known
            .getOrDefault(reference.by(), Map.of())
            .getOrDefault(Desired.handle(reference.value()), List.of());
    return those.size() == 1 ? Optional.of(those.getFirst()) : Optional.empty();
  }

  private static JsonNode value(Account account, AccountOf reference) {
    var id = JSON.stringNode(account.id().value());
    return reference.wrapped() ? JSON.objectNode().set("value", id) : id;
  }
}
