package dev.tenure.console.page;

import dev.tenure.access.Access;
import dev.tenure.access.Role;
import dev.tenure.audit.AuditEntry;
import dev.tenure.audit.AuditLog.Search;
import dev.tenure.audit.Verdict;
import dev.tenure.console.Asked;
import dev.tenure.console.Gate;
import dev.tenure.console.Notice;
import dev.tenure.console.Pages;
import dev.tenure.console.Parts;
import dev.tenure.console.Words;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Query;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.job.Jobs;
import dev.tenure.store.TrailStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was done, by whom and why: search, one request's whole story, whether the log is what was
/// written, and the log as a file.
public final class AuditPage {
  private static final int SHOWN = 50;
  private static final int STORY = 500;
  private static final int FILE = 10_000;
  private static final List<String> SYSTEM = List.of("system/targets", "system/notify");

  private final Parts parts;
  private final Pages pages;
  private final Jobs jobs;
  private final TrailStore trail;

  public AuditPage(Parts parts, Pages pages, Jobs jobs) {
    this.parts = parts;
    this.pages = pages;
    this.jobs = jobs;
    this.trail = new TrailStore(parts.database());
  }

  public Routes routes(Gate gate) {
    return new Routes()
        .add("GET", "/console/audit", gate.page(this::show))
        .add("GET", "/console/audit/story", gate.page(this::story))
        .add("GET", "/console/audit/export", gate.page(this::export))
        .add("POST", "/console/audit/verify", gate.action(Role.OPERATOR, this::verify));
  }

  /// What the page shows.
  public record View(
      List<String> logs,
      Filters filters,
      List<Line> lines,
      Optional<String> next,
      Optional<TrailStore.Sealed> sealed,
      Optional<Jobs.Job> verifying,
      Instant now) {}

  /// What is searched for.
  public record Filters(
      String log, String person, String actor, String action, String from, String to) {
    public String query() {
      return "?log="
          + Query.encoded(log)
          + part("person", person)
          + part("actor", actor)
          + part("action", action)
          + part("from", from)
          + part("to", to);
    }

    private static String part(String name, String value) {
      return value.isEmpty() ? "" : "&" + name + "=" + Query.encoded(value);
    }
  }

  /// An entry; `detail` in a line.
  public record Line(AuditEntry entry, String detail) {
    static Line of(AuditEntry entry) {
      return new Line(entry, AuditWords.of(entry.detail()));
    }

    public String story() {
      return "/console/audit/story?id=" + Query.encoded(entry.correlation());
    }
  }

  /// What happened on behalf of one request, plan or command, the oldest first.
  public record Story(String id, List<Line> lines, Optional<Duration> took) {}

  private Response show(Asked asked) {
    var logs = logs();
    var filters = filters(asked, logs);
    var now = parts.engine().world().clock().instant();
    var before =
        new TrailStore.Before(before(asked, now), asked.number("id").orElse(Long.MAX_VALUE));
    var found = trail.page(search(asked, filters), before);
    boolean more = found.size() > SHOWN;
    var shown = more ? found.subList(0, SHOWN) : found;
    var view =
        new View(
            logs,
            filters,
            shown.stream().map(Line::of).toList(),
            more ? Optional.of(next(filters, shown.getLast())) : Optional.empty(),
            trail.sealed(filters.log()),
            jobs.of(verifying(filters.log())),
            now);
    var sort = new Pages.Sort("Audit", "audit", cli(filters));
    return pages.page(asked, sort, "audit.jte", view);
  }

  private static String cli(Filters filters) {
    return "tenure audit "
        + filters.log()
        + (filters.person().isEmpty() ? "" : " --person " + filters.person())
        + (filters.actor().isEmpty() ? "" : " --actor " + filters.actor())
        + (filters.action().isEmpty() ? "" : " --action " + filters.action());
  }

  /// The next page begins where this one ended; the first one now, or at the end that was chosen.
  private static Instant before(Asked asked, Instant now) {
    return asked.time("before").or(() -> asked.time("to")).orElse(now.plusSeconds(60));
  }

  private static String next(Filters filters, AuditEntry last) {
    return filters.query() + "&before=" + Query.encoded(last.at().toString()) + "&id=" + last.id();
  }

  private List<String> logs() {
    var logs = new ArrayList<String>();
    parts.engine().flows().forEach(f -> logs.add("flow/" + f.id()));
    parts.organizations().all().forEach(o -> logs.add("organization/" + o));
    logs.add(Access.LOG);
    logs.addAll(SYSTEM);
    return logs;
  }

  private static Filters filters(Asked asked, List<String> logs) {
    var log = asked.text("log").orElse(logs.getFirst());
    if (!logs.contains(log)) throw new HttpFailure(404, "there is no log '" + log + "'");
    return new Filters(
        log,
        asked.text("person").orElse(""),
        asked.text("actor").orElse(""),
        asked.text("action").orElse(""),
        asked.text("from").orElse(""),
        asked.text("to").orElse(""));
  }

  private static Search search(Asked asked, Filters filters) {
    return new Search(
        filters.log(),
        asked.text("person"),
        asked.text("actor"),
        asked.text("action"),
        Optional.empty(),
        asked.time("from"),
        Optional.empty(),
        SHOWN + 1);
  }

  private Response story(Asked asked) {
    var id = asked.text("id").orElseThrow(() -> new HttpFailure(400, "which one?"));
    var search =
        new Search(
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(id),
            Optional.empty(),
            Optional.empty(),
            STORY);
    var lines = parts.records().log().search(search).reversed().stream().map(Line::of).toList();
    Optional<Duration> took =
        lines.isEmpty()
            ? Optional.empty()
            : Optional.of(
                Duration.between(lines.getFirst().entry().at(), lines.getLast().entry().at()));
    var sort = new Pages.Sort("One story", "audit", "tenure audit LOG --correlation " + id);
    return pages.page(asked, sort, "story.jte", new Story(id, lines, took));
  }

  private static Jobs.Key verifying(String log) {
    return Jobs.Key.verifying(log);
  }

  private Response verify(Asked asked) {
    var log = asked.form().text("log").filter(logs()::contains).orElse(Access.LOG);
    var begun =
        jobs.start(
            verifying(log),
            _ -> Jobs.Outcome.of(words(parts.records().chain().verify(log, Optional.empty()))));
    return Asked.to(
        "/console/audit?log="
            + Query.encoded(log)
            + "&"
            + (begun ? Notice.STARTED : Notice.BUSY).in(0));
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Intact(_, var rows, var erased, var asOf) ->
          "Intact: "
              + Words.many(rows, "row")
              + " as they were written"
              + (erased == 0 ? "" : ", the details of " + erased + " erased")
              + "; signed "
              + Words.time(asOf);
      case Verdict.Broken(_, var row, var what) -> "BROKEN at row " + row + ": " + what;
    };
  }

  private Response export(Asked asked) {
    var filters = filters(asked, logs());
    var search = search(asked, filters);
    var all =
        new Search(
            search.log(),
            search.person(),
            search.actor(),
            search.action(),
            Optional.empty(),
            search.from(),
            asked.time("to"),
            FILE);
    var entries = parts.records().log().search(all);
    var name = "audit-" + filters.log().replace('/', '-');
    return asked.text("as").filter("csv"::equals).isPresent()
        ? Pages.download(name + ".csv", "text/csv; charset=utf-8", AuditFile.csv(entries))
        : Pages.download(name + ".jsonl", "application/x-ndjson", AuditFile.lines(entries));
  }
}
