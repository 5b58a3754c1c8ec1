package dev.tenure.console.page;

import dev.tenure.access.Role;
import dev.tenure.console.Asked;
import dev.tenure.console.Gate;
import dev.tenure.console.Notice;
import dev.tenure.console.Pages;
import dev.tenure.console.Parts;
import dev.tenure.console.page.Act.Wish;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.flow.Evictor.Evicted;
import dev.tenure.flow.Excluder;
import dev.tenure.flow.Exclusions.Exclusion;
import dev.tenure.flow.Flow;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.id.PersonKey;
import dev.tenure.job.Jobs;
import dev.tenure.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Evict, exclude and lift: each shows first what would be sent, from a fresh read of both ends,
/// and does it only when that was seen and confirmed.
public final class ActPage {
  private final Parts parts;
  private final Pages pages;
  private final Jobs jobs;
  private final Previews previews;

  public ActPage(Parts parts, Pages pages, Jobs jobs) {
    this.parts = parts;
    this.pages = pages;
    this.jobs = jobs;
    this.previews = new Previews(parts);
  }

  public Routes routes(Gate gate) {
    var routes = new Routes();
    for (var act : Act.values()) {
      var path = "/console/people/{flow}/{person}/" + act.wire();
      routes
          .add("GET", path, gate.page(asked -> show(asked, act)))
          .add("POST", path + "/preview", gate.action(Role.OPERATOR, asked -> preview(asked, act)))
          .add("POST", path, gate.action(Role.OPERATOR, asked -> act(asked, act)));
    }
    return routes;
  }

  /// What the page shows. `looking`: the reads for the preview, until it was made use of;
  /// `preview`: what came of them, as long as it was not done; `evicting`: the eviction that runs,
  /// or that was last; `command`: the command that does the same as the button.
  public record View(
      Act act,
      String path,
      String person,
      int reasonMax,
      Optional<Exclusion> excluded,
      Optional<Jobs.Job> looking,
      Optional<Preview> preview,
      Optional<Jobs.Job> evicting,
      List<Lockout> lockouts,
      String command) {}

  /// What would happen: `id` says which preview was seen.
  public record Preview(String id, Wish wish, Instant at, List<Previews.InFlow> flows) {}

  /// How an eviction went in one flow. `took`: since it was confirmed.
  public record Lockout(
      String flow, boolean out, String words, Duration took, Optional<PlanNumber> plan) {}

  /// Whom the page is about.
  private record About(Flow flow, PersonKey person, Act act) {
    String path() {
      var one = Asked.segment(person.value());
      return "/console/people/" + flow.id() + "/" + one + "/" + act.wire();
    }

    /// Each operator has a preview of their own.
    Jobs.Key looking(Asked asked) {
      return new Jobs.Key("preview-" + act.wire(), what() + "/" + asked.actor());
    }

    Jobs.Key evicting() {
      return new Jobs.Key("evict", what());
    }

    private String what() {
      return flow.id() + "/" + person;
    }
  }

