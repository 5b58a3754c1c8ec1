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

  /// What happened to a plan, such as `plan.made`.
  record Note(PlanNumber plan, String action, Map<String, Object> detail) {}

  static void add(Handle handle, FlowId flow, Note note) {
    Binding.audited(handle.createUpdate(NOTE), flow)
        .bind("number", note.plan().toString())
        .bind("action", note.action())
        .bind("detail", JsonMapper.shared().writeValueAsString(note.detail()))
        .execute();
  }
}
