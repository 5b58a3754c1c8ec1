package dev.tenure.console.page;

import dev.tenure.access.Role;
import dev.tenure.console.Asked;
import dev.tenure.console.Gate;
import dev.tenure.console.Notice;
import dev.tenure.console.Pages;
import dev.tenure.console.Parts;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.id.OrganizationId;
import dev.tenure.job.Jobs;
import dev.tenure.licence.Day;
import dev.tenure.licence.Ledger.Line;
import dev.tenure.licence.Ledgers;
import dev.tenure.licence.Reclaim;
import dev.tenure.licence.Reclaimable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The seats of all organizations: how many are used and will be needed, what they cost, since
/// when, and which could be had back. What takes long to find out is as of the last look of the
/// server.
public final class LicencesPage {
  private static final int SHOWN = 50;
  private static final int DAYS = 90;
  private static final Pages.Sort SORT = new Pages.Sort("Licences", "licences", "tenure licences");

  private final Parts parts;
  private final Pages pages;
  private final Jobs jobs;

  public LicencesPage(Parts parts, Pages pages, Jobs jobs) {
    this.parts = parts;
    this.pages = pages;
    this.jobs = jobs;
  }

  public Routes routes(Gate gate) {
    return new Routes()
        .add("GET", "/console/licences", gate.page(this::answer))
        .add(
            "POST",
            "/console/licences/{organization}/reclaim",
            gate.action(Role.OPERATOR, this::reclaim));
  }

  /// What the page shows.
  public record View(List<Organization> organizations, List<String> flows) {}

  /// The pools of an organization, and what they cost a month in each currency. `seenAt`: as of
  /// when the ledger is; `reclaimable`: how many accounts have seats that could be had back.
  public record Organization(
      OrganizationId id,
      List<Pool> pools,
      Map<String, BigDecimal> cost,
      Optional<String> flow,
      Optional<Instant> seenAt,
      long reclaimable,
      Optional<Jobs.Job> reclaiming) {}

  /// A pool, the roles that bring its licence, its last days, what its ledger says, and some seats
  /// that could be had back.
  public record Pool(
      PoolView use,
      List<String> roles,
      Chart history,
      Optional<Line> line,
      List<Reclaimable> reclaimable) {}

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
    var seen = parts.engine().ledgers().seen(id);
    var days = parts.engine().ledgers().history(id, DAYS);
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
                    chart(days, p.sku()),
                    seen.flatMap(s -> s.line(p.sku())),
                    seen.stream()
                        .flatMap(s -> s.reclaimable().stream())
                        .filter(r -> r.skus().contains(p.sku()))
                        .limit(SHOWN)
                        .toList()))
            .toList();
    return new Organization(
        id,
        pools,
        cost,
        parts.engine().ledgers().leading(id).stream().map(f -> f.id().value()).findFirst(),
        seen.map(Ledgers.Seen::at),
        seen.map(s -> s.reclaimable().size()).orElse(0),
        jobs.of(key(id)));
  }

  private static Chart chart(List<Day> days, String sku) {
    var points =
        days.stream()
            .filter(d -> d.sku().equals(sku))
            .map(d -> new Chart.Point(d.day().toString(), d.used(), 0))
            .toList();
    return Chart.level("used", points);
  }

  private static Jobs.Key key(OrganizationId organization) {
    return Jobs.Key.reclaiming(organization);
  }

  /// A plan that frees all seats of the organization that could be had back; nothing is sent.
  private Response reclaim(Asked asked) {
    var name = asked.request().variable("organization");
    var organization =
        parts.organizations().all().stream()
            .filter(o -> o.value().equals(name))
            .findFirst()
            .orElseThrow(() -> new HttpFailure(404, "there is no such organization"));
    var ledgers = parts.engine().ledgers();
    var flow =
        ledgers.leading(organization).stream()
            .findFirst()
            .orElseThrow(() -> new HttpFailure(400, "no flow leads to the organization"));
    var begun =
        jobs.start(
            key(organization),
            _ ->
                PlansPage.outcome(
                    new Reclaim(parts.engine().cycle())
                        .plan(flow, ledgers.reclaimable(organization))));
    return Asked.to("/console/licences?" + (begun ? Notice.STARTED : Notice.BUSY).in(0));
  }
}
