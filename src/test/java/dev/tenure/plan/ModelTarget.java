package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.patch.Patch;
import dev.tenure.target.Account;
import dev.tenure.target.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A target in memory that does what it is told by the rules of SCIM, and refuses a userName that
/// is taken.
final class ModelTarget {
  private final Map<AccountId, Account> accounts = new LinkedHashMap<>();
  private final Map<PersonKey, AccountId> links = new LinkedHashMap<>();
  private int made;

  ModelTarget(World world) {
    world.accounts().forEach(a -> accounts.put(a.id(), a));
    world.links().forEach(l -> links.put(l.person(), l.account()));
  }

  /// What is not held is done; then it is as after a delivery.
  void apply(Plan plan) {
    plan.links().forEach(l -> links.put(l.person(), l.account()));
    plan.changes().stream().filter(c -> !c.held()).forEach(this::apply);
  }

  private void apply(Change change) {
    switch (change.request()) {
      case Request.Create(var resource) -> {
        var id = new AccountId("made" + made++);
        put(id, resource);
        links.put(change.person(), id);
      }
      case Request.Patch(var id, var operations, _) ->
          put(id, Patch.apply(known(id).resource(), operations, Rules.USER, Reading.STRICT));
      case Request.Delete(var id, _) -> accounts.remove(id);
    }
  }

  private Account known(AccountId id) {
    return Optional.ofNullable(accounts.get(id)).orElseThrow();
  }

  private void put(AccountId id, Resource resource) {
    var name = resource.text("userName").orElseThrow().toLowerCase(Locale.ROOT);
    for (var other : accounts.values()) {
      var taken = other.resource().text("userName").orElseThrow().toLowerCase(Locale.ROOT);
      if (taken.equals(name) && !other.id().equals(id)) {
        throw new AssertionError("userName " + name + " is taken by " + other.id());
      }
    }
    accounts.put(id, new Account(id, Optional.of("2"), resource));
  }

  World world(World before) {
    var kept = new ArrayList<Link>();
    links.forEach((person, account) -> kept.add(new Link(person, account)));
    return new World(
        before.standings(), before.sourceComplete(), List.copyOf(accounts.values()), kept);
  }
}
