package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.message.BulkOrder;
import dev.tenure.scim.message.BulkOrder.Step;
import dev.tenure.scim.message.BulkReferences;
import dev.tenure.scim.message.BulkRequest;
import dev.tenure.scim.message.BulkRequest.Operation;
import dev.tenure.scim.message.BulkResponse;
import dev.tenure.scim.message.BulkResponse.Result;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One Bulk request being done.
final class BulkRun {
  private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> NO_TARGETS = Set.of("", ".search", "bulk", "me");
  private final Call call;
  private final BulkRequest request;
  private final Function<Call, Response> service;
  private final Map<String, String> ids = new HashMap<>();
  private final Map<Integer, Result> results = new TreeMap<>();
  private final Map<Integer, String> begun = new HashMap<>();

  BulkRun(Call call, BulkRequest request, Function<Call, Response> service) {
    this.call = call;
    this.request = request;
    this.service = service;
  }

  /// Does the operations, until too many have failed; tells what became of those that were tried.
  ObjectNode done() {
    for (var step : BulkOrder.of(request.operations())) {
      if (failures() >= request.errorsMax()) break;
      results.put(step.index(), result(step));
    }
    begun.forEach((index, location) -> results.put(index, incomplete(index, location)));
    return BulkResponse.render(results.values());
  }

  private long failures() {
    return results.values().stream().filter(Result::isFailure).count();
  }

  private Result result(Step step) {
    var operation = request.operations().get(step.index());
    return switch (step) {
      case Step.Run _ -> isResolved(operation) ? tried(operation) : dependent(operation);
      case Step.Begin(var index) -> begin(index, operation);
      case Step.Complete(var index) -> complete(index, operation);
      case Step.Dangling(_, var bulkId) ->
          failed(
              operation,
              ScimException.bad(
                  ScimType.invalidValue, "no operation has the bulkId '" + bulkId + "'"));
      case Step.Circle _ ->
          failed(operation, conflict("a group cannot be a member of itself, by any way round"));
    };
  }

  private boolean isResolved(Operation operation) {
    return ids.keySet().containsAll(BulkReferences.of(operation));
  }

  private Result dependent(Operation operation) {
    return failed(operation, conflict("an operation that it refers to has failed"));
  }

  private Result begin(int index, Operation operation) {
    var result = tried(operation);
    result.location().filter(_ -> !result.isFailure()).ifPresent(at -> begun.put(index, at));
    return result;
  }

  /// A second write with all references: what is new keeps the status of its creation.
  private Result complete(int index, Operation operation) {
    var first = results.get(index);
    var location = begun.get(index);
    if (first == null || location == null) return first == null ? dependent(operation) : first;
    if (!isResolved(operation)) return incomplete(index, location);
    begun.remove(index);
    var path = operation.path() + "/" + location.substring(location.lastIndexOf('/') + 1);
    var whole = new Operation("PUT", path, operation.bulkId(), Optional.empty(), operation.data());
    var second = tried(whole);
    return second.isFailure()
        ? second.of(operation.method())
        : second.of(operation.method()).with(first.status());
  }

  private Result incomplete(int index, String location) {
    var operation = request.operations().get(index);
    var failure = conflict("it was made without a reference, as what that names was not made");
    return Result.failed(operation, Optional.of(location), failure);
  }

  private Result tried(Operation operation) {
    try {
      var answer = service.apply(part(operation));
      var result = Result.of(operation, answer.status(), answer.field("ETag"), location(operation));
      var whole = answer.field("Location").map(result::at).orElse(result);
      if (operation.method().equals("POST") && answer.status() == 201) define(operation, whole);
      return answer.status() < 400 ? whole : result.told(ScimJson.read(answer.body()));
    } catch (RuntimeException e) {
      var failure = Answers.asScim(call.request(), e);
      call.request().finish(Answers.failure(failure)); // for the audit log
      return failed(operation, failure);
    }
  }

  private void define(Operation operation, Result made) {
    var location = made.location().orElse("");
    if (!operation.bulkId().isEmpty()) {
      ids.put(operation.bulkId(), location.substring(location.lastIndexOf('/') + 1));
    }
  }

  private Result failed(Operation operation, ScimException failure) {
    return Result.failed(operation, location(operation), failure);
  }

  /// A creation that failed has none (RFC 7644 §3.7.3).
  private Optional<String> location(Operation operation) {
    if (operation.method().equals("POST")) return Optional.empty();
    return Optional.of(call.endpoint().base() + "/" + relative(operation));
  }

  /// The path below the endpoint, with or without a slash before it.
  private String relative(Operation operation) {
    var path = BulkReferences.resolved(operation.path(), ids);
    var base = call.endpoint().base();
    var below = path.startsWith(base) ? path.substring(base.length()) : path;
    return below.startsWith("/") ? below.substring(1) : below;
  }

  private Call part(Operation operation) {
    if (!METHODS.contains(operation.method())) {
      throw ScimException.bad(
          ScimType.invalidSyntax, "'method' must be POST, PUT, PATCH or DELETE");
    }
    var path = relative(operation);
    var type = path.split("[/?]", 2)[0];
    if (NO_TARGETS.contains(type.toLowerCase(Locale.ROOT)) || path.contains(".search")) {
      throw ScimException.bad(
          ScimType.invalidValue, "'path' must be /Users, /Users/{id} or another resource's");
    }
    var data = BulkReferences.resolved(operation.data(), ids);
    return call.part(operation.method(), path, operation.version(), bytes(operation, data));
  }

  private static byte[] bytes(Operation operation, JsonNode data) {
    if (operation.method().equals("DELETE")) return new byte[0];
    if (data.isMissingNode()) {
      throw ScimException.bad(ScimType.invalidSyntax, "'data' is missing");
    }
    return ScimJson.write(data).getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static ScimException conflict(String detail) {
    return new ScimException(409, null, detail);
  }
}
