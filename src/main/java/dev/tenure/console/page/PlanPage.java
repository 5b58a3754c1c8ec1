package dev.tenure.console.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenure.access.Role;
import dev.tenure.console.Asked;
import dev.tenure.console.Gate;
import dev.tenure.console.Live;
import dev.tenure.console.Notice;
import dev.tenure.console.Pages;
import dev.tenure.console.Parts;
import dev.tenure.console.Trouble;
import dev.tenure.console.Words;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.Pauses;
import dev.tenure.deliver.PlanChanges;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.PlanState;
import dev.tenure.deliver.ReadBack;
import dev.tenure.deliver.Receipt;
import dev.tenure.deliver.StoredChange;
import dev.tenure.deliver.StoredPlan;
import dev.tenure.flow.Flow;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.id.FlowId;
import dev.tenure.job.Jobs;
import dev.tenure.plan.Change;
import dev.tenure.plan.Lane;
import dev.tenure.plan.PlanTotals;
import dev.tenure.view.SeatEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One plan as a person reads it: who, from what to what, and why; what it comes to; and how far it
/// is.
public final class PlanPage {
  private static final int SHOWN = 50;
  private static final int REASONS = 15;
  private static final int KEPT = 100;
  private static final int RECEIPTS = 50;
  private static final Duration LOOK_EVERY = Duration.ofMillis(700);

  private final Parts parts;
  private final Pages pages;
  private final Jobs jobs;
  private final Live live;

  /// One plan.
  private record Of(FlowId flow, PlanNumber plan) {}

  /// A plan's changes never change: what they come to is counted once.
  private final Cache<Of, CompletableFuture<Digest>> digests =
      Caffeine.newBuilder().maximumSize(KEPT).build();

  public PlanPage(Parts parts, Pages pages, Jobs jobs, Live live) {
    this.parts = parts;
    this.pages = pages;
    this.jobs = jobs;
    this.live = live;
  }

  public Routes routes(Gate gate) {
    return new Routes()
        .add("GET", "/console/plans/{flow}/{plan}", gate.page(this::show))
        .add("POST", "/console/plans/{flow}/{plan}/undo", gate.action(Role.OPERATOR, this::undo))
        .add("POST", "/console/plans/{flow}/{plan}/pause", gate.action(Role.OPERATOR, this::pause))
        .add(
            "POST", "/console/plans/{flow}/{plan}/resume", gate.action(Role.OPERATOR, this::resume))
        .add("GET", "/console/plans/{flow}/{plan}/live", gate.live(this::live))
        .add("GET", "/console/plans/{flow}/{plan}/export", gate.page(this::export));
  }

  /// What the page shows. `digest`: absent while it is being counted. `chosen`: how those stand
  /// that the filters choose, where some do.
  public record View(
      String flow,
      StoredPlan plan,
      ProgressView progress,
      List<PlanChanges.Cluster> clusters,
      Optional<Digest> digest,
      List<PlanChanges.Row> rows,
      PlanFilters filters,
      Optional<PlanChanges.Standing> chosen,
      Optional<String> next,
      List<Trouble.Line> findings,
      List<Receipt> receipts,
      Optional<Pauses.Paused> paused,
      Optional<Jobs.Job> undoing,
      Instant now) {
    /// Whether something was done that may be taken back.
    public boolean isUndoable() {
      return plan.count(ChangeState.DONE) > 0;
    }

    /// `out, read back`.
    public String words(Receipt receipt) {
      if (!receipt.isDone()) return "inside: " + receipt.state().wire();
      boolean confirmed = receipt.readBack().equals(Optional.of(ReadBack.CONFIRMED));
      return confirmed ? "out, read back" : "out, as the target says";
    }

    public boolean isLive() {
      return plan.state() == PlanState.OPEN
          || plan.state() == PlanState.APPLYING
          || plan.state() == PlanState.HELD;
    }

    public String path() {
      return "/console/plans/" + flow + "/" + plan.number();
    }

    public long heldOfAll() {
      return plan.count(ChangeState.HELD);
    }

    /// Whether this is the first of those of its class on the page.
    public boolean begins(PlanChanges.Row row) {
      int at = rows.indexOf(row);
      return at <= 0 || rows.get(at - 1).lane() != row.lane();
    }

    public long sendable() {
      return plan.count(ChangeState.WAITING) + plan.count(ChangeState.LEASED);
    }
  }

  /// So many changes of a lane.
  public record LaneCount(Lane lane, long size) {}

  /// What the changes come to, and what many of them have in common.
  public record Digest(
      PlanTotals totals,
      SeatEffect seats,
      List<LaneCount> lanes,
      List<PlanChanges.Facet> reasons,
      List<PlanChanges.Facet> departments) {}

