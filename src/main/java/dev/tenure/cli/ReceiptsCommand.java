package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.deliver.ReadBack;
import dev.tenure.deliver.Receipt;
import dev.tenure.deliver.Step;
import dev.tenure.view.ReceiptJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/// Lists leavers: who is still inside, and how and when the others were locked out.
final class ReceiptsCommand implements Command {
  private static final String LIMIT = "--limit";
  private static final String PLAN = "--plan";
  private static final String LATE = "--late";
  private static final int USUAL = 100;

  @Override
  public String name() {
    return "receipts";
  }

  @Override
  public String summary() {
    return "Lists a flow's leavers: who is still inside, and when the others were locked out.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.option(spec, LIMIT, "N", "At most so many; 100 where nothing is said.");
    Commands.option(spec, PLAN, "N", "Only of this plan.");
    Commands.option(spec, LATE, "SECONDS", "End with 1 if somebody is inside longer than that.");
  }

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      var limit = call.optional(LIMIT).isPresent() ? call.count(LIMIT) : USUAL;
      var receipts =
          call.optional(PLAN).isPresent()
              ? workplace
                  .plans()
                  .receipts(flow.id(), ApplyCommand.number(call.count(PLAN), call), limit)
              : workplace.plans().receipts(flow.id(), limit);
      call.terminal()
          .out()
          .print(call.json() ? Faces.json(ReceiptJson.of(receipts)) + "\n" : table(receipts));
      return call.optional(LATE).isPresent() && isLate(call, receipts) ? 1 : 0;
    }
  }

  private static boolean isLate(Call call, List<Receipt> receipts) {
    var longest = Duration.ofSeconds(call.count(LATE));
    return receipts.stream().anyMatch(r -> !r.isDone() && r.took().compareTo(longest) > 0);
  }

  private static String table(List<Receipt> receipts) {
    if (receipts.isEmpty()) return "nobody has left yet\n";
    var lines = receipts.stream().flatMap(ReceiptsCommand::lines).toList();
    return Faces.table(
        lines,
        List.of(
            new Column<>("account", Line::account),
            new Column<>("state", Line::state),
            new Column<>("planned", Line::planned),
            new Column<>("seconds", Line::seconds),
            new Column<>("taken", Line::taken),
            new Column<>("plan", Line::plan)));
  }

  /// A leaver, or below them one of their steps, with the seconds since it was planned.
  private record Line(
      String account, String state, String planned, String seconds, String taken, String plan) {}

  private static Stream<Line> lines(Receipt receipt) {
    var whole =
        new Line(
            receipt.name(),
            words(receipt),
            receipt.plannedAt().toString(),
            Faces.seconds(receipt.took()),
            String.join(", ", receipt.taken()),
            receipt.plan().toString());
    return Stream.concat(Stream.of(whole), receipt.steps().stream().map(s -> line(receipt, s)));
  }

  private static Line line(Receipt receipt, Step step) {
    var after = receipt.after(step).map(time -> "+" + Faces.seconds(time)).orElse("");
    return new Line("  " + step.what(), step.seen(), "", after, "", "");
  }

  private static String words(Receipt receipt) {
    return switch (receipt.state()) {
      case DONE ->
          receipt.readBack().equals(Optional.of(ReadBack.CONFIRMED))
              ? "out, read back"
              : "out, as the target says";
      case HELD -> "INSIDE: held, approve or dismiss it";
      case REFUSED, DEAD -> "INSIDE: given up, see 'tenure failed'";
      case WAITING, LEASED, STALE, SUPERSEDED -> "INSIDE: under way";
    };
  }
}
