package dev.tenure.scim.patch;

import tools.jackson.databind.JsonNode;

/// One operation of a PATCH request, its path resolved against the schema (RFC 7644 §3.5.2). An
/// operation without a path was split into one for each attribute of its value.
public sealed interface PatchOperation {
  PatchPath path();

  /// Adds to a multi-valued attribute, sets any other.
  record Add(PatchPath path, JsonNode value) implements PatchOperation {}

  /// Sets the values that the path names.
  record Replace(PatchPath path, JsonNode value) implements PatchOperation {}

  /// Removes what the path names. `values` is the selector that some clients send along with
  /// `members`: only these values go; JSON null where there was none.
  record Remove(PatchPath path, JsonNode values) implements PatchOperation {}
}
