package dev.tenure.admin;

import dev.tenure.access.Role;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/// What can be done; `path` is below `/admin/v1`, `role` the least that is needed. `media` is what
/// it is answered with, where all goes well.
record Operation(String method, String path, Role role, Work work, String media) {
  /// JSON lines.
  static final String LINES = "application/x-ndjson";

  private static final String JSON = "application/json";

  Operation(String method, String path, Role role, Work work) {
    this(method, path, role, work, JSON);
  }

  /// Does it, with what the desks know.
  @FunctionalInterface
  interface Work {
    Response answer(Desks desks, Request request);
  }

  /// One that viewers may ask for, answered with JSON.
  static Operation look(String path, BiFunction<Desks, Request, JsonNode> work) {
    return new Operation("GET", path, Role.VIEWER, (d, r) -> json(200, work.apply(d, r)));
  }

  /// One that viewers may ask for, answered with JSON lines.
  static Operation lines(String path, Work work) {
    return new Operation("GET", path, Role.VIEWER, work, LINES);
  }

  /// One that operators may do, answered with JSON.
  static Operation act(String method, String path, BiFunction<Desks, Request, JsonNode> work) {
    return new Operation(method, path, Role.OPERATOR, (d, r) -> json(200, work.apply(d, r)));
  }

  /// One that administrators may do, answered with JSON.
  static Operation rule(String method, String path, BiFunction<Desks, Request, JsonNode> work) {
    return new Operation(method, path, Role.ADMINISTRATOR, (d, r) -> json(200, work.apply(d, r)));
  }

  /// One that viewers ask for again and again.
  static Operation watch(String path, BiFunction<Desks, Request, JsonNode> work) {
    return new Operation("GET", path, Role.VIEWER, (d, r) -> Watched.answer(r, work.apply(d, r)));
  }

  static Response json(int status, JsonNode body) {
    return Response.json(status, body.toString()).with("Cache-Control", "no-store");
  }
}
