package dev.tenure.plan;

import dev.tenure.policy.Standing;
import dev.tenure.target.Account;
import java.util.List;

/// What a plan is made from. `standings` has each person that the source gave, once;
/// `sourceComplete` tells whether absence counts (law 1). `accounts` are all of the target's, read
/// whole; `links` are the flow's kept ones; `leaves` is what is known of when people left.
public record World(
    List<Standing> standings,
    boolean sourceComplete,
    List<Account> accounts,
    List<Link> links,
    LeaveTimes leaves) {
  /// A world that does not know when people left.
  public World(
      List<Standing> standings, boolean sourceComplete, List<Account> accounts, List<Link> links) {
    this(standings, sourceComplete, accounts, links, LeaveTimes.UNKNOWN);
  }
}
