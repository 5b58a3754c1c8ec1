package dev.tenure.console.page;

import dev.tenure.access.Role;
import dev.tenure.audit.AuditEntry;
import dev.tenure.audit.AuditLog;
import dev.tenure.console.Asked;
import dev.tenure.console.Gate;
import dev.tenure.console.Notice;
import dev.tenure.console.Pages;
import dev.tenure.console.Parts;
import dev.tenure.console.Trouble;
import dev.tenure.console.Words;
import dev.tenure.deliver.PlannedChange;
import dev.tenure.flow.Explanation;
import dev.tenure.flow.Flow;
import dev.tenure.http.Query;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.id.OrganizationId;
import dev.tenure.id.PersonKey;
import dev.tenure.job.Jobs;
import dev.tenure.organization.Sessions;
import dev.tenure.plan.Change;
import dev.tenure.plan.Reasons;
import dev.tenure.policy.Standing;
import dev.tenure.problem.Problem;
import dev.tenure.store.PeopleStore;
import dev.tenure.store.TenantStore;
import dev.tenure.view.Called;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// One person: the way from the source to the target with the values at each station, and what
/// happened to them.
public final class PersonPage {
  private static final int EVENTS = 40;
  private static final int PAST = 10;
  private static final int ELSEWHERE = 10;

  private final Parts parts;
  private final Pages pages;
  private final Jobs jobs;
  private final PeopleStore people;
  private final TenantStore tenants;
  private final Previews previews;

  public PersonPage(Parts parts, Pages pages, Jobs jobs) {
    this.parts = parts;
    this.pages = pages;
    this.jobs = jobs;
    this.people = new PeopleStore(parts.database());
    this.tenants = new TenantStore(parts.database());
    this.previews = new Previews(parts);
  }

  public Routes routes(Gate gate) {
    return new Routes()
        .add("GET", "/console/people/{flow}/{person}", gate.page(this::show))
        .add(
            "POST", "/console/people/{flow}/{person}/plan", gate.action(Role.OPERATOR, this::plan));
  }

  /// What the page shows.
  public record View(
      Explanation explained,
      String name,
      PeoplePage.Said standing,
      ScopeView scope,
      List<Mapping> mappings,
      List<ChangeView> changes,
      Optional<AccountView> account,
      List<Elsewhere> elsewhere,
      List<Trouble.Line> findings,
      List<Event> events,
      Optional<Jobs.Job> planning,
      boolean excluded,
      boolean past,
      Instant now) {
    public String path() {
      return "/console/people/"
          + explained.flow()
          + "/"
          + Asked.segment(explained.person().value());
    }
  }

  /// What the rules say of the person as a whole.
  public record ScopeView(String words, List<Trouble.Line> problems) {}

  /// One attribute as the rules want it: the rule, and what it read.
  public record Mapping(String attribute, String value, String rule, String inputs) {}

  /// A change that was planned, and what became of it.
  public record ChangeView(
      long plan,
      Instant madeAt,
      String lane,
      String state,
      Optional<Instant> settledAt,
      Optional<String> reference,
      List<Change.Reason> reasons,
      List<Trouble.Line> problems) {}

  /// The account, where it is hosted here.
  public record AccountView(
      Optional<OrganizationId> organization,
      String id,
      Optional<TenantStore.WholeUser> user,
      List<Sessions.Session> sessions) {}

  /// The same person in another flow, with their account there, if they have one.
  public record Elsewhere(String flow, String person, Optional<AccountView> account) {
    public String path() {
      return "/console/people/" + flow + "/" + Asked.segment(person);
    }
  }

  /// Something that happened.
  public record Event(Instant at, String kind, String what, String who, Optional<String> path) {}

