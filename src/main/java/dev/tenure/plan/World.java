package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.Standing;
import dev.tenure.target.Account;
import dev.tenure.target.Keepings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What a plan is made from. `standings` has each person that the source gave, once; `reach` tells
/// whether that is everybody. `accounts` are the target's, `links` the flow's kept ones: all of
/// them, or those that a part of the people has to do with. `leaves` is what is known of when
/// people left. `former` tells of linked people where they last stood; whoever is missing there is
/// known by their account only. `memberships` tells who is in the groups that the flow manages;
/// absent where nobody looked: then nothing is said about groups. `beyond` is what the guard has to
/// know besides. `seats` are the licences of the target, `keepings` what it says of attributes;
/// both are asked for where something differs.
public record World(
    List<Standing> standings,
    Reach reach,
    List<Account> accounts,
    List<Link> links,
    LeaveTimes leaves,
    Map<PersonKey, Former> former,
    Optional<Memberships> memberships,
    Beyond beyond,
    Supplier<Seats> seats,
    Supplier<Optional<Keepings>> keepings) {
  /// Everybody, or as many as the source gave before it failed; it is not known when people left,
  /// nor what they were.
  public World(
      List<Standing> standings, boolean sourceComplete, List<Account> accounts, List<Link> links) {
    this(
        standings,
        Reach.of(sourceComplete),
        accounts,
        links,
        LeaveTimes.UNKNOWN,
        Map.of(),
        Optional.empty(),
        Beyond.NOTHING,
        () -> Seats.NONE,
        Optional::empty);
  }

  /// The same, with what is remembered of people who left.
  public World with(LeaveTimes times, Map<PersonKey, Former> people) {
    return new World(
        standings, reach, accounts, links, times, people, memberships, beyond, seats, keepings);
  }

  /// The same with these memberships.
  public World with(Memberships seen) {
    var all = Optional.of(seen);
    return new World(
        standings, reach, accounts, links, leaves, former, all, beyond, seats, keepings);
  }

  /// The same with these licences; they are asked for where somebody may need a seat.
  public World with(Supplier<Seats> licences) {
    return new World(
        standings, reach, accounts, links, leaves, former, memberships, beyond, licences, keepings);
  }

  /// The same of a target that says this of its attributes.
  World saying(Keepings said) {
    var all = Optional.of(said);
    return new World(
        standings, reach, accounts, links, leaves, former, memberships, beyond, seats, () -> all);
  }

  /// Whether the absence of those whom it is about counts (law 1).
  public boolean sourceComplete() {
    return reach.isComplete();
  }
}
