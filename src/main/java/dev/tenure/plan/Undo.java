package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change.Reason;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.patch.Patch;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Account;
import dev.tenure.target.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Takes a plan back that was sent: what it touched becomes as it was, accounts that it made are
/// deleted, links that it made are taken away. What it deleted stays deleted, and what somebody
/// changed since stays as it is: both are findings.
public final class Undo {
  /// What is taken back: the changes that were done, and the links that were kept with them.
  public record Applied(String plan, List<Change> done, List<Link> links) {}

  /// How: these changes, without these links.
  public record Undone(List<Change> changes, List<Link> unlinks, List<Problem> findings) {}

  private final ResourceType userType;
  private final Map<AccountId, Account> accounts = new HashMap<>();
  private final Map<String, AccountId> names = new HashMap<>();
  private final Map<PersonKey, AccountId> links = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Problem> findings = new ArrayList<>();

  /// The accounts that give their userName up again.
  private final Set<AccountId> giving;

  private Undo(ResourceType userType, World now, Set<AccountId> giving) {
    this.userType = userType;
    this.giving = giving;
    now.accounts().forEach(a -> accounts.put(a.id(), a));
    now.accounts().forEach(a -> names.put(Accounts.nameKey(Accounts.name(a)), a.id()));
    now.links().forEach(l -> links.put(l.person(), l.account()));
  }

  /// `now` is what the target has, and the links that are kept, at this moment.
  public static Undone of(Applied applied, World now, ResourceType userType) {
    var giving = new HashSet<AccountId>();
    now.accounts().forEach(a -> giving.add(a.id()));
    // Whoever cannot be restored keeps a name that another one may have counted on.
    while (true) {
      var undo = new Undo(userType, now, giving);
      var undone = undo.of(applied, now);
      if (!giving.retainAll(undo.givers())) return undone;
    }
  }

  /// The accounts that are deleted, or get another userName.
  private Set<AccountId> givers() {
    var givers = new HashSet<AccountId>();
    for (var change : changes) {
      var renames =
          change.reasons().stream().anyMatch(r -> r.attribute().equals(Blueprint.USER_NAME));
      if (renames || change.request() instanceof Request.Delete) {
        account(change.request()).ifPresent(givers::add);
      }
    }
    return givers;
  }

  private Undone of(Applied applied, World now) {
    var because = "plan " + applied.plan() + " is undone";
    var groups = new UndoneGroups(now, because);
    for (var change : applied.done()) {
      switch (change.request()) {
        case Request.Create _ -> uncreate(change, because);
        case Request.Patch patch -> restore(change, patch, because);
        case Request.Delete _ -> findings.add(deleted(change));
        case Request.Members _, Request.CreateGroup _ -> groups.undo(change);
      }
    }
    changes.addAll(groups.changes());
    findings.addAll(groups.findings());
    var unlinks = applied.links().stream().filter(this::isKept).toList();
    return new Undone(List.copyOf(changes), unlinks, List.copyOf(findings));
  }

  private boolean isKept(Link link) {
    return link.account().equals(links.get(link.person()))
        && findings.stream()
            .noneMatch(f -> link.person().value().equals(f.details().get("person")));
  }

  private void uncreate(Change change, String because) {
    var account = Optional.ofNullable(links.get(change.person())).map(accounts::get);
    if (account.isEmpty()) return;
    var request = new Request.Delete(account.get().id(), account.get().version());
    add(Lane.LEAVER, change, request, List.of(new Reason("", "created", "deleted", because)));
  }

  private void restore(Change change, Request.Patch patch, String because) {
    var account = accounts.get(patch.account());
    if (account == null) {
      findings.add(lost(change, "the account is not in the target any more"));
      return;
    }
    var touched = touched(patch.operations());
    var changed = changedSince(change, patch, touched.keySet().stream().toList());
    if (changed.isPresent()) {
      findings.add(lost(change, changed.get()));
      return;
    }
    var operations = new ArrayList<PatchOperation>();
    var reasons = new ArrayList<Reason>();
    for (var ref : touched.keySet()) {
      var before = Values.whole(change.before(), ref);
      var now = Values.whole(account.resource().view(), ref);
      if (before.equals(now)) continue;
      operations.add(operation(ref, change.before()));
      reasons.add(new Reason(ref.toString(), words(now), words(before), because));
    }
    if (operations.isEmpty()) return;
    var request = new Request.Patch(account.id(), operations, account.version());
    add(lane(change, account), change, request, reasons);
  }

