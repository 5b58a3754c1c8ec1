package dev.tenure.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A target as brute force sees it, with each state one request away: it knows nothing of how the
/// planner thinks. Accounts and groups are by their ids.
record SmallWorld(Map<String, Acct> accounts, Map<String, Set<String>> groups) {
  /// Names that nobody has or wants, to pass under.
  private static final List<String> FREE = List.of("free1", "free2");

  /// An account: its userName in lower case, its title, whether it is active.
  record Acct(String name, String title, boolean active) {}

  /// What is to be reached. `wanted`: by person, whose account has the id of the person; `leavers`:
  /// who must not have access; `members`: by managed group, the people in it. `deletes`: leavers
  /// are deleted. `chunk`: so many memberships fit into one request.
  record Goal(
      Map<String, Acct> wanted,
      Set<String> leavers,
      Map<String, Set<String>> members,
      boolean deletes,
      boolean leavesGroups,
      int chunk) {

    boolean isReached(SmallWorld world) {
      for (var one : wanted.entrySet()) {
        if (!one.getValue().equals(world.accounts().get(one.getKey()))) return false;
      }
      for (var leaver : leavers) {
        var account = world.accounts().get(leaver);
        if (deletes ? account != null : account != null && account.active()) return false;
      }
      return members.keySet().stream().allMatch(group -> isRight(group, world));
    }

    /// Whose place is not ruled may be in it or not.
    private boolean isRight(String group, SmallWorld world) {
      var are = world.groups().get(group);
      var should = members.getOrDefault(group, Set.of());
      if (are == null) return should.isEmpty();
      var ruled = new TreeSet<>(wanted.keySet());
      if (leavesGroups) ruled.addAll(leavers);
      return ruled.stream().allMatch(who -> are.contains(who) == should.contains(who));
    }
  }

  /// The fewest requests from here to the goal, where they are at most so many.
  Optional<Integer> fewest(Goal goal, int most) {
    var seen = new HashSet<SmallWorld>(Set.of(this));
    Collection<SmallWorld> edge = List.of(this);
    for (int requests = 0; requests <= most; requests++) {
      if (edge.stream().anyMatch(goal::isReached)) return Optional.of(requests);
      var next = new ArrayList<SmallWorld>();
      if (requests < most) {
        for (var world : edge)
          world.each(
              goal,
              w -> {
                if (seen.add(w)) next.add(w);
              });
      }
      edge = next;
    }
    return Optional.empty();
  }

  /// Each state that one request makes of this one.
  private void each(Goal goal, Consumer<SmallWorld> to) {
    for (var who : goal.wanted().keySet()) ruled(who, goal, to);
    for (var who : goal.leavers()) {
      var account = accounts.get(who);
      if (account == null) continue;
      if (goal.deletes()) to.accept(without(who));
      else to.accept(with(who, new Acct(account.name(), account.title(), false)));
    }
    for (var group : goal.members().keySet()) grouped(group, goal, to);
  }

  /// All that is wanted of an account at once, with its own name, another's, or a free one.
  private void ruled(String who, Goal goal, Consumer<SmallWorld> to) {
    var wanted = goal.wanted().get(who);
    if (wanted == null) return;
    var names = new ArrayList<>(FREE);
    names.add(wanted.name());
    for (var name : names) {
      if (isFree(name, who)) to.accept(with(who, new Acct(name, wanted.title(), wanted.active())));
    }
  }

  private boolean isFree(String name, String who) {
    return accounts.entrySet().stream()
        .noneMatch(e -> e.getValue().name().equals(name) && !e.getKey().equals(who));
  }

  /// Each choice of people who change their side in one request. Leavers are never in one request
  /// with others: law 3 sends them before all else.
  private void grouped(String group, Goal goal, Consumer<SmallWorld> to) {
    var before = groups.getOrDefault(group, new TreeSet<>());
    BiConsumer<List<String>, Integer> choose =
        (people, most) -> {
          for (int choice = 1; choice < 1 << people.size(); choice++) {
            if (Integer.bitCount(choice) <= most)
              to.accept(with(group, toggled(before, people, choice)));
          }
        };
    choose.accept(there(goal.wanted().keySet()), goal.chunk());
    if (groups.containsKey(group)) choose.accept(there(goal.leavers()), goal.chunk());
  }

  private List<String> there(Collection<String> people) {
    return people.stream().filter(accounts::containsKey).sorted().toList();
  }

  private static Set<String> toggled(Set<String> before, List<String> people, int choice) {
    var after = new TreeSet<>(before);
    for (int i = 0; i < people.size(); i++) {
      if ((choice >> i & 1) == 0) continue;
      if (!after.remove(people.get(i))) after.add(people.get(i));
    }
    return after;
  }

  private SmallWorld with(String who, Acct account) {
    var all = new TreeMap<>(accounts);
    all.put(who, account);
    return new SmallWorld(all, groups);
  }

  private SmallWorld with(String group, Set<String> members) {
    var all = new TreeMap<>(groups);
    all.put(group, members);
    return new SmallWorld(accounts, all);
  }

  /// Who is deleted is in no group any more.
  private SmallWorld without(String who) {
    var all = new TreeMap<>(accounts);
    all.remove(who);
    var left = new TreeMap<String, Set<String>>();
    groups.forEach((group, members) -> {
      var others = new TreeSet<>(members);
      others.remove(who);
      left.put(group, others);
    });
    return new SmallWorld(all, left);
  }
}
