package dev.tenure.admin;

import dev.tenure.access.Role;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.view.Status;
import dev.tenure.view.TokenJson;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What is asked about the whole: how all stands, and the API's own tokens.
record OfficeDesk(Engine engine) {
  static final List<Operation> OPERATIONS =
      List.of(
          Operation.watch("/status", (d, _) -> d.office().status()),
          new Operation(
              "GET",
              "/tokens",
              Role.ADMINISTRATOR,
              (d, _) -> Operation.json(200, TokenJson.of(d.office().engine().tokens().all()))),
          new Operation(
              "DELETE", "/tokens/{token}", Role.ADMINISTRATOR, (d, r) -> d.office().revoke(r)));

  private ObjectNode status() {
    return Status.of(engine.flows().all(), engine.books()).json();
  }

  private Response revoke(Request request) {
    engine.tokens().revoke(request.variable("token"));
    return Response.of(204);
  }
}