  private static String words(tools.jackson.databind.JsonNode value) {
    return Values.elements(value).stream()
        .map(Reasons::words)
        .collect(java.util.stream.Collectors.joining(", "));
  }

  private static Map<AttributeRef, Boolean> touched(List<PatchOperation> operations) {
    var touched = new LinkedHashMap<AttributeRef, Boolean>();
    operations.forEach(o -> touched.put(o.path().attribute().parent(), true));
    return touched;
  }

  /// What to set an attribute to; an account that does not say whether it is active is.
  private static PatchOperation operation(AttributeRef ref, ObjectNode before) {
    var value = Values.whole(before, ref);
    var path = PatchPath.of(ref);
    if (!Values.isNone(value)) return new PatchOperation.Replace(path, value);
    if (ref.attribute().name().equals("active")) {
      return new PatchOperation.Replace(path, JsonNodeFactory.instance.booleanNode(true));
    }
    return new PatchOperation.Remove(path, JsonNodeFactory.instance.nullNode());
  }

  /// Why the attributes cannot be set back: they are no longer as the plan left them, or the name
  /// is somebody else's by now.
  private Optional<String> changedSince(
      Change change, Request.Patch patch, List<AttributeRef> touched) {
    ObjectNode left;
    try {
      left =
          Patch.apply(Resource.of(change.before()), patch.operations(), userType, Reading.TOLERANT)
              .json();
    } catch (ScimException e) {
      return Optional.of("its former values do not fit the target's schemas any more");
    }
    var account = accounts.get(patch.account());
    if (account == null) return Optional.of("the account is not in the target any more");
    for (var ref : touched) {
      if (!isSame(ref, left, account.resource().view())) {
        return Optional.of(ref + " was changed since");
      }
    }
    var name = Values.member(change.before(), Blueprint.USER_NAME).asString("");
    var holder = name.isEmpty() ? null : names.get(Accounts.nameKey(name));
    return holder == null || holder.equals(account.id()) || giving.contains(holder)
        ? Optional.empty()
        : Optional.of("another account has the userName '" + name + "' now");
  }

  private static boolean isSame(AttributeRef ref, ObjectNode left, ObjectNode now) {
    var wanted = Values.elements(Values.whole(left, ref));
    var there = Values.elements(Values.whole(now, ref));
    var subs = Likeness.subs(wanted);
    return Likeness.forms(ref.attribute(), wanted, subs)
        .equals(Likeness.forms(ref.attribute(), there, subs));
  }

  private static Lane lane(Change change, Account account) {
    var was = Values.member(change.before(), "active");
    if (was.isBoolean() && was.booleanValue() != account.isActive()) {
      return was.booleanValue() ? Lane.JOINER : Lane.LEAVER;
    }
    return Lane.MOVER;
  }

  private void add(Lane lane, Change change, Request request, List<Reason> reasons) {
    var account = account(request).map(accounts::get);
    var undo =
        new Change(lane, change.person(), change.name(), request, reasons, Change.Marks.NONE);
    changes.add(account.map(a -> undo.remembering(Befores.of(request, a))).orElse(undo));
  }

  private static Optional<AccountId> account(Request request) {
    return switch (request) {
      case Request.Create _, Request.Members _, Request.CreateGroup _ -> Optional.empty();
      case Request.Patch(var id, _, _) -> Optional.of(id);
      case Request.Delete(var id, _) -> Optional.of(id);
    };
  }

  private static Problem deleted(Change change) {
    return lost(change, "the account was deleted, and a target gives no id twice");
  }

  private static Problem lost(Change change, String why) {
    return new Problem(
        Code.UNDO_IMPOSSIBLE,
        "'" + change.name() + "' cannot be restored: " + why,
        Map.of("person", change.person().value(), "name", change.name()),
        "if the person is in scope again, the next plan makes the account as the rules want it");
  }
}