  private Response show(Asked asked) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    var plan = PlansPage.stored(parts, flow, PlansPage.number(asked));
    var number = plan.number();
    var plans = parts.engine().plans();
    var filters = PlanFilters.of(asked::text);
    var after = asked.number("after").orElse(0L);
    var wanted = new PlanChanges.Wanted(filters.choice(), filters.inState(), after, SHOWN + 1);
    var rows = plans.page(flow.id(), number, wanted);
    var more = rows.size() > SHOWN;
    var shown = more ? rows.subList(0, SHOWN) : rows;
    var view =
        new View(
            flow.id().value(),
            plan,
            ProgressView.of(plan, jobs.of(PlansPage.applying(flow))),
            plans.clusters(flow.id(), number),
            digest(flow, new Of(flow.id(), number)),
            shown,
            filters,
            chosen(flow, number, filters),
            more ? Optional.of(filters.query(shown.getLast().seq())) : Optional.empty(),
            Trouble.Line.all(plan.findings()),
            plans.receipts(flow.id(), number, RECEIPTS),
            parts.engine().acts().pauses().of(flow.id()),
            jobs.of(undoing(flow, number)),
            parts.engine().world().clock().instant());
    return pages.page(asked, sort(flow, number), "plan.jte", view);
  }

  private static Pages.Sort sort(Flow flow, PlanNumber number) {
    return new Pages.Sort(
        "Plan " + number + " of " + flow.id(), "plans", "tenure show " + flow.id() + " " + number);
  }

  private Optional<PlanChanges.Standing> chosen(Flow flow, PlanNumber number, PlanFilters filters) {
    if (filters.chosen().isEmpty()) return Optional.empty();
    return Optional.of(parts.engine().plans().standing(flow.id(), number, filters.choice()));
  }

  private static List<LaneCount> lanes(List<Change> all) {
    var lanes = new EnumMap<Lane, Long>(Lane.class);
    all.forEach(change -> lanes.merge(change.lane(), 1L, Long::sum));
    return lanes.entrySet().stream().map(e -> new LaneCount(e.getKey(), e.getValue())).toList();
  }

  /// Counted beside the page, which asks again until it is there: a plan may have 100,000 changes.
  private Optional<Digest> digest(Flow flow, Of of) {
    var counted =
        digests.get(of, _ -> CompletableFuture.supplyAsync(() -> count(flow, of), Beside.THREAD));
    if (counted.isCompletedExceptionally()) {
      digests.invalidate(of);
      return Optional.empty();
    }
    return Optional.ofNullable(Beside.within(counted));
  }

  private Digest count(Flow flow, Of of) {
    var all =
        parts.engine().plans().changes(flow.id(), of.plan(), flow.planner().userType()).stream()
            .map(StoredChange::change)
            .toList();
    var totals = PlanTotals.of(all);
    Map<String, Long> reasons = new HashMap<>();
    all.forEach(change ->
        change.reasons().stream()
            .map(r -> r.because())
            .distinct()
            .forEach(because -> reasons.merge(because, 1L, Long::sum)));
    var most =
        reasons.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(REASONS)
            .map(e -> new PlanChanges.Facet(e.getKey(), e.getValue()))
            .toList();
    var seats = SeatEffect.of(parts.engine().ledgers(), flow, all);
    return new Digest(
        totals, seats, lanes(all), most, parts.engine().plans().departments(of.flow(), of.plan()));
  }

  private static Jobs.Key undoing(Flow flow, PlanNumber number) {
    return Jobs.Key.undoing(flow.id(), number);
  }

  /// Makes a plan that takes this one back; nothing is sent.
  private Response undo(Asked asked) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    var number = PlansPage.stored(parts, flow, PlansPage.number(asked)).number();
    var begun =
        jobs.start(
            undoing(flow, number),
            _ -> PlansPage.outcome(parts.engine().acts().undoing().plan(flow, number)));
    var said = (begun ? Notice.STARTED : Notice.BUSY).in(0);
    return Asked.to(PlansPage.path(flow, number) + "?" + said);
  }

  private Response pause(Asked asked) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    boolean leavers = asked.form().text("leavers").isPresent();
    var reason =
        Words.cut(asked.form().text("reason").orElse("").replace('\0', ' '), PlansPage.REASON_MAX);
    parts.engine().acts().pauses().pause(flow.id(), reason, leavers);
    return Asked.to(PlansPage.path(flow, PlansPage.number(asked)) + "?" + Notice.PAUSED.in(0));
  }

  private Response resume(Asked asked) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    parts.engine().acts().pauses().resume(flow.id());
    return Asked.to(PlansPage.path(flow, PlansPage.number(asked)) + "?" + Notice.RESUMED.in(0));
  }

  private Response live(Asked asked) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    var number = PlansPage.number(asked);
    PlansPage.stored(parts, flow, number);
    return live.stream(asked, LOOK_EVERY, () -> piece(flow, number));
  }

  /// Whoever sends the plan, the page sees it, as the numbers come from the database.
  private Live.Piece piece(Flow flow, PlanNumber number) {
    var plan = PlansPage.stored(parts, flow, number);
    var progress = ProgressView.of(plan, jobs.of(PlansPage.applying(flow)));
    return new Live.Piece(pages.fragment("progress.jte", progress), !progress.running());
  }

  private Response export(Asked asked) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    var number = PlansPage.number(asked);
    PlansPage.stored(parts, flow, number);
    var all = parts.engine().plans().changes(flow.id(), number, flow.planner().userType());
    var name = "plan-" + flow.id() + "-" + number;
    return asked.text("as").filter("csv"::equals).isPresent()
        ? Pages.download(name + ".csv", "text/csv; charset=utf-8", PlanFile.csv(all))
        : Pages.download(name + ".json", "application/json", PlanFile.json(all));
  }
}
