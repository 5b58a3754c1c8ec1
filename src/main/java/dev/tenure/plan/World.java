package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.Standing;
import dev.tenure.target.Account;
import java.util.List;
import java.util.Map;

/// What a plan is made from. `standings` has each person that the source gave, once;
/// `sourceComplete` tells whether absence counts (law 1). `accounts` are all of the target's, read
/// whole; `links` are the flow's kept ones; `leaves` is what is known of when people left. `former`
/// tells of linked people where they last stood; whoever is missing there is known by their account
/// only.
public record World(
    List<Standing> standings,
    boolean sourceComplete,
    List<Account> accounts,
    List<Link> links,
    LeaveTimes leaves,
    Map<PersonKey, Former> former) {
  /// A world that does not know when people left, nor what they were.
  public World(
      List<Standing> standings, boolean sourceComplete, List<Account> accounts, List<Link> links) {
    this(standings, sourceComplete, accounts, links, LeaveTimes.UNKNOWN, Map.of());
  }
}
