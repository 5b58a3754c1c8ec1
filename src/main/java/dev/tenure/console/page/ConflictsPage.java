package dev.tenure.console.page;

import dev.tenure.access.Role;
import dev.tenure.console.Asked;
import dev.tenure.console.Form;
import dev.tenure.console.Gate;
import dev.tenure.console.Notice;
import dev.tenure.console.Pages;
import dev.tenure.console.Parts;
import dev.tenure.deliver.Plans;
import dev.tenure.flow.Flow;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Query;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.job.Jobs;
import dev.tenure.plan.World;
import dev.tenure.reconcile.Conflict;
import dev.tenure.reconcile.ConflictKind;
import dev.tenure.reconcile.ConflictSheet;
import dev.tenure.reconcile.Decision;
import dev.tenure.reconcile.Found;
import dev.tenure.reconcile.Reconciler;
import dev.tenure.reconcile.Resolution;
import dev.tenure.reconcile.Settling;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What stands in a flow's way, as a list of work: evidence side by side, decisions in batches.
/// They become a plan, which is looked at and applied like any other.
public final class ConflictsPage {
  private static final int SHOWN = 25;
  private static final String DECISION = "decide:";
  private static final Found NOTHING = new Found(List.of());

  private final Parts parts;
  private final Pages pages;
  private final Jobs jobs;

  public ConflictsPage(Parts parts, Pages pages, Jobs jobs) {
    this.parts = parts;
    this.pages = pages;
    this.jobs = jobs;
  }

  public Routes routes(Gate gate) {
    return new Routes()
        .add("GET", "/console/conflicts", gate.page(this::show))
        .add("GET", "/console/conflicts/{flow}/export", gate.page(this::export))
        .add("POST", "/console/conflicts/{flow}/look", gate.action(Role.OPERATOR, this::look))
        .add("POST", "/console/conflicts/{flow}/decide", gate.action(Role.OPERATOR, this::decide));
  }

  /// What the page shows. `looking`: the last look at both ends; `deciding`: the last plan that was
  /// made of decisions.
  public record View(
      List<String> flows,
      String flow,
      Optional<Jobs.Job> looking,
      Optional<Jobs.Job> deciding,
      List<KindCount> kinds,
      String kind,
      List<Conflict> conflicts,
      long total,
      Optional<String> next,
      double confidence,
      Instant now) {
    /// What those that are shown can be.
    public List<Resolution> choices() {
      return conflicts.stream().flatMap(c -> c.possible().stream()).distinct().sorted().toList();
    }
  }

  /// So many conflicts of a kind.
  public record KindCount(ConflictKind kind, String what, long size) {}

  private static Jobs.Key looking(Flow flow) {
    return Jobs.Key.looking(flow.id());
  }

  private static Jobs.Key deciding(Flow flow) {
    return Jobs.Key.deciding(flow.id());
  }

  private Response show(Asked asked) {
    var flows = parts.engine().flows();
    var sort = new Pages.Sort("Conflicts", "conflicts", "tenure reconcile FLOW");
    if (flows.isEmpty()) throw new HttpFailure(404, "there is no flow yet");
    var flow = asked.text("flow").map(parts.engine()::flow).orElse(flows.getFirst());
    var found = found(flow);
    var kind = asked.text("kind").map(ConflictsPage::kind);
    var chosen = found.of(kind);
    var rest = asked.text("after").map(after -> after(found, kind, after)).orElse(chosen);
    var shown = rest.subList(0, Math.min(SHOWN, rest.size()));
    var word = kind.map(ConflictKind::wire).orElse("");
    var view =
        new View(
            flows.stream().map(f -> f.id().value()).toList(),
            flow.id().value(),
            jobs.of(looking(flow)),
            jobs.of(deciding(flow)),
            kinds(found),
            word,
            shown,
            chosen.size(),
            rest.size() > SHOWN
                ? Optional.of(next(flow, word, shown.getLast().id()))
                : Optional.empty(),
            flow.config().reconcile().confidence(),
            parts.engine().world().clock().instant());
    return pages.page(asked, sort, "conflicts.jte", view);
  }

  private static String next(Flow flow, String kind, String last) {
    return "?flow=" + flow.id() + "&kind=" + kind + "&after=" + Query.encoded(last);
  }

  private static List<Conflict> after(Found found, Optional<ConflictKind> kind, String id) {
    return found
        .after(kind, id)
        .orElseThrow(() -> new HttpFailure(400, "'after' is the id of a conflict"));
  }

