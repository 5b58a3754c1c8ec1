package dev.tenure.target.genesys;

import dev.tenure.remote.Reply;
import dev.tenure.remote.Wire;
import dev.tenure.scim.ScimJson;
import dev.tenure.target.Budget;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Platform calls: JSON below `/api/v2`. Each is one more request than its change was paid for, so
/// it is charged to the budget.
final class Platform implements AutoCloseable {
  private final Wire wire;
  private final Budget budget;

  Platform(Wire wire, Budget budget) {
    this.wire = wire;
    this.budget = budget;
  }

  Reply get(String path) {
    budget.charge();
    return wire.get(path);
  }

  Reply post(String path, JsonNode body) {
    budget.charge();
    return wire.post(path, ScimJson.write(body));
  }

  Reply patch(String path, JsonNode body) {
    budget.charge();
    return wire.patch(path, Optional.empty(), ScimJson.write(body));
  }

  Reply delete(String path) {
    budget.charge();
    return wire.delete(path, Optional.empty());
  }

  @Override
  public void close() {
    wire.close();
  }
}
