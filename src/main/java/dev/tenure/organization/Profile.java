package dev.tenure.organization;

import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.message.SearchRequest.PageSize;
import java.util.Set;

/// How an organization behaves where service providers differ.
public enum Profile {
  /// As the RFCs have it.
  STANDARD(
      new Traits(false, Lifecycle.STANDARD, false, true, new PageSize(100, 1000)),
      new ScimException(412, null, "the version has changed: read again")),

  /// As Genesys Cloud has it: names of roles and divisions must exist, externalId and work email
  /// are unique, deleted users are kept and come back, groups are made elsewhere, lists show active
  /// users unless asked otherwise, and the dearest licence is the only one.
  GENESYS(
      new Traits(true, Lifecycle.GENESYS, true, false, new PageSize(25, 100)),
      ScimException.bad(ScimType.invalidVers, "the version has changed: read again"));

  private final Traits traits;
  private final ScimException stale;

  Profile(Traits traits, ScimException stale) {
    this.traits = traits;
    this.stale = stale;
  }

  /// `closedNames`: roles and divisions that the organization doesn't have are refused.
  /// `lifecycle`: what holds where the organization says nothing else. `ruledLists`: unfiltered
  /// lists show active users only, and only the dearest licence is taken. `groupsByClients`:
  /// clients make and delete groups.
  public record Traits(
      boolean closedNames,
      Lifecycle lifecycle,
      boolean ruledLists,
      boolean groupsByClients,
      PageSize pages) {}

  /// Whether there is what providers may leave out: Bulk, sorting, cursors, queries at the root.
  public boolean isWhole() {
    return this == STANDARD;
  }

  /// Whether it is that of Genesys Cloud, with its platform calls and its quirks.
  public boolean isGenesys() {
    return this == GENESYS;
  }

  /// What holds where the organization says nothing else.
  public Set<Quirk> quirks() {
    return isGenesys() ? Quirk.USUAL : Set.of();
  }

  public boolean closedNames() {
    return traits.closedNames();
  }

  /// What holds where the organization says nothing else.
  public Lifecycle lifecycle() {
    return traits.lifecycle();
  }

  public boolean listsActiveOnly() {
    return traits.ruledLists();
  }

  public boolean dearestLicenceOnly() {
    return traits.ruledLists();
  }

  public boolean groupsByClients() {
    return traits.groupsByClients();
  }

  public PageSize pages() {
    return traits.pages();
  }

  /// The answer to a precondition that does not hold any more.
  public ScimException stale() {
    return stale;
  }
}
