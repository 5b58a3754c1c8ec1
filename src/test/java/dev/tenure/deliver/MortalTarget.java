package dev.tenure.deliver;

import dev.tenure.id.GroupId;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Account;
import dev.tenure.target.Budget;
import dev.tenure.target.Group;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// A target as one node sees it: when that dies at a request, `death` hears of it.
public record MortalTarget(FaultyTarget target, Runnable death) implements Target {
  @Override
  public ResourceType userType() {
    return target.userType();
  }

  @Override
  public Budget budget() {
    return target.budget();
  }

  @Override
  public ReadOutcome read(Consumer<Account> accounts) {
    return target.read(accounts);
  }

  @Override
  public ReadOutcome look(Look look, Consumer<Account> accounts) {
    return target.look(look, accounts);
  }

  @Override
  public ReadOutcome groups(Predicate<String> wanted, Consumer<Group> groups) {
    return target.groups(wanted, groups);
  }

  @Override
  public Optional<Group> group(GroupId group) {
    return target.group(group);
  }

  @Override
  public Outcome send(Request request) {
    return alive(() -> target.send(request));
  }

  @Override
  public int togetherMax() {
    return target.togetherMax();
  }

  @Override
  public List<Outcome> together(List<Request> requests) {
    return alive(() -> target.together(requests));
  }

  private <T> T alive(Supplier<T> sending) {
    try {
      return sending.get();
    } catch (FaultyTarget.Death e) {
      death.run();
      throw e;
    }
  }

  @Override
  public Outcome find(Request.Create request) {
    return target.find(request);
  }
}
