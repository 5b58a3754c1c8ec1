package dev.tenure.view;

import dev.tenure.audit.AuditEntry;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Entries of audit logs as JSON.
public final class AuditEntryJson {
  private AuditEntryJson() {}

  public static ArrayNode of(List<AuditEntry> entries) {
    var array = JsonNodeFactory.instance.arrayNode();
    entries.forEach(entry -> array.add(of(entry)));
    return array;
  }

  public static ObjectNode of(AuditEntry entry) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("log", entry.log()).put("id", entry.id());
    node.put("at", entry.at().toString()).put("actor", entry.actor());
    node.put("action", entry.action()).put("subject", entry.subject());
    entry.person().ifPresent(p -> node.put("person", p));
    node.put("correlation", entry.correlation()).set("detail", entry.detail());
    return node;
  }
}
