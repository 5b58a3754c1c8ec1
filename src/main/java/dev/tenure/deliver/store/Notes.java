package dev.tenure.deliver.store;

import dev.tenure.deliver.PlanNumber;
import dev.tenure.id.FlowId;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.json.JsonMapper;

/// Audit rows that tell of a plan as a whole.
final class Notes {
  private static final String NOTE =
      """
      insert into audit_entry (log, actor, action, subject, correlation, detail)
      values ('flow/' || :flow, :actor, :action, 'plan ' || :number, :correlation, :detail::jsonb)\
      """;

  private Notes() {}

  static void plan(
      Handle handle, FlowId flow, PlanNumber number, String action, Map<String, Object> detail) {
    Binding.audited(handle.createUpdate(NOTE), flow)
        .bind("number", number.toString())
        .bind("action", action)
        .bind("detail", JsonMapper.shared().writeValueAsString(detail))
        .execute();
  }
}