  /// What the last look found; nothing before the first.
  private Found found(Flow flow) {
    return jobs.of(looking(flow))
        .flatMap(Jobs.Job::outcome)
        .flatMap(Jobs.Outcome::result)
        .filter(Found.class::isInstance)
        .map(Found.class::cast)
        .orElse(NOTHING);
  }

  private static ConflictKind kind(String word) {
    return Arrays.stream(ConflictKind.values())
        .filter(k -> k.wire().equals(word))
        .findFirst()
        .orElseThrow(() -> new HttpFailure(400, "there is no such kind of conflict"));
  }

  private static List<KindCount> kinds(Found found) {
    return Arrays.stream(ConflictKind.values())
        .map(kind -> new KindCount(kind, what(kind), found.of(Optional.of(kind)).size()))
        .filter(count -> count.size() > 0)
        .toList();
  }

  private static String what(ConflictKind kind) {
    return switch (kind) {
      case OTHER_EXTERNAL_ID -> "The account has another externalId";
      case LOCKED_NAMESAKE -> "A locked account has the name";
      case DUPLICATE_ACCOUNT -> "Two accounts look like one";
      case SAME_USER_NAME -> "Two people want one userName";
      case GHOST_LICENCE -> "A seat that nobody uses";
      case ORPHAN -> "An account of nobody";
    };
  }

  private Response look(Asked asked) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    var begun =
        jobs.start(
            looking(flow),
            _ -> {
              var conflicts =
                  parts
                      .engine()
                      .cycle()
                      .look(flow, world -> Reconciler.conflicts(flow.planner().survey(world)));
              return new Jobs.Outcome(
                  conflicts.size() + " conflicts",
                  Optional.empty(),
                  Optional.of(new Found(conflicts)));
            });
    return back(flow, begun);
  }

  private static Response back(Flow flow, boolean begun) {
    return Asked.to(
        "/console/conflicts?flow="
            + flow.id()
            + "&"
            + (begun ? Notice.STARTED : Notice.BUSY).in(0));
  }

  private Response decide(Asked asked) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    var decisions = decisions(flow, asked.form());
    if (decisions.isEmpty()) throw new HttpFailure(400, "nothing was decided");
    var begun =
        jobs.start(
            deciding(flow),
            _ ->
                PlansPage.outcome(
                    parts.engine().cycle().propose(flow, world -> draft(flow, world, decisions))));
    return back(flow, begun);
  }

  /// Proposals of a kind are accepted, all of a kind are decided alike, or each by itself.
  private List<Decision> decisions(Flow flow, Form form) {
    var accepted = form.text("accept").map(ConflictsPage::kind);
    if (accepted.isPresent()) return accepting(flow, accepted.get());
    var all = form.text("all").flatMap(ConflictsPage::resolution);
    var kind = form.text("kind").map(ConflictsPage::kind);
    if (all.isEmpty() || kind.isEmpty()) return chosen(form);
    return found(flow).of(kind).stream()
        .filter(c -> c.possible().contains(all.get()))
        .map(c -> new Decision(c.id(), all))
        .toList();
  }

  private List<Decision> accepting(Flow flow, ConflictKind kind) {
    var confidence = flow.config().reconcile().confidence();
    return Settling.accepting(found(flow).conflicts(), java.util.Set.of(kind), confidence);
  }

  private static Plans.Draft draft(Flow flow, World world, List<Decision> decisions) {
    return new Plans.Draft(Settling.plan(flow.planner(), world, decisions), Optional.empty());
  }

  /// `decide:ID` for each conflict, with a resolution; empty: not decided.
  private static List<Decision> chosen(Form form) {
    var decisions = new ArrayList<Decision>();
    for (var name : form.names()) {
      if (!name.startsWith(DECISION)) continue;
      form.text(name)
          .flatMap(ConflictsPage::resolution)
          .ifPresent(
              r -> decisions.add(new Decision(name.substring(DECISION.length()), Optional.of(r))));
    }
    return decisions;
  }

  private static Optional<Resolution> resolution(String word) {
    return Arrays.stream(Resolution.values()).filter(r -> r.wire().equals(word)).findFirst();
  }

  private Response export(Asked asked) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    var sheet = ConflictSheet.write(found(flow).conflicts()).getBytes(StandardCharsets.UTF_8);
    return Pages.download(
        "conflicts-" + flow.id() + ".csv", "text/csv; charset=utf-8", out -> out.write(sheet));
  }
}
