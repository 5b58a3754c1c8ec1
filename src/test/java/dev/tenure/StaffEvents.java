package dev.tenure;

import dev.tenure.SimulatedStaff.Member;
import dev.tenure.deliver.FaultyTarget;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// What happens to simulated people between two turns.
final class StaffEvents {
  /// Whoever has this key and address has an account already.
  static final String ADOPTED = "adopted";

  private static final int PEOPLE = 4;

  private final SimulatedStaff staff;
  private final FaultyTarget target;
  private final RandomGenerator random;
  private final Map<String, Member> former = new TreeMap<>();
  private int names;

  /// `target` is told who may be locked.
  StaffEvents(SimulatedStaff staff, FaultyTarget target, RandomGenerator random) {
    this.staff = staff;
    this.target = target;
    this.random = random;
  }

  /// The first of them; one is a bad record, for ever.
  void hire() {
    for (var i = 0; i < PEOPLE; i++) staff.put("p" + i, new Member(name(), "t0", "Sales"));
    staff.put(ADOPTED, new Member(ADOPTED, "t0", "Sales"));
    staff.put("bad", new Member("", "t0", "Sales"));
  }

  /// Joiners, movers and leavers; titles tell of the round.
  void happen(int round) {
    for (var person : List.copyOf(staff.members().keySet())) change(person, round);
    rehire(round);
    if (random.nextBoolean()) swap();
  }

  private String name() {
    return "n" + names++ + "@x.org";
  }

  private void change(String person, int round) {
    var before = staff.member(person);
    switch (random.nextInt(9)) {
      case 0 -> dismiss(person);
      case 1, 2 -> staff.put(person, before.with("t" + round));
      case 3 -> rename(person, name());
      case 4 -> {
        staff.put(person, before.in("Canteen"));
        target.hasLeft(person);
      }
      case 5 -> staff.put(person, before.in("Sales"));
      case 6 -> rename(person, "");
      default -> {}
    }
  }

  private void dismiss(String person) {
    former.put(person, staff.member(person));
    staff.remove(person);
    target.hasLeft(person);
  }

  private void rehire(int round) {
    former.forEach((person, member) -> {
      if (random.nextInt(3) > 0) return;
      if (!staff.members().containsKey(person)) staff.put(person, member.with("t" + round));
    });
  }

  /// Two people swap their addresses.
  private void swap() {
    var keys = List.copyOf(staff.members().keySet());
    var one = keys.get(random.nextInt(keys.size()));
    var other = keys.get(random.nextInt(keys.size()));
    var mail = staff.member(one).mail();
    if (!one.startsWith("p") || !other.startsWith("p")) return;
    rename(one, staff.member(other).mail());
    rename(other, mail);
  }

  private void rename(String person, String mail) {
    if (person.startsWith("p")) staff.put(person, staff.member(person).called(mail));
  }
}
