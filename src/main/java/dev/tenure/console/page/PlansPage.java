package dev.tenure.console.page;

import dev.tenure.access.Role;
import dev.tenure.console.Asked;
import dev.tenure.console.Gate;
import dev.tenure.console.Notice;
import dev.tenure.console.Pages;
import dev.tenure.console.Parts;
import dev.tenure.console.Words;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.Plans;
import dev.tenure.deliver.StoredPlan;
import dev.tenure.flow.CycleReport;
import dev.tenure.flow.Flow;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.job.Jobs;
import dev.tenure.view.CycleJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The plans of all flows; to make one, to approve, to hold and to apply one.
public final class PlansPage {
  static final int REASON_MAX = 400;
  private static final int SHOWN = 20;
  private static final Pages.Sort SORT = new Pages.Sort("Plans", "plans", "tenure plans FLOW");

  private final Parts parts;
  private final Pages pages;
  private final Jobs jobs;

  public PlansPage(Parts parts, Pages pages, Jobs jobs) {
    this.parts = parts;
    this.pages = pages;
    this.jobs = jobs;
  }

  public Routes routes(Gate gate) {
    return new Routes()
        .add("GET", "/console/plans", gate.page(this::list))
        .add("POST", "/console/plans/{flow}/make", gate.action(Role.OPERATOR, this::make))
        .add(
            "POST",
            "/console/plans/{flow}/{plan}/approve",
            gate.action(Role.OPERATOR, this::approve))
        .add("POST", "/console/plans/{flow}/{plan}/hold", gate.action(Role.OPERATOR, this::hold))
        .add("POST", "/console/plans/{flow}/{plan}/apply", gate.action(Role.OPERATOR, this::apply));
  }

  /// What the page shows.
  public record View(List<FlowPlans> flows, Instant now) {}

  /// A flow with its newest plans; `making`: a plan that somebody makes here, or made last.
  public record FlowPlans(String flow, List<StoredPlan> plans, Optional<Jobs.Job> making) {}

  private Response list(Asked asked) {
    var flows =
        parts.engine().flows().stream()
            .map(f ->
                new FlowPlans(
                    f.id().value(),
                    parts.engine().plans().list(f.id(), SHOWN),
                    jobs.of(planning(f))))
            .toList();
    return pages.page(
        asked, SORT, "plans.jte", new View(flows, parts.engine().world().clock().instant()));
  }

  static Jobs.Key planning(Flow flow) {
    return Jobs.Key.planning(flow.id());
  }

  static Jobs.Key applying(Flow flow) {
    return Jobs.Key.applying(flow.id());
  }

  private Response make(Asked asked) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    var begun = jobs.start(planning(flow), _ -> outcome(parts.engine().cycle().plan(flow)));
    return Asked.to("/console/plans?" + (begun ? Notice.STARTED : Notice.BUSY).in(0));
  }

  static Jobs.Outcome outcome(CycleReport report) {
    var path = report.number().map(n -> "/console/plans/" + report.flow() + "/" + n);
    var words = report.isEmpty() ? "There is nothing to change." : "A plan is there.";
    return new Jobs.Outcome(words, path, Optional.of(CycleJson.brief(report)));
  }

  private Response approve(Asked asked) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    var number = number(asked);
    var filters = PlanFilters.of(asked.form()::text);
    var approval = new Plans.Approval(number, filters.choice());
    long released = parts.engine().plans().approve(flow.id(), approval, asked.actor());
    return Asked.to(path(flow, number) + filters.saying(Notice.APPROVED.in(released)));
  }

  private Response hold(Asked asked) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    var number = number(asked);
    var form = asked.form();
    var reason = Words.cut(form.text("reason").orElse("").replace('\0', ' '), REASON_MAX);
    var filters = PlanFilters.of(form::text);
    var hold = new Plans.Hold(number, filters.choice(), form.text("leavers").isPresent(), reason);
    var holding = parts.engine().plans().hold(flow.id(), hold);
    var said =
        holding.leavers() > 0
            ? Notice.HELD_BUT_LEAVERS.in(holding.leavers())
            : Notice.HELD.in(holding.held());
    return Asked.to(path(flow, number) + filters.saying(said));
  }

  private Response apply(Asked asked) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    var number = number(asked);
    var begun =
        jobs.start(
            applying(flow),
            progress -> {
              var report = parts.engine().cycle().apply(flow, number, progress);
              return new Jobs.Outcome(
                  "plan " + number + " is sent",
                  Optional.empty(),
                  Optional.of(CycleJson.of(report)));
            });
    return Asked.to(path(flow, number) + "?" + (begun ? Notice.STARTED : Notice.BUSY).in(0));
  }

  static PlanNumber number(Asked asked) {
    return new PlanNumber(asked.pathNumber("plan"));
  }

  static String path(Flow flow, PlanNumber number) {
    return "/console/plans/" + flow.id() + "/" + number;
  }

  /// The plan of this number, else 404.
  static StoredPlan stored(Parts parts, Flow flow, PlanNumber number) {
    return parts
        .engine()
        .plans()
        .find(flow.id(), number)
        .orElseThrow(() -> new HttpFailure(404, "flow " + flow.id() + " has no plan " + number));
  }
}
