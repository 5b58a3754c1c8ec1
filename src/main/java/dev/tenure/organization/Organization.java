package dev.tenure.organization;

import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.Terms;
import dev.tenure.scim.Reading;
import dev.tenure.scim.schema.Schemas;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An organization's settings, as they are at one time. `licences` gives for a role the SKU that
/// comes with it, `prices` the price of each SKU that there is a pool of. `schemas` is what
/// requests are validated against, and what `/Schemas` and `/ResourceTypes` show.
/// `refusesOverdraft`: some pool gives no seat beyond those bought. `enabled`: its clients may come
/// in. `platform`: what only the profile `genesys` has.
public record Organization(
    OrganizationId id,
    Profile profile,
    Reading reading,
    Schemas schemas,
    Deactivation deactivation,
    Lifecycle lifecycle,
    List<String> divisions,
    Map<String, Optional<String>> licences,
    Map<String, BigDecimal> prices,
    boolean refusesOverdraft,
    boolean enabled,
    Platform platform) {

  public Organization {
    divisions = List.copyOf(divisions);
    licences = Map.copyOf(licences);
    prices = Map.copyOf(prices);
  }

  /// What its statements depend on.
  Terms terms() {
    return new Terms(id, profile.dearestLicenceOnly(), refusesOverdraft);
  }

  /// Whether it has this quirk.
  public boolean has(Quirk quirk) {
    return profile.isGenesys() && platform.has(quirk);
  }

  boolean keepsDeleted() {
    return lifecycle.deletion() == Lifecycle.Deletion.SOFT;
  }
}
