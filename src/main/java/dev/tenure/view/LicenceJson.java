package dev.tenure.view;

import dev.tenure.licence.Home;
import dev.tenure.licence.Ledger;
import dev.tenure.licence.Ledger.Line;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What licences are used, needed soon and could be had back, as JSON.
public final class LicenceJson {
  private LicenceJson() {}

  /// A line for each pool.
  public static ObjectNode of(List<Ledger> ledgers) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("licences");
    ledgers.forEach(ledger -> ledger.lines().forEach(line -> put(list, ledger, line)));
    return answer;
  }

  /// `organization`, or `target` where it is none of ours.
  static void where(ObjectNode node, Home home) {
    node.put(home instanceof Home.Hosted ? "organization" : "target", home.name());
  }

  private static void put(ArrayNode list, Ledger ledger, Line line) {
    var pool = line.pool();
    var node = list.addObject();
    where(node, ledger.home());
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
}
