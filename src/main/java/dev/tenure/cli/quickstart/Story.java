package dev.tenure.cli.quickstart;

import dev.tenure.cli.Faces;
import dev.tenure.cli.Faces.Column;
import dev.tenure.cli.PlanView;
import dev.tenure.cli.ProgressLine;
import dev.tenure.cli.StatusCommand;
import dev.tenure.cli.Terminal;
import dev.tenure.cli.Workplace;
import dev.tenure.flow.CycleReport;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Licences.PoolUse;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Tells what happens, for people; where the answer is JSON, beside it.
final class Story {
  private static final OrganizationId ORGANIZATION = new OrganizationId("contact-centre");
  private static final int SHOWN = 3;
  private final Terminal terminal;
  private final PrintStream out;

  Story(Terminal terminal, boolean aside) {
    this.terminal = terminal;
    this.out = aside ? terminal.err() : terminal.out();
  }

  void title(String text) {
    out.println(text);
    out.println();
  }

  void chapter(String text) {
    out.println();
    out.println("== " + text);
  }

  void say(String text) {
    text.lines().forEach(line -> out.println("  " + line));
  }

  /// Something stands now.
  void ready(String what, String where) {
    out.println("  %-14s %s".formatted(what, where));
  }

  void plan(CycleReport report) {
    var title = report.number().map(n -> "plan " + n).orElse("plan");
    var whole = report.number().map(n -> "tenure show " + report.flow() + " " + n).orElse("");
    say(PlanView.text(report.plan(), title, new PlanView.Most(SHOWN, whole)));
    say(
        "read %d people, %d of them in scope"
            .formatted(report.counts().read(), report.counts().inScope()));
  }

  ProgressLine progress(String task) {
    return new ProgressLine(terminal, task, System::nanoTime);
  }

  void seats(Workplace workplace) {
    out.println();
    say(StatusCommand.seatTable(workplace.organizations().licences().occupancy(ORGANIZATION)));
  }

  /// The seats after the second day, and how many more are free than before it.
  void freed(List<PoolUse> before, Workplace workplace) {
    var usedBefore = before.stream().collect(Collectors.toMap(PoolUse::sku, PoolUse::used));
    out.println();
    say(
        Faces.table(
            workplace.organizations().licences().occupancy(ORGANIZATION),
            List.of(
                new Column<>("licence", PoolUse::sku),
                new Column<>("seats", PoolUse::seats),
                new Column<>("used", PoolUse::used),
                new Column<>("free", p -> p.seats() - p.used()),
                new Column<>("since day 1", p -> change(p, usedBefore)))));
  }

  private static String change(PoolUse pool, Map<String, Long> usedBefore) {
    long change = usedBefore.getOrDefault(pool.sku(), 0L) - pool.used();
    return change == 0 ? "" : "%+d free".formatted(change);
  }

  /// The file's own people get an account and no more, for no table knows their titles.
  void rights() {
    out.println();
    say("Nobody has a title, division or role yet: give the tables of the configuration your own");
    say("departments and titles, and take the # from the last lines of its map. A server that");
    say("runs does the rest at once; after Ctrl-C, or with --exit, plan and apply do.");
  }

  void whereToLook(Path data, URI base) {
    var option = " --data " + data;
    chapter("Where to look");
    say("./tenure status" + option);
    say("./tenure plan people" + option);
    say("./tenure audit flow/people --count 20" + option);
    say("./tenure audit organization/contact-centre --action user.deactivated" + option);
    say(
        "curl -H \"Authorization: Bearer $(cat %s)\" %s/workplace/scim/v2/Users"
            .formatted(data.resolve("secrets").resolve("workplace-token"), base));
    say(data.resolve("tenure.yaml") + " is your starting point: every line is explained there");
    out.println();
  }
}
