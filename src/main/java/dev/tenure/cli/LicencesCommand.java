package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.id.OrganizationId;
import dev.tenure.licence.Ledger;
import dev.tenure.licence.Ledger.Line;
import dev.tenure.licence.Reclaimable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Shows what licences are used, needed soon and could be had back.
final class LicencesCommand implements Command {
  private static final String ORGANIZATION = "ORGANIZATION";
  private static final String RECLAIMABLE = "--reclaimable";

  @Override
  public String name() {
    return "licences";
  }

  @Override
  public String summary() {
    return "Shows licences: used, reserved, free, reclaimable, what they cost, when a pool runs dry.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.optionalParameter(spec, ORGANIZATION, "Only the licences of this organization.");
    Commands.flag(spec, RECLAIMABLE, "List the accounts whose seats could be had back, and why.");
  }

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var ledgers = ledgers(call, workplace);
      var out = call.terminal().out();
      if (call.flag(RECLAIMABLE)) {
        var seats = seats(workplace, ledgers);
        out.print(call.json() ? Faces.json(seatsJson(seats)) + "\n" : seatsTable(seats));
      } else {
        out.print(call.json() ? Faces.json(json(ledgers)) + "\n" : table(ledgers));
      }
      return 0;
    }
  }

  private static List<Ledger> ledgers(Call call, Workplace workplace) {
    var named = call.optional(ORGANIZATION);
    if (named.isEmpty()) return workplace.ledgers().all();
    var organization = call.parsed(ORGANIZATION, OrganizationId::new);
    workplace.organizations().administration().show(organization);
    return List.of(workplace.ledgers().of(organization));
  }

  private record Row(Ledger ledger, Line line) {}

  private static String table(List<Ledger> ledgers) {
    var rows =
        ledgers.stream().flatMap(l -> l.lines().stream().map(line -> new Row(l, line))).toList();
    if (rows.isEmpty()) {
      return "no licence pools; 'tenure org licence ORGANIZATION SKU --seats N' makes one\n";
    }
    var table =
        Faces.table(
            rows,
            List.of(
                new Column<>("organization", r -> r.ledger().organization()),
                new Column<>("licence", r -> r.line().pool().sku()),
                new Column<>("seats", r -> r.line().pool().seats()),
                new Column<>("assigned", r -> r.line().pool().used()),
                new Column<>("reserved", r -> r.line().reserved()),
                new Column<>("free", r -> r.line().free()),
                new Column<>("reclaimable", r -> r.line().reclaimable()),
                new Column<>("a month", r -> r.line().money(r.line().pool().used())),
                new Column<>("runs dry", r -> dry(r.line()))));
    return table + next(rows);
  }

  private static String dry(Line line) {
    var forecast = line.forecast();
    return forecast.dry().map(day -> day + ": " + forecast.words()).orElse(forecast.words());
  }

  private static String next(List<Row> rows) {
    boolean some = rows.stream().anyMatch(r -> r.line().reclaimable() > 0);
    return some ? "next: tenure licences --reclaimable\n" : "";
  }

  private static ObjectNode json(List<Ledger> ledgers) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("licences");
    ledgers.forEach(ledger -> ledger.lines().forEach(line -> put(list, ledger, line)));
    return answer;
  }

  private static void put(ArrayNode list, Ledger ledger, Line line) {
    var pool = line.pool();
    var node = list.addObject().put("organization", ledger.organization().value());
    node.put("licence", pool.sku()).put("name", pool.name());
    node.put("seats", pool.seats()).put("assigned", pool.used());
    node.put("reserved", line.reserved()).put("free", line.free());
    node.put("reclaimable", line.reclaimable());
    node.put("price", pool.price()).put("currency", pool.currency());
    node.put("moneyPerMonth", pool.price().multiply(BigDecimal.valueOf(pool.used())));
    node.put("reclaimablePerMonth", pool.price().multiply(BigDecimal.valueOf(line.reclaimable())));
    var roles = node.putArray("roles");
    line.roles().stream().sorted().forEach(roles::add);
    var flows = node.putArray("flows");
    ledger.flows().forEach(flow -> flows.add(flow.value()));
    var forecast = node.putObject("forecast");
    line.forecast().dry().ifPresent(day -> forecast.put("dry", day.toString()));
    forecast.put("joining", line.forecast().joining()).put("leaving", line.forecast().leaving());
    line.forecast()
        .trend()
        .ifPresent(t -> forecast.put("seatsPerDay", t.seatsPerDay()).put("days", t.days()));
    forecast.put("words", line.forecast().words());
  }

  /// One account with seats that could be had back, and what they cost a month, by currency.
  private record Seat(
      OrganizationId organization, Reclaimable found, Map<String, BigDecimal> money) {
    String words() {
      var all = money.entrySet().stream().map(e -> e.getValue().toPlainString() + " " + e.getKey());
      return String.join(" + ", all.toList());
    }
  }

  private static List<Seat> seats(Workplace workplace, List<Ledger> ledgers) {
    var seats = new ArrayList<Seat>();
    for (var ledger : ledgers) {
      for (var found : workplace.ledgers().reclaimable(ledger.organization())) {
        var money = new TreeMap<String, BigDecimal>();
        ledger.lines().stream()
            .map(Line::pool)
            .filter(p -> found.skus().contains(p.sku()))
            .forEach(p -> money.merge(p.currency(), p.price(), BigDecimal::add));
        seats.add(new Seat(ledger.organization(), found, money));
      }
    }
    return seats;
  }

  private static String seatsTable(List<Seat> seats) {
    if (seats.isEmpty()) return "no seat was found that could be had back\n";
    return Faces.table(
        seats,
        List.of(
            new Column<>("organization", Seat::organization),
            new Column<>("account", s -> s.found().name()),
            new Column<>("licences", s -> sorted(s.found())),
            new Column<>("evidence", s -> s.found().evidence().wire()),
            new Column<>("because", s -> s.found().because()),
            new Column<>("a month", Seat::words)));
  }

  private static String sorted(Reclaimable found) {
    return String.join(", ", found.skus().stream().sorted().toList());
  }

  private static ObjectNode seatsJson(List<Seat> seats) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("reclaimable");
    for (var seat : seats) {
      var found = seat.found();
      var node = list.addObject().put("organization", seat.organization().value());
      node.put("account", found.account().value()).put("name", found.name());
      var skus = node.putArray("licences");
      found.skus().stream().sorted().forEach(skus::add);
      node.put("evidence", found.evidence().wire()).put("because", found.because());
      Optional<Instant> last = found.lastSignIn();
      last.ifPresent(at -> node.put("lastSignIn", at.toString()));
      var money = node.putObject("moneyPerMonth");
      seat.money().forEach(money::put);
    }
    return answer;
  }
}
