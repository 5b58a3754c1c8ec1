package dev.tenure.view;

import dev.tenure.licence.Home;
import dev.tenure.licence.Ledger;
import dev.tenure.licence.Ledger.Line;
import dev.tenure.licence.Ledgers;
import dev.tenure.licence.Reclaimable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Seats that could be had back, as JSON.
public final class ReclaimableJson {
  private ReclaimableJson() {}

  /// One account with seats that could be had back, and what they cost a month, by currency.
  public record Seat(Home home, Reclaimable found, Map<String, BigDecimal> money) {
    public String words() {
      var all = money.entrySet().stream().map(e -> e.getValue().toPlainString() + " " + e.getKey());
      return String.join(" + ", all.toList());
    }
  }

  public static List<Seat> seats(Ledgers known, List<Ledger> ledgers) {
    var seats = new ArrayList<Seat>();
    for (var ledger : ledgers) {
      for (var found : known.reclaimable(ledger.home())) {
        var money = new TreeMap<String, BigDecimal>();
        ledger.lines().stream()
            .map(Line::pool)
            .filter(p -> found.skus().contains(p.sku()))
            .forEach(p -> money.merge(p.currency(), p.price(), BigDecimal::add));
        seats.add(new Seat(ledger.home(), found, money));
      }
    }
    return seats;
  }

  public static ObjectNode of(List<Seat> seats) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("reclaimable");
    for (var seat : seats) {
      var found = seat.found();
      var node = list.addObject();
      LicenceJson.where(node, seat.home());
      node.put("account", found.account().value()).put("name", found.name());
      var skus = node.putArray("licences");
      found.skus().stream().sorted().forEach(skus::add);
      node.put("evidence", found.evidence().wire()).put("because", found.because());
      found.lastSignIn().ifPresent(at -> node.put("lastSignIn", at.toString()));
      var money = node.putObject("moneyPerMonth");
      seat.money().forEach(money::put);
    }
    return answer;
  }
}
