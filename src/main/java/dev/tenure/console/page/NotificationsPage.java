package dev.tenure.console.page;

import dev.tenure.access.Role;
import dev.tenure.console.Asked;
import dev.tenure.console.Gate;
import dev.tenure.console.Notice;
import dev.tenure.console.Pages;
import dev.tenure.console.Parts;
import dev.tenure.console.Trouble;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.job.Jobs;
import dev.tenure.notify.Kind;
import dev.tenure.notify.Message;
import dev.tenure.notify.Notifier;
import dev.tenure.notify.Outbox.Standing;
import dev.tenure.notify.Receiver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who is told what happens, whether they take it, and what they were told lately; to try one.
public final class NotificationsPage {
  private static final int SHOWN = 50;
  private static final Pages.Sort SORT =
      new Pages.Sort("Notifications", "notifications", "tenure notify");

  private final Parts parts;
  private final Pages pages;
  private final Jobs jobs;

  public NotificationsPage(Parts parts, Pages pages, Jobs jobs) {
    this.parts = parts;
    this.pages = pages;
    this.jobs = jobs;
  }

  public Routes routes(Gate gate) {
    return new Routes()
        .add("GET", "/console/notifications", gate.page(this::show))
        .add(
            "POST",
            "/console/notifications/{receiver}/test",
            gate.action(Role.OPERATOR, this::test));
  }

  /// What the page shows: `waiting` are the oldest messages that wait, `told` those that wait no
  /// more, the last first.
  public record View(
      List<Way> ways, List<Line> waiting, List<Line> told, Optional<String> next, Instant now) {
    /// How many messages wait in all.
    public long waits() {
      return ways.stream().mapToLong(Way::waiting).sum();
    }
  }

  /// A receiver. `to` is empty where the configuration has it no more; `trouble` is why it takes
  /// nothing, and what to do; `next` when it is tried again.
  public record Way(
      String name,
      String to,
      String kinds,
      long waiting,
      Optional<Standing> standing,
      Optional<Trouble.Line> trouble,
      Optional<Jobs.Job> testing) {
    public boolean isConfigured() {
      return !to.isEmpty();
    }

    public Optional<Instant> next() {
      return standing.filter(s -> s.waiting() > 0).flatMap(Standing::next);
    }

    public String path() {
      return "/console/notifications/" + Asked.segment(name) + "/test";
    }
  }

  /// A message for a receiver. `state` is waiting, taken or given up; `answer` the receiver's last
  /// one, `at` when that was; `next` when it is tried again.
  public record Line(
      String receiver,
      Message message,
      String state,
      Optional<Instant> at,
      String answer,
      Optional<Instant> next) {
    /// The page of the console that shows what it is about; empty where it names none.
    public String path() {
      var url = message.text("url");
      int begin = url.indexOf("/console");
      return begin < 0 ? "" : url.substring(begin);
    }
  }

  private Response show(Asked asked) {
    var notifier = parts.records().notifier();
    Map<String, Standing> standings = new HashMap<>();
    notifier.standings().forEach(s -> standings.put(s.receiver(), s));
    var found = notifier.told(asked.number("before").orElse(Long.MAX_VALUE), SHOWN + 1);
    boolean more = found.size() > SHOWN;
    var shown = more ? found.subList(0, SHOWN) : found;
    var view =
        new View(
            ways(notifier, standings),
            notifier.open(SHOWN).stream()
                .map(open -> waiting(open.receiver(), open.message(), standings))
                .toList(),
            shown.stream()
                .map(told ->
                    new Line(
                        told.receiver(),
                        told.message(),
                        told.taken() ? "taken" : "given up",
                        Optional.of(told.settledAt()),
                        told.answer(),
                        Optional.empty()))
                .toList(),
            more ? Optional.of("?before=" + shown.getLast().id()) : Optional.empty(),
            parts.engine().world().clock().instant());
    return pages.page(asked, SORT, "notifications.jte", view);
  }

  private static Line waiting(String receiver, Message message, Map<String, Standing> standings) {
    var standing = Optional.ofNullable(standings.get(receiver));
    return new Line(
        receiver,
        message,
        "waiting",
        Optional.empty(),
        standing.filter(s -> s.failures() > 0).map(Standing::answer).orElse(""),
        standing.flatMap(Standing::next));
  }

  /// Those of the configuration, then those that something still waits for.
  private List<Way> ways(Notifier notifier, Map<String, Standing> standings) {
    var rest = new HashMap<>(standings);
    var ways = new ArrayList<Way>();
    for (var receiver : notifier.receivers()) {
      ways.add(way(receiver, Optional.ofNullable(rest.remove(receiver.name()))));
    }
    rest.values().stream()
        .filter(s -> s.waiting() > 0)
        .map(NotificationsPage::former)
        .forEach(ways::add);
    return ways;
  }

  private Way way(Receiver receiver, Optional<Standing> standing) {
    return new Way(
        receiver.name(),
        receiver.way().shown(),
        wants(receiver),
        standing.map(Standing::waiting).orElse(0L),
        standing,
        standing
            .filter(s -> s.failures() > 0)
            .map(s -> Trouble.Line.of(Notifier.untaken(receiver, s.answer()))),
        jobs.of(Jobs.Key.telling(receiver.name())));
  }

  private static Way former(Standing standing) {
    return new Way(
        standing.receiver(),
        "",
        "",
        standing.waiting(),
        Optional.of(standing),
        Optional.empty(),
        Optional.empty());
  }

  private static String wants(Receiver receiver) {
    var kinds = Arrays.stream(Kind.values()).filter(receiver.kinds()::contains).map(Kind::wire);
    boolean all = receiver.kinds().size() == Kind.values().length;
    var what = all ? "everything" : String.join(", ", kinds.toList());
    if (receiver.flows().isEmpty()) return what;
    return what + ", of " + String.join(", ", receiver.flows().stream().sorted().toList());
  }

  /// Sends a message beside the page: a receiver may take its time.
  private Response test(Asked asked) {
    var name = asked.request().variable("receiver");
    var notifier = parts.records().notifier();
    if (notifier.receivers().stream().noneMatch(r -> r.name().equals(name))) {
      throw new HttpFailure(404, "there is no receiver '" + name + "'");
    }
    var begun =
        jobs.start(
            Jobs.Key.telling(name),
            _ -> Jobs.Outcome.of("It took the test: " + notifier.test(name) + "."));
    return Asked.to("/console/notifications?" + (begun ? Notice.STARTED : Notice.BUSY).in(0));
  }
}
