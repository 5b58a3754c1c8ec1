package dev.tenure.cli.bench;

import dev.tenure.cli.Call;
import dev.tenure.cli.Command;
import dev.tenure.cli.Commands;
import dev.tenure.cli.Faces;
import dev.tenure.cli.Faces.Column;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.JsonNodeFactory;

/// Prints measured times as a table.
public final class BenchCommand implements Command {
  private static final String WHAT = "WHAT";
  private static final String WHATS = "scim, flow, cycle, deliver, map or start";
  private static final String FOLDER = "--folder";
  private static final int SIZE = 1_000;
  private static final int RUNS = 5;
  private static final int CYCLE_SIZE = 100_000;
  private static final int DELIVER_SIZE = 10_000;
  private static final String SIZES =
      "People. Default: " + SIZE + ", deliver " + DELIVER_SIZE + ", cycle " + CYCLE_SIZE;
  private static final int SECONDS = 3;

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String summary() {
    return "Measures Tenure on this machine: scim (an organization under load),"
        + " flow (plan, create), cycle (turns of a served flow), deliver (leavers, limits,"
        + " long queues), map (rules for one person)"
        + " or start (commands, server).";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.parameter(spec, WHAT, WHATS + ".");
    Commands.option(spec, "--size", "N", SIZES);
    Commands.option(spec, FOLDER, "FOLDER", "For cycle: a file of people, prepared there if new.");
    Commands.option(spec, "--runs", "N", "Runs of each case. Default: " + RUNS);
    Commands.option(spec, "--seconds", "N", "Length of a run, for scim. Default: " + SECONDS);
    Commands.option(
        spec,
        "--only",
        "TEXT",
        "For scim: only the cases with this, or one of several with commas between them, in their"
            + " names; for deliver: paced, eta, bulk, free, leaver or million.");
    Commands.flag(spec, "--million", "For scim: with a million users, too.");
  }

  @Override
  public int run(Call call) throws Exception {
    int runs = Math.max(1, number(call, "--runs", RUNS));
    if (call.text(WHAT).equals("scim")) return scim(call, runs);
    if (call.text(WHAT).equals("cycle")) return cycle(call, runs);
    if (call.text(WHAT).equals("deliver")) return deliver(call, runs);
    if (call.text(WHAT).equals("map"))
      return show(call, MapBench.measure(call.installation(), runs));
    var cases =
        switch (call.text(WHAT)) {
          case "flow" -> new FlowBench(call.installation()).measure(size(call, SIZE), runs);
          case "start" -> StartBench.measure(runs);
          default -> throw call.usage("WHAT is " + WHATS);
        };
    call.terminal().out().println(call.json() ? json(cases) : table(cases));
    return 0;
  }

  private static int scim(Call call, int runs) throws Exception {
    var time = Duration.ofSeconds(number(call, "--seconds", SECONDS));
    var bench = new ScimBench(call.installation(), time, runs);
    var only = call.optional("--only");
    var figures = only.isPresent() ? bench.only(only.get()) : bench.measure(call.flag("--million"));
    return show(call, figures);
  }

  /// A folder is prepared by one process and measured by the next, which may have less memory.
  private static int cycle(Call call, int runs) throws Exception {
    var bench = new CycleBench(call.installation(), size(call, CYCLE_SIZE), runs);
    var folder = call.optional(FOLDER).map(Path::of);
    if (folder.isEmpty()) return show(call, bench.directory());
    if (Files.exists(folder.get())) return show(call, bench.hundredth(folder.get()));
    bench.prepare(Files.createDirectories(folder.get()));
    call.terminal().out().println("Prepared. The same command measures.");
    return 0;
  }

  private static int deliver(Call call, int runs) throws Exception {
    var only = call.optional("--only").orElse("");
    var bench = new DeliverBench(call.installation(), size(call, DELIVER_SIZE), runs);
    return show(call, bench.measure(only));
  }

  private static int show(Call call, List<Figure> figures) {
    call.terminal().out().println(call.json() ? figuresJson(figures) : figuresTable(figures));
    return 0;
  }

  private static String figuresTable(List<Figure> figures) {
    return Faces.table(
        figures,
        List.of(
            new Column<>("case", Figure::name),
            new Column<>("median", Figure::value),
            new Column<>("must be", Figure::limit),
            new Column<>("is", Figure::met)));
  }

  private static String figuresJson(List<Figure> figures) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var figure : figures) {
      var node = array.addObject().put("case", figure.name()).put("median", figure.value());
      node.put("limit", figure.limit()).put("met", figure.met());
    }
    return Faces.json(array);
  }

  private static int size(Call call, int otherwise) {
    int size = number(call, "--size", otherwise);
    if (size < 20) throw call.usage("--size is at least 20");
    return size;
  }

  private static int number(Call call, String option, int otherwise) {
    return call.optional(option).isPresent() ? call.count(option) : otherwise;
  }

  private static String table(List<Measured> cases) {
    return Faces.table(
        cases,
        List.of(
            new Column<>("case", Measured::name),
            new Column<>("runs", m -> m.seconds().size()),
            new Column<>("minimum", m -> seconds(m.minimum())),
            new Column<>("median", m -> seconds(m.median())),
            new Column<>("maximum", m -> seconds(m.maximum())),
            new Column<>("at most", m -> m.atMost() == 0 ? "" : seconds(m.atMost()))));
  }

  private static String seconds(double seconds) {
    return "%.2f s".formatted(seconds);
  }

  private static String json(List<Measured> cases) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var measured : cases) {
      var node = array.addObject().put("case", measured.name());
      node.put("median", measured.median()).put("atMost", measured.atMost());
      var seconds = node.putArray("seconds");
      measured.seconds().forEach(seconds::add);
    }
    return Faces.json(array);
  }
}
