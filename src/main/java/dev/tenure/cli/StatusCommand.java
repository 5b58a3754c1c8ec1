package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.deliver.StoredPlan;
import dev.tenure.flow.FlowStates.FlowState;
import dev.tenure.organization.Licences.PoolUse;
import dev.tenure.target.DeviationBook.Seen;
import dev.tenure.view.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Flows with their last cycle and their newest plans, the seats of organizations and targets, and
/// what is odd about targets.
public final class StatusCommand implements Command {
  private static final String WATCH = "--watch";
  private static final List<Column<PoolUse>> POOL =
      List.of(
          new Column<>("licence", PoolUse::sku),
          new Column<>("name", PoolUse::name),
          new Column<>("seats", PoolUse::seats),
          new Column<>("used", PoolUse::used),
          new Column<>("free", p -> p.seats() - p.used()),
          new Column<>("a month", StatusCommand::cost));

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String summary() {
    return "Shows flows with their last cycle and plans, and the seats where there are some.";
  }

  @Override
  public void declare(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder(WATCH)
            .paramLabel("SECONDS")
            .type(String.class)
            .arity("0..1")
            .fallbackValue("2")
            .description("Show it again and again, until Ctrl-C. Default: every 2 seconds.")
            .build());
  }

  @Override
  public int run(Call call) throws InterruptedException {
    if (call.optional(WATCH).isPresent()) {
      return new StatusWatch(call, interval(call)).run();
    }
    try (var workplace = call.open()) {
      var status = status(workplace);
      call.terminal().out().println(call.json() ? Faces.json(status.json()) : table(status));
      return 0;
    }
  }

  private static Duration interval(Call call) {
    int seconds = call.count(WATCH);
    if (seconds == 0) throw call.usage(WATCH + " is at least every second");
    return Duration.ofSeconds(seconds);
  }

  static String table(Status status) {
    return "flows under serve\n"
        + Faces.table(
            status.flows(),
            List.of(
                new Column<>("flow", FlowState::flow),
                new Column<>("last cycle", s -> time(s.endedAt())),
                new Column<>("outcome", StatusCommand::outcome),
                new Column<>("people", s -> s.counts().getOrDefault("read", 0L)),
                new Column<>("changes", s -> s.counts().getOrDefault("changes", 0L)),
                new Column<>("findings", s -> s.findings().size())))
        + "\nplans\n"
        + Faces.table(
            status.plans(),
            List.of(
                new Column<>("flow", StoredPlan::flow),
                new Column<>("plan", p -> p.number().value()),
                new Column<>("made", StoredPlan::madeAt),
                new Column<>("state", p -> p.state().wire()),
                new Column<>("changes", StoredPlan::size),
                new Column<>("findings", p -> p.findings().size())))
        + "\nseats\n"
        + Faces.table(status.seats(), seatColumns())
        + deviations(status.deviations());
  }

  /// Nothing where targets do what they should.
  private static String deviations(List<Seen> seen) {
    if (seen.isEmpty()) return "";
    return "\ntargets that do otherwise than RFC 7644\n"
        + Faces.table(
            seen,
            List.of(
                new Column<>("target", Seen::target),
                new Column<>("what", s -> s.deviation().consequence()),
                new Column<>("last seen", Seen::at),
                new Column<>("its answer", Seen::words)));
  }

  private static String time(Optional<Instant> at) {
    return at.map(Instant::toString).orElse("");
  }

  /// `done`, or the code of what failed.
  static String outcome(FlowState state) {
    return state.problem().map(p -> p.code().name()).orElse("done");
  }

  private static List<Column<Status.Seats>> seatColumns() {
    var columns = new ArrayList<Column<Status.Seats>>();
    columns.add(new Column<>("where", s -> s.home().name()));
    POOL.forEach(c -> columns.add(new Column<>(c.heading(), s -> c.value().apply(s.pool()))));
    return columns;
  }

  /// The pools with what is used, what is free, and what the used seats cost a month.
  public static String seatTable(List<PoolUse> pools) {
    return Faces.table(pools, POOL);
  }

  private static String cost(PoolUse pool) {
    return pool.price().multiply(BigDecimal.valueOf(pool.used())) + " " + pool.currency();
  }

  static Status status(Workplace place) {
    var books =
        new Status.Books(place.states(), place.plans(), place.organizations(), place.deviations());
    return Status.of(place.flows(), books, place.ledgers());
  }
}
