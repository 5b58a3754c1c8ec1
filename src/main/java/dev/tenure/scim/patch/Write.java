package dev.tenure.scim.patch;

import tools.jackson.databind.JsonNode;

/// A value on its way to where a path points.
record Write(PatchPath path, JsonNode value, Merge merge) {}
