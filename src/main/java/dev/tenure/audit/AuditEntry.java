package dev.tenure.audit;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One thing that was done. `log` is `organization/NAME` or `flow/NAME`; `id` grows within it;
/// `subject` is the id of what was changed; `person` the person's key or the userName. `detail` is
/// an object whose members depend on the action; no secret is in it (law 10). Of an entry whose
/// details were erased, `subject` is [#ERASED], and `detail` is empty.
public record AuditEntry(
    String log,
    long id,
    Instant at,
    String actor,
    String action,
    String subject,
    Optional<String> person,
    String correlation,
    JsonNode detail) {
  /// Stands for the subject that was erased.
  public static final String ERASED = "(erased)";
}
