package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change.Reason;
import dev.tenure.policy.Desired;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Account;
import dev.tenure.target.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Changes to accounts that no rule makes, because they were there before: somebody decided them.
public final class Repairs {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// What gives access, and with it a seat.
  private static final List<String> ACCESS = List.of("roles", "entitlements");

  private final ResourceType userType;
  private final Changes changes;

  public Repairs(ResourceType userType, World world) {
    this.userType = userType;
    this.changes = new Changes(userType, new Fitting(world.keepings()));
  }

  /// Stands for the person of an account that is nobody's.
  public static PersonKey nobody(Account account) {
    return new PersonKey("account:" + account.id());
  }

  /// Makes the account this person's: as the rules want it. None where it is so already.
  public Optional<Change> adopt(Desired desired, Account account, String because) {
    return changes
        .update(desired, account)
        .map(c -> {
          var reasons = new ArrayList<Reason>();
          reasons.add(new Reason("", "", "adopted", because));
          reasons.addAll(c.reasons());
          return new Change(c.lane(), c.person(), c.name(), c.request(), reasons, Change.Marks.NONE)
              .remembering(Befores.of(c.request(), account));
        });
  }

  /// Locks the account and takes its roles away, which frees its seat. None where both are so.
  public Optional<Change> retire(Account account, String because) {
    var view = account.resource().view();
    var operations = new ArrayList<PatchOperation>();
    var reasons = new ArrayList<Reason>();
    if (account.isActive()) {
      operations.add(new PatchOperation.Replace(path("active"), JSON.booleanNode(false)));
      reasons.add(new Reason("active", "true", "false", because));
    }
    for (var name : ACCESS) {
      var values = Values.elements(Values.member(view, name));
      if (values.isEmpty() || AttributePaths.resolve(userType, name).isEmpty()) continue;
      operations.add(new PatchOperation.Remove(path(name), JSON.nullNode()));
      reasons.add(new Reason(name, words(values), "", because));
    }
    if (operations.isEmpty()) return Optional.empty();
    return Optional.of(change(Lane.LEAVER, account, operations, reasons));
  }

  /// Gives the account another userName, so that somebody else can have it.
  public Change rename(Account account, String userName, String because) {
    var operation = new PatchOperation.Replace(path("userName"), JSON.stringNode(userName));
    var reason = new Reason("userName", Accounts.name(account), userName, because);
    return change(Lane.MOVER, account, List.of(operation), List.of(reason));
  }

  private static String words(List<JsonNode> values) {
    return values.stream().map(Reasons::words).collect(java.util.stream.Collectors.joining(", "));
  }

  private static Change change(
      Lane lane, Account account, List<PatchOperation> operations, List<Reason> reasons) {
    var request = new Request.Patch(account.id(), operations, account.version());
    return new Change(
            lane, nobody(account), Accounts.name(account), request, reasons, Change.Marks.NONE)
        .remembering(Befores.of(request, account));
  }

  private PatchPath path(String name) {
    return PatchPath.of(AttributePaths.resolve(userType, name).orElseThrow());
  }
}
