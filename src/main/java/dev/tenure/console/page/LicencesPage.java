package dev.tenure.console.page;

import dev.tenure.console.Asked;
import dev.tenure.console.Gate;
import dev.tenure.console.Pages;
import dev.tenure.console.Parts;
import dev.tenure.console.store.TenantStore;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.id.OrganizationId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The seats of all organizations: how many are used, what they cost, and which are ghosts.
public final class LicencesPage {
  private static final int GHOSTS = 50;
  private static final Pages.Sort SORT = new Pages.Sort("Licences", "licences", "tenure status");

  private final Parts parts;
  private final Pages pages;
  private final TenantStore tenants;

  public LicencesPage(Parts parts, Pages pages) {
    this.parts = parts;
    this.pages = pages;
    this.tenants = new TenantStore(parts.database());
  }

  public Routes routes(Gate gate) {
    return new Routes().add("GET", "/console/licences", gate.page(this::answer));
  }

  /// What the page shows.
  public record View(List<Organization> organizations, List<String> flows) {}

  /// The pools of an organization, and what they cost a month in each currency.
  public record Organization(
      OrganizationId id, List<Pool> pools, Map<String, BigDecimal> cost, Optional<String> flow) {}

  /// A pool, the roles that bring its licence, and seats that nobody seems to need.
  public record Pool(PoolView use, List<String> roles, List<TenantStore.UserRow> ghosts) {}

  private Response answer(Asked asked) {
    var view =
        new View(
            parts.organizations().all().stream().map(this::organization).toList(),
            parts.engine().flows().stream().map(f -> f.id().value()).toList());
    return pages.page(asked, SORT, "licences.jte", view);
  }

  private Organization organization(OrganizationId id) {
    var shown = parts.organizations().administration().show(id);
    var cost = new TreeMap<String, BigDecimal>();
    shown
        .pools()
        .forEach(p ->
            cost.merge(
                p.currency(), p.price().multiply(BigDecimal.valueOf(p.used())), BigDecimal::add));
    var pools =
        shown.pools().stream()
            .map(p ->
                new Pool(
                    new PoolView(id, p),
                    shown.roles().entrySet().stream()
                        .filter(e -> e.getValue().filter(p.sku()::equals).isPresent())
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList(),
                    tenants.ghosts(id, p.sku(), GHOSTS)))
            .toList();
    var flow =
        parts.engine().flows().stream()
            .filter(f -> parts.engine().target(f).filter(id::equals).isPresent())
            .map(f -> f.id().value())
            .findFirst();
    return new Organization(id, pools, cost, flow);
  }
}
