package dev.tenure.view;

import dev.tenure.flow.Rulings;
import dev.tenure.id.FlowId;
import dev.tenure.policy.LeaverTable;
import dev.tenure.policy.Standing;
import dev.tenure.store.PeopleStore.Row;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// People of a flow in a list, as JSON: who they are, and whether the rules want an account.
public final class PersonRowJson {
  private PersonRowJson() {}

  /// As the rules see them at this time.
  public static ObjectNode of(FlowId flow, List<Row> rows, Rulings rulings, Instant at) {
    var answer = JsonNodeFactory.instance.objectNode().put("flow", flow.value());
    var list = answer.putArray("people");
    var secrets = rulings.policy().secrets();
    for (var row : rows) {
      var node = list.addObject().put("person", row.person().key().value());
      node.put("name", Called.name(row.person(), secrets));
      node.put("mail", Called.mail(row.person(), secrets));
      if (row.goneAt().isPresent()) {
        node.put("scope", "out").put("why", "gone from the source");
      } else {
        put(node, rulings.of(row.person(), at).standing());
      }
      row.account().ifPresent(account -> node.put("account", account));
      node.put("changedAt", row.changedAt().toString());
      row.goneAt().ifPresent(gone -> node.put("goneAt", gone.toString()));
    }
    return answer;
  }

  private static void put(ObjectNode node, Standing standing) {
    switch (standing) {
      case Standing.InScope(var desired) -> node.put("scope", "in").put("why", desired.scope());
      case Standing.Left left ->
          node.put("scope", "out").put("why", LeaverTable.key(left.event()) + ": " + left.why());
      case Standing.Protected(_, var why) -> node.put("scope", "protected").put("why", why);
      case Standing.Unclear(_, var problems) ->
          node.put("scope", "unclear").put("why", problems.getFirst().message());
    }
  }
}
