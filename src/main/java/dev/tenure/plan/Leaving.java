package dev.tenure.plan;

import dev.tenure.plan.Change.Reason;
import dev.tenure.policy.LeaverStep;
import dev.tenure.policy.LeaverStep.Kind;
import dev.tenure.policy.LeaverTable;
import dev.tenure.policy.Standing.Left;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Account;
import dev.tenure.target.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What the leaver table asks for one account, as far as it is time and it is not so already: one
/// request at most. What comes later is waited for.
final class Leaving {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ACTIVE = "active";
  private static final String ROLES = "roles";

  private final ResourceType userType;
  private final LeaverTable table;
  private final LeaveTimes times;

  Leaving(ResourceType userType, LeaverTable table, LeaveTimes times) {
    this.userType = userType;
    this.table = table;
    this.times = times;
  }

  /// What is done now; none where everything that is due is done.
  Optional<Change> change(Left left, Account account) {
    var due = table.of(left.event()).stream().filter(s -> isDue(s, left)).toList();
    if (due.stream().anyMatch(s -> s.kind() == Kind.DELETE)) {
      var request = new Request.Delete(account.id(), account.version());
      var before = account.isActive() ? ACTIVE : "inactive";
      return Optional.of(
          change(left, account, request, List.of(new Reason("", before, "deleted", left.why()))));
    }
    var done = due.stream().flatMap(s -> step(s, left, account).stream()).toList();
    if (done.isEmpty()) return Optional.empty();
    var operations = done.stream().map(Step::operation).toList();
    var request = new Request.Patch(account.id(), operations, account.version());
    var reasons = done.stream().flatMap(s -> s.reasons().stream()).toList();
    return Optional.of(change(left, account, request, reasons));
  }

  private static Change change(Left left, Account account, Request request, List<Reason> reasons) {
    return new Change(
        Lane.LEAVER, left.person(), Accounts.name(account), request, reasons, Change.Marks.NONE);
  }

  /// What the table has for later. A step whose time nobody can tell has no due time.
  List<Waiting> later(Left left) {
    return table.of(left.event()).stream()
        .filter(s -> !isDue(s, left))
        .map(s ->
            new Waiting(
                left.person(),
                s.kind().word(),
                s.words() + " after leaving" + (since(left).isEmpty() ? ", a time not known" : ""),
                since(left).map(t -> t.plus(s.after()))))
        .toList();
  }

  /// Whether it is time to end the person's memberships. Those of an account that is deleted end
  /// with it.
  boolean endsMemberships(Left left) {
    var due = table.of(left.event()).stream().filter(s -> isDue(s, left)).map(LeaverStep::kind);
    var kinds = due.collect(Collectors.toSet());
    return kinds.contains(Kind.REMOVE_GROUPS) && !kinds.contains(Kind.DELETE);
  }

  private boolean isDue(LeaverStep step, Left left) {
    if (step.after().isZero()) return true;
    var due = since(left).map(t -> t.plus(step.after()));
    return due.isPresent() && times.at().filter(now -> !now.isBefore(due.get())).isPresent();
  }

  private Optional<Instant> since(Left left) {
    return left.since().or(() -> times.since(left.person()));
  }

  /// What the step asks of the account's own attributes. Sessions end with `active`; memberships
  /// are the groups' attributes.
  private Optional<Step> step(LeaverStep step, Left left, Account account) {
    return switch (step.kind()) {
      case DEACTIVATE -> account.isActive() ? Optional.of(lock(left)) : Optional.empty();
      case REMOVE_ROLES -> emptied(ROLES, left, account).or(() -> unseen(left, account));
      case RELEASE_LICENCE -> emptied("entitlements", left, account);
      case REVOKE_SESSIONS, REMOVE_GROUPS, DELETE -> Optional.empty();
    };
  }

  private Step lock(Left left) {
    var off = new PatchOperation.Replace(path(ACTIVE), JSON.booleanNode(false));
    return new Step(off, Lane.LEAVER, List.of(new Reason(ACTIVE, "true", "false", left.why())));
  }

  private Optional<Step> emptied(String attribute, Left left, Account account) {
    var values = Values.elements(Values.member(account.resource().view(), attribute));
    if (values.isEmpty()) return Optional.empty();
    var before = values.stream().map(Leaving::word).collect(Collectors.joining(", "));
    return Optional.of(
        new Step(
            new PatchOperation.Remove(path(attribute), JSON.nullNode()),
            Lane.LEAVER,
            List.of(new Reason(attribute, before, "", left.why()))));
  }

  /// Roles that may be there although none is shown go with the lock: a removal of none of those
  /// that are shown. Of an account that is locked already nobody can tell whether there are some.
  private Optional<Step> unseen(Left left, Account account) {
    if (!table.unseenRoles() || !account.isActive()) return Optional.empty();
    return Optional.of(
        new Step(
            new PatchOperation.Remove(path(ROLES), JSON.arrayNode()),
            Lane.LEAVER,
            List.of(new Reason(ROLES, "none that it shows", "", left.why()))));
  }

  private static String word(JsonNode value) {
    return value.isObject() ? Values.member(value, "value").asString("") : value.asString("");
  }

  private PatchPath path(String attribute) {
    return PatchPath.of(AttributePaths.resolve(userType, attribute).orElseThrow());
  }
}
