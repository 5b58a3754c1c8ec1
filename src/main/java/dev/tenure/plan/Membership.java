package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change.Member;
import dev.tenure.plan.Change.Reason;
import dev.tenure.policy.TargetGroups;
import dev.tenure.target.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// One person who comes into a group, or goes out of it. What is sent are the groups' changes, of
/// many people at once; this is what they do to each.
///
/// `name` is what people call the account; `in` the group, without an id where it is to be made.
public record Membership(
    PersonKey person,
    AccountId account,
    String name,
    In in,
    boolean joins,
    Lane lane,
    String because) {
  static final String GROUPS = "groups";

  /// A group, by what people call it, and by its id where it has one.
  public record In(Optional<GroupId> id, String name) {
    /// Its name as names of groups are compared.
    public String folded() {
      return TargetGroups.folded(name);
    }

    /// What tells it from others: its id, or as long as it has none its name as names are compared.
    public String key() {
      return id.map(known -> "id " + known).orElseGet(() -> "name " + folded());
    }
  }

  /// What a change of a group does, person by person; nothing for a change of an account.
  public static List<Membership> of(Change change) {
    return switch (change.request()) {
      case Request.Members(var group, var remove, var add) -> {
        var accounts = new ArrayList<>(remove);
        accounts.addAll(add);
        yield each(change, Optional.of(group), accounts, remove.size());
      }
      case Request.CreateGroup(_, var members) -> each(change, Optional.empty(), members, 0);
      case Request.Create _, Request.Patch _, Request.Delete _ -> List.of();
    };
  }

  /// All of these.
  public static List<Membership> of(List<Change> changes) {
    return changes.stream().flatMap(change -> of(change).stream()).toList();
  }

  /// The first `leave` of the accounts go out.
  private static List<Membership> each(
      Change change, Optional<GroupId> group, List<AccountId> accounts, int leave) {
    var reasons = change.reasons().stream().filter(r -> r.attribute().equals(GROUPS)).toList();
    var members = change.marks().members();
    if (reasons.size() != accounts.size() || members.size() != accounts.size()) {
      throw new IllegalArgumentException("a change of a group says of each member why");
    }
    var all = new ArrayList<Membership>();
    for (var i = 0; i < accounts.size(); i++) {
      var reason = reasons.get(i);
      var joins = i >= leave;
      var in = new In(group, joins ? reason.after() : reason.before());
      var lane = change.lane() == Lane.LEAVER || !joins ? change.lane() : Lane.MOVER;
      var who = members.get(i);
      var because = reason.because();
      all.add(new Membership(who.person(), accounts.get(i), who.name(), in, joins, lane, because));
    }
    return all;
  }

  /// The part of a change of a group that does only some of these, in the same place of the queue;
  /// absent where it does none of them.
  public static Optional<Change> part(Change change, Predicate<Membership> some) {
    var left = of(change).stream().filter(some).toList();
    if (left.isEmpty()) return Optional.empty();
    var request =
        switch (change.request()) {
          case Request.Members(var group, _, _) ->
              new Request.Members(group, accounts(left, false), accounts(left, true));
          case Request.CreateGroup(var name, _) ->
              new Request.CreateGroup(name, accounts(left, true));
          case Request.Create _, Request.Patch _, Request.Delete _ -> change.request();
        };
    var reasons = new ArrayList<Reason>();
    change.reasons().stream().filter(r -> !r.attribute().equals(GROUPS)).forEach(reasons::add);
    left.forEach(one -> reasons.add(one.reason()));
    return Optional.of(change.of(request, reasons, left.stream().map(Membership::member).toList()));
  }

  /// The accounts of those who join, or of those who leave.
  static List<AccountId> accounts(List<Membership> some, boolean joins) {
    return some.stream().filter(m -> m.joins() == joins).map(Membership::account).toList();
  }

  Member member() {
    return new Member(person, name);
  }

  Reason reason() {
    return new Reason(GROUPS, joins ? "" : in.name(), joins ? in.name() : "", because);
  }

  /// The same as a change of this person alone, for who looks at people.
  public Change alone() {
    var request =
        in.id()
            .<Request>map(id ->
                new Request.Members(
                    id, joins ? List.of() : List.of(account), joins ? List.of(account) : List.of()))
            .orElseGet(() -> new Request.CreateGroup(in.name(), List.of(account)));
    var marks = Change.Marks.about(List.of(member()));
    return new Change(lane, person, name, request, List.of(reason()), marks);
  }

  /// A change as it looks to each of the people whom it concerns: a change of a group has many, any
  /// other is that of one person.
  public static List<Change> each(Change change) {
    if (!change.isOfGroup()) return List.of(change);
    return of(change).stream()
        .map(m -> change.held() ? m.alone().heldAs(change.cluster()) : m.alone())
        .toList();
  }
}
