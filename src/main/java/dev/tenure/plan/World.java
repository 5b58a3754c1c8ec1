package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.Standing;
import dev.tenure.target.Account;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a plan is made from. `standings` has each person that the source gave, once;
/// `sourceComplete` tells whether absence counts (law 1). `accounts` are all of the target's, read
/// whole; `links` are the flow's kept ones; `leaves` is what is known of when people left. `former`
/// tells of linked people where they last stood; whoever is missing there is known by their account
/// only. `memberships` tells who is in the groups that the flow manages; absent where nobody
/// looked: then nothing is said about groups.
public record World(
    List<Standing> standings,
    boolean sourceComplete,
    List<Account> accounts,
    List<Link> links,
    LeaveTimes leaves,
    Map<PersonKey, Former> former,
    Optional<Memberships> memberships) {
  /// A world that does not know when people left, nor what they were.
  public World(
      List<Standing> standings, boolean sourceComplete, List<Account> accounts, List<Link> links) {
    this(
        standings, sourceComplete, accounts, links, LeaveTimes.UNKNOWN, Map.of(), Optional.empty());
  }

  /// The same with these memberships.
  public World with(Memberships seen) {
    return new World(standings, sourceComplete, accounts, links, leaves, former, Optional.of(seen));
  }
}
