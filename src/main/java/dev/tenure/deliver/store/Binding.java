package dev.tenure.deliver.store;

import dev.tenure.id.Correlation;
import dev.tenure.id.FlowId;
import org.jdbi.v3.core.statement.SqlStatement;

/// What nearly every statement here starts with.
final class Binding {
  private Binding() {}

  /// Binds `:flow`.
  static <S extends SqlStatement<S>> S flow(S statement, FlowId flow) {
    return statement.bind("flow", flow.value());
  }

  /// Binds `:flow`, `:actor` and `:correlation`, for a statement that writes audit rows.
  static <S extends SqlStatement<S>> S audited(S statement, FlowId flow) {
    var correlation = Correlation.current();
    return flow(statement, flow)
        .bind("actor", correlation.actor())
        .bind("correlation", correlation.id());
  }
}