  private Response show(Asked asked) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    var now = parts.engine().world().clock().instant();
    var at = asked.time("at");
    var who = asked.request().variable("person");
    var explained = parts.engine().explainer().explain(flow, who, at.orElse(now));
    var account = explained.account().map(id -> account(flow, id.value()));
    var view =
        new View(
            explained,
            Called.name(explained.known().person(), explained.secrets()),
            PeoplePage.said(explained.decision().standing()),
            scope(explained),
            mappings(explained),
            explained.changes().stream().map(PersonPage::change).toList(),
            account,
            elsewhere(flow, explained.person(), now),
            Trouble.Line.all(explained.findings()),
            events(flow, explained),
            jobs.of(planning(flow, explained.person().value())),
            parts.engine().acts().excluder().of(flow, explained.person()).isPresent(),
            at.isPresent(),
            now);
    var title = view.name().isEmpty() ? explained.person().value() : view.name();
    var cli = "tenure explain " + flow.id() + " " + explained.person();
    return pages.page(asked, new Pages.Sort(title, "people", cli), "person.jte", view);
  }

  private static ScopeView scope(Explanation explained) {
    return switch (explained.decision().standing()) {
      case Standing.InScope(var desired) -> new ScopeView(desired.scope(), List.of());
      case Standing.Left(_, var event, var why, _) ->
          new ScopeView(why + " (" + Words.word(event) + ")", List.of());
      case Standing.Unclear(_, var problems) ->
          new ScopeView(
              "The rules give no complete answer; nothing of theirs is touched.",
              Trouble.Line.all(problems));
      case Standing.Protected(_, var why) -> new ScopeView(why, List.of());
    };
  }

  private static List<Mapping> mappings(Explanation explained) {
    if (!(explained.decision().standing() instanceof Standing.InScope(var desired))) {
      return List.of();
    }
    return Reasons.wanted(desired).stream()
        .map(reason ->
            new Mapping(
                Words.attribute(reason.attribute()),
                reason.after(),
                reason.because(),
                explained.inputs().getOrDefault(reason.attribute(), "")))
        .toList();
  }

  private static ChangeView change(PlannedChange planned) {
    var stored = planned.change();
    return new ChangeView(
        planned.plan().value(),
        planned.madeAt(),
        stored.change().lane().wire(),
        stored.state().wire(),
        stored.settledAt(),
        stored.reference(),
        stored.change().reasons(),
        stored.problem().map(Trouble.Line::of).stream().toList());
  }

  /// None where they cannot be told apart from others.
  private List<Elsewhere> elsewhere(Flow flow, PersonKey person, Instant now) {
    if (parts.engine().flows().size() == 1) return List.of();
    try {
      return previews.everywhere(flow, person).entrySet().stream()
          .filter(e -> !e.getKey().id().equals(flow.id()))
          .limit(ELSEWHERE)
          .map(e -> elsewhere(e.getKey(), e.getValue().value(), now))
          .toList();
    } catch (Problem.Found _) {
      return List.of();
    }
  }

  private Elsewhere elsewhere(Flow flow, String person, Instant now) {
    var explained = parts.engine().explainer().explain(flow, person, now);
    var account = explained.account().map(id -> account(flow, id.value()));
    return new Elsewhere(flow.id().value(), person, account);
  }

  private AccountView account(Flow flow, String id) {
    var organization = parts.engine().target(flow);
    var uuid = organization.flatMap(_ -> uuid(id));
    return new AccountView(
        organization,
        id,
        uuid.flatMap(u -> tenants.user(organization.orElseThrow(), u)),
        uuid.map(u -> parts.organizations().sessions().list(organization.orElseThrow(), u))
            .orElse(List.of()));
  }

  static Optional<UUID> uuid(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// What the source said before, what was planned and sent, what the organization did: newest
  /// first.
  private List<Event> events(Flow flow, Explanation explained) {
    var events = new ArrayList<Event>();
    var past = people.past(flow.id(), explained.person(), PAST);
    var later = explained.known().person();
    var since = explained.known().changedAt();
    for (var row : past) {
      events.add(source(since, Differences.of(row.person(), later, explained.secrets())));
      later = row.person();
      since = row.changedAt();
    }
    if (past.size() < PAST) events.add(source(since, "first seen in the source"));
    explained.known().goneAt().ifPresent(at -> events.add(source(at, "gone from the source")));
    logged("flow/" + flow.id(), explained.person().value()).forEach(events::add);
    var organization = parts.engine().target(flow);
    if (organization.isPresent() && explained.account().isPresent()) {
      logged("organization/" + organization.get(), explained.account().get().value())
          .forEach(events::add);
    }
    return events.stream()
        .sorted(Comparator.comparing(Event::at).reversed())
        .limit(EVENTS)
        .toList();
  }

  private static Event source(Instant at, String what) {
    return new Event(at, "source", what, "", Optional.empty());
  }

  private Stream<Event> logged(String log, String subject) {
    var search =
        new AuditLog.Search(
            log,
            Optional.of(subject),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            EVENTS);
    return parts.records().log().search(search).stream().map(PersonPage::event);
  }

  private static Event event(AuditEntry entry) {
    return new Event(
        entry.at(),
        entry.log().startsWith("flow/") ? "flow" : "organization",
        entry.action(),
        entry.actor(),
        Optional.of("/console/audit/story?id=" + Query.encoded(entry.correlation())));
  }

  private static Jobs.Key planning(Flow flow, String person) {
    return Jobs.Key.planning(flow.id(), person);
  }

  /// Reads both ends, and plans for this person alone.
  private Response plan(Asked asked) {
    var flow = parts.engine().flow(asked.request().variable("flow"));
    var person = asked.request().variable("person");
    var begun = jobs.start(planning(flow, person), _ -> planned(flow, person));
    var path = "/console/people/" + flow.id() + "/" + Asked.segment(person);
    return Asked.to(path + "?" + (begun ? Notice.STARTED : Notice.BUSY).in(0));
  }

  private Jobs.Outcome planned(Flow flow, String person) {
    return PlansPage.outcome(parts.engine().acts().persons().plan(flow, person));
  }
}