  private About about(Asked asked, Act act) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    var who = asked.request().variable("person");
    return new About(flow, parts.engine().explainer().key(flow, who), act);
  }

  private Response show(Asked asked, Act act) {
    if (!asked.may(Role.OPERATOR)) throw new HttpFailure(403, "this needs the role operator");
    var about = about(asked, act);
    var looking = jobs.of(about.looking(asked));
    var evicting = act == Act.EVICT ? jobs.of(about.evicting()) : Optional.<Jobs.Job>empty();
    var preview =
        looking
            .flatMap(ActPage::preview)
            .filter(p -> evicting.filter(e -> e.begun().isAfter(p.at())).isEmpty());
    var flow = about.flow().id().value();
    var person = about.person().value();
    var wish = preview.map(Preview::wish).orElse(Wish.NONE);
    var view =
        new View(
            act,
            about.path(),
            person,
            Excluder.REASON_MAX,
            parts.engine().acts().excluder().of(about.flow(), about.person()),
            looking.filter(job -> job.outcome().isEmpty() || preview.isPresent()),
            preview,
            evicting,
            evicting.map(ActPage::lockouts).orElse(List.of()),
            act.cli(flow, person, wish));
    var sort = new Pages.Sort(act.title() + " " + person, "people", view.command());
    return pages.page(asked, sort, "act.jte", view);
  }

  private static Optional<Preview> preview(Jobs.Job job) {
    return job.outcome()
        .flatMap(Jobs.Outcome::result)
        .filter(Preview.class::isInstance)
        .map(Preview.class::cast);
  }

  private static List<Lockout> lockouts(Jobs.Job job) {
    return job.outcome().flatMap(Jobs.Outcome::result).stream()
        .flatMap(r -> r instanceof List<?> list ? list.stream() : Stream.empty())
        .filter(Lockout.class::isInstance)
        .map(Lockout.class::cast)
        .toList();
  }

  /// What cannot be is said before anything is read.
  private Response preview(Asked asked, Act act) {
    var about = about(asked, act);
    var wish =
        new Wish(
            asked.form().text("reason").orElse("").replace('\0', ' '), asked.form().text("until"));
    refuse(about, wish);
    var actor = asked.actor();
    var id = asked.request().head().correlation();
    var at = parts.engine().world().clock().instant();
    var begun =
        jobs.start(
            about.looking(asked),
            _ -> {
              var flows = previews.of(about.flow(), about.person(), act, new Wished(wish, actor));
              var preview = new Preview(id, wish, at, flows);
              return new Jobs.Outcome(
                  "Both ends were read; nothing is sent.", Optional.empty(), Optional.of(preview));
            });
    return Asked.to(about.path() + (begun ? "" : "?" + Notice.BUSY.in(0)));
  }

  /// What is wished, and by whom.
  record Wished(Wish wish, String actor) {}

  private void refuse(About about, Wish wish) {
    var excluder = parts.engine().acts().excluder();
    switch (about.act()) {
      case EXCLUDE -> {
        excluder.term(wish.reason(), wish.until());
        excluder.refuseProtected(about.flow(), about.person());
      }
      case EVICT -> {
        if (wish.reason().length() > Excluder.REASON_MAX) {
          throw new HttpFailure(400, "a reason has at most " + Excluder.REASON_MAX + " characters");
        }
      }
      case LIFT -> {
        if (excluder.of(about.flow(), about.person()).isEmpty()) {
          throw new HttpFailure(400, "the person is not excluded by hand");
        }
      }
    }
  }

  /// Does what this operator has seen.
  private Response act(Asked asked, Act act) {
    var about = about(asked, act);
    var seen =
        jobs.of(about.looking(asked))
            .flatMap(ActPage::preview)
            .filter(p -> asked.form().text("preview").filter(p.id()::equals).isPresent())
            .orElseThrow(() -> new HttpFailure(400, "look first at what would happen"));
    var excluder = parts.engine().acts().excluder();
    var person = about.path().substring(0, about.path().lastIndexOf('/'));
    return switch (act) {
      case EXCLUDE -> {
        var term = excluder.term(seen.wish().reason(), seen.wish().until());
        excluder.exclude(about.flow(), about.person(), term);
        yield Asked.to(person + "?" + Notice.EXCLUDED.in(0));
      }
      case LIFT -> {
        excluder.lift(about.flow(), about.person());
        yield Asked.to(person + "?" + Notice.LIFTED.in(0));
      }
      case EVICT -> evict(about, seen.wish().reason());
    };
  }

  private Response evict(About about, String reason) {
    var people = previews.everywhere(about.flow(), about.person());
    var begun =
        jobs.start(
            about.evicting(),
            _ -> {
              var all = parts.engine().acts().evictor().evict(people, reason);
              boolean out = all.stream().allMatch(Evicted::isOut);
              return new Jobs.Outcome(
                  out ? "They are locked out everywhere." : "They are NOT locked out everywhere.",
                  Optional.empty(),
                  Optional.of(all.stream().map(ActPage::lockout).toList()));
            });
    return Asked.to(about.path() + "?" + (begun ? Notice.STARTED : Notice.BUSY).in(0));
  }

  private static Lockout lockout(Evicted evicted) {
    var report = evicted.report();
    var problem = evicted.problem().or(() -> report.flatMap(r -> r.problems().stream().findAny()));
    var words =
        evicted.isOut()
            ? report.isPresent() ? "out" : "was out already"
            : "inside: " + problem.map(Problem::message).orElse("it waits; is the flow paused?");
    return new Lockout(
        evicted.flow().id().value(),
        evicted.isOut(),
        words,
        evicted.took(),
        report.map(r -> r.plan().number()));
  }
}
