package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.Standing;
import dev.tenure.target.Account;
import java.util.List;
import java.util.Map;

/// What a plan is made from. `standings` has each person that the source gave, once;
/// `sourceComplete` tells whether absence counts (law 1). `accounts` are all of the target's, read
/// whole; `links` are the flow's kept ones. `former` tells of linked people where they last stood;
/// whoever is missing there is known by their account only.
public record World(
    List<Standing> standings,
    boolean sourceComplete,
    List<Account> accounts,
    List<Link> links,
    Map<PersonKey, Former> former) {
  public World(
      List<Standing> standings, boolean sourceComplete, List<Account> accounts, List<Link> links) {
    this(standings, sourceComplete, accounts, links, Map.of());
  }
}
