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
import dev.tenure.licence.Home;
import dev.tenure.licence.Home.Elsewhere;
import dev.tenure.licence.Home.Hosted;
import dev.tenure.licence.Ledger.Line;
import dev.tenure.licence.Ledgers;
import dev.tenure.licence.Reclaim;
import dev.tenure.licence.Reclaimable;
import dev.tenure.organization.Licences.PoolUse;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// The seats of all organizations, and of targets elsewhere that have some: how many are used and
/// will be needed, what they cost, since when, and which could be had back. What takes long to find
/// out is as of the last look of the server.
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
            gate.action(Role.OPERATOR, asked -> reclaim(hosted(asked))))
        .add(
            "POST",
            "/console/licences/target/{target}/reclaim",
            gate.action(Role.OPERATOR, asked -> reclaim(elsewhere(asked))));
  }

  /// What the page shows.
  public record View(List<Place> places, List<String> flows) {}

  /// The pools of an organization or target, and what they cost a month in each currency. `seenAt`:
  /// as of when the ledger is; `reclaimable`: how many accounts have seats that could be had back.
  public record Place(
      Home home,
      List<Pool> pools,
      Map<String, BigDecimal> cost,
      Optional<String> flow,
      Optional<Instant> seenAt,
      long reclaimable,
      Optional<Jobs.Job> reclaiming) {
    public boolean isHosted() {
      return home instanceof Hosted;
    }
  }

  /// A pool, the roles that bring its licence, its last days, what its ledger says, and some seats
  /// that could be had back.
  public record Pool(
      PoolView use,
      List<String> roles,
      Chart history,
      Optional<Line> line,
      List<Reclaimable> reclaimable) {}

  private Response answer(Asked asked) {
    var places =
        Stream.concat(
            parts.organizations().all().stream().map(this::hosted),
            ledgers().elsewhere().stream().map(this::elsewhere));
    var view =
        new View(
            places.toList(), parts.engine().flows().stream().map(f -> f.id().value()).toList());
    return pages.page(asked, SORT, "licences.jte", view);
  }

  private Ledgers ledgers() {
    return parts.engine().ledgers();
  }

  private Place hosted(OrganizationId id) {
    var shown = parts.organizations().administration().show(id);
    Function<String, List<String>> roles =
        sku ->
            shown.roles().entrySet().stream()
                .filter(e -> e.getValue().filter(sku::equals).isPresent())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    return place(new Hosted(id), shown.pools(), roles);
  }

  /// How many seats are used there is found out by the server's look, too.
  private Place elsewhere(Elsewhere home) {
    var lines = ledgers().seen(home).stream().flatMap(s -> s.ledger().lines().stream()).toList();
    Function<String, List<String>> roles =
        sku ->
            lines.stream()
                .filter(l -> l.pool().sku().equals(sku))
                .flatMap(l -> l.roles().stream())
                .sorted()
                .toList();
    return place(home, lines.stream().map(Line::pool).toList(), roles);
  }

  private Place place(Home home, List<PoolUse> uses, Function<String, List<String>> roles) {
    var cost = new TreeMap<String, BigDecimal>();
    uses.forEach(p ->
        cost.merge(
            p.currency(), p.price().multiply(BigDecimal.valueOf(p.used())), BigDecimal::add));
    var seen = ledgers().seen(home);
    var days = ledgers().history(home, DAYS);
    var pools =
        uses.stream()
            .map(p ->
                new Pool(
                    new PoolView(home.name(), p),
                    roles.apply(p.sku()),
                    chart(days, p.sku()),
                    seen.flatMap(s -> s.line(p.sku())),
                    seen.stream()
                        .flatMap(s -> s.reclaimable().stream())
                        .filter(r -> r.skus().contains(p.sku()))
                        .limit(SHOWN)
                        .toList()))
            .toList();
    return new Place(
        home,
        pools,
        cost,
        ledgers().leading(home).stream().map(f -> f.id().value()).findFirst(),
        seen.map(Ledgers.Seen::at),
        seen.map(s -> s.reclaimable().size()).orElse(0),
        jobs.of(Jobs.Key.reclaiming(home.key())));
  }

  private static Chart chart(List<Day> days, String sku) {
    var points =
        days.stream()
            .filter(d -> d.sku().equals(sku))
            .map(d -> new Chart.Point(d.day().toString(), d.used(), 0))
            .toList();
    return Chart.level("used", points);
  }

  private Home hosted(Asked asked) {
    var name = asked.request().variable("organization");
    return parts.organizations().all().stream()
        .filter(o -> o.value().equals(name))
        .findFirst()
        .map(Hosted::new)
        .orElseThrow(() -> new HttpFailure(404, "there is no such organization"));
  }

  private Home elsewhere(Asked asked) {
    var home = new Elsewhere(asked.request().variable("target"));
    if (ledgers().elsewhere().contains(home)) return home;
    throw new HttpFailure(404, "there is no such target with licences");
  }

  /// A plan that frees all seats there that could be had back; nothing is sent.
  private Response reclaim(Home home) {
    var flow =
        ledgers().leading(home).stream()
            .findFirst()
            .orElseThrow(() -> new HttpFailure(400, "no flow leads there"));
    var begun =
        jobs.start(
            Jobs.Key.reclaiming(home.key()),
            _ ->
                PlansPage.outcome(
                    new Reclaim(parts.engine().cycle()).plan(flow, ledgers().reclaimable(home))));
    return Asked.to("/console/licences?" + (begun ? Notice.STARTED : Notice.BUSY).in(0));
  }
}
