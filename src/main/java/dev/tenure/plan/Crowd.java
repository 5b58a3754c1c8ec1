package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Beyond.Everybody;
import dev.tenure.plan.Beyond.Member;
import dev.tenure.policy.Standing;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.scim.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Everybody with an account, as the guard looks at them: how many there are, and what they have in
/// common. Nothing is read before somebody asks.
final class Crowd {
  private static final List<String> ENTERPRISE =
      List.of("department", "division", "organization", "costCenter");

  private final People people;
  private final Map<PersonKey, Former> former;
  private final List<Change> lately;
  private final Set<PersonKey> gone;
  private final Everybody everybody;
  private final Map<PersonKey, Set<String>> lost = new HashMap<>();
  private final Map<PersonKey, Set<String>> groups = new HashMap<>();
  private Map<String, Set<PersonKey>> holders = Map.of();
  private long linked = UNKNOWN;
  private long active = UNKNOWN;

  private static final long UNKNOWN = -1;

  Crowd(People people, World world) {
    this.people = people;
    this.former = world.former();
    this.lately = world.beyond().lately();
    this.gone = lately.stream().map(Change::person).collect(Collectors.toSet());
    this.everybody = world.beyond().everybody().orElse(new Read());
  }

  /// Notes who is in which group, by its name, and whose memberships are to change.
  void inGroups(Map<String, Set<PersonKey>> who, List<Membership> changing) {
    holders = who;
    who.forEach((group, all) ->
        all.forEach(p -> groups.computeIfAbsent(p, _ -> new TreeSet<>()).add(group)));
    changing.stream()
        .filter(m -> !m.joins())
        .forEach(m -> lost.computeIfAbsent(m.person(), _ -> new HashSet<>()).add(m.in().name()));
  }

  /// The names of the groups that this person is to lose.
  Set<String> lostGroups(PersonKey person) {
    return lost.getOrDefault(person, Set.of());
  }

  /// How many active accounts are in the group of this name.
  long inGroup(String name) {
    return everybody.inGroup(name);
  }

  /// Those who were read for this plan.
  private final class Read implements Everybody {
    @Override
    public long inGroup(String name) {
      return holders.getOrDefault(name, Set.of()).size();
    }

    @Override
    public long linked() {
      return people.linked().size();
    }

    @Override
    public long active() {
      var count = new AtomicLong();
      each(m -> {
        count.addAndGet(m.isActive() ? 1 : 0);
        return true;
      });
      return count.get();
    }

    @Override
    public void each(Predicate<Member> goesOn) {
      for (var person : people.linked()) {
        if (!member(person).map(goesOn::test).orElse(true)) return;
      }
    }
  }

  /// The leavers that went before this plan, and count with it.
  List<Change> lately() {
    return lately;
  }

  /// How many fulfil it.
  long count(Predicate<Member> is) {
    var count = new AtomicLong();
    everybody.each(m -> {
      count.addAndGet(is.test(m) ? 1 : 0);
      return true;
    });
    return count.get();
  }

  /// Gives all who are let in, or were until lately, as long as `goesOn` answers so.
  void eachActive(Predicate<Member> goesOn) {
    everybody.each(m -> (!m.isActive() && !gone.contains(m.person())) || goesOn.test(m));
  }

  long linked() {
    if (linked == UNKNOWN) linked = everybody.linked();
    return linked;
  }

  /// How many are let in, or were until lately.
  long active() {
    if (active == UNKNOWN) active = everybody.active() + gone.size();
    return active;
  }

  Optional<Member> member(PersonKey person) {
    return people
        .account(person)
        .map(account ->
            new Member(
                person,
                account,
                Optional.ofNullable(former.get(person)),
                groups.getOrDefault(person, Set.of())));
  }

  /// Why this person must not have access; who is not there any more is gone.
  LeaverEvent event(PersonKey person) {
    return people.standing(person).orElse(null) instanceof Standing.Left(_, var event, _, _)
        ? event
        : LeaverEvent.GONE_FROM_SOURCE;
  }

  /// Whether an account was theirs that the target does not have any more.
  boolean hasLostTheirs(PersonKey person) {
    return people.vanished(person).isPresent();
  }

  /// What a member has in common with others, the most telling first.
  List<Trait> traits(Member member) {
    var traits = new ArrayList<Trait>();
    traits.add(Trait.EVERYBODY);
    member.former().ifPresent(f -> traits.addAll(f.traits()));
    var view = member.account().resource().view();
    var extension = Values.member(view, Schema.ENTERPRISE);
    for (var name : ENTERPRISE) add(traits, name, Values.member(extension, name));
    add(traits, "userType", Values.member(view, "userType"));
    member.groups().stream()
        .sorted()
        .map(group -> new Trait("groups", group))
        .filter(trait -> !traits.contains(trait))
        .forEach(traits::add);
    for (var name : List.of("groups", "roles")) each(traits, view, name);
    for (var address : Values.elements(Values.member(view, "addresses"))) {
      add(traits, "locality", Values.member(address, "locality"));
    }
    domain(traits, Accounts.name(member.account()));
    return traits;
  }

  private static void each(List<Trait> traits, JsonNode view, String list) {
    for (var one : Values.elements(Values.member(view, list))) {
      var name = Values.member(one, "display");
      add(traits, list, Values.isNone(name) ? Values.member(one, "value") : name);
    }
  }

  private static void domain(List<Trait> traits, String userName) {
    var at = userName.lastIndexOf('@');
    if (at > 0) traits.add(new Trait("domain", userName.substring(at + 1)));
  }

  private static void add(List<Trait> traits, String name, JsonNode value) {
    if (Values.isNone(value) || !value.isValueNode()) return;
    var trait = new Trait(name, value.asString(""));
    if (!traits.contains(trait)) traits.add(trait);
  }
}
