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
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Seats that could be had back, as a table and as JSON.
final class SeatsView {
  private SeatsView() {}

  /// One account with seats that could be had back, and what they cost a month, by currency.
  record Seat(OrganizationId organization, Reclaimable found, Map<String, BigDecimal> money) {
    String words() {
      var all = money.entrySet().stream().map(e -> e.getValue().toPlainString() + " " + e.getKey());
      return String.join(" + ", all.toList());
    }
  }

  static List<Seat> seats(Workplace workplace, List<Ledger> ledgers) {
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

  static String table(List<Seat> seats) {
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

  static ObjectNode json(List<Seat> seats) {
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
