package dev.tenure.differential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import com.unboundid.scim2.common.utils.JsonUtils;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimJson;
import tools.jackson.databind.JsonNode;

/// What UnboundID's SDK makes of it. It has no schema: text is compared in any letter case.
final class UnboundId {
  private UnboundId() {}

  static boolean matches(String filter, Resource resource) {
    try {
      return FilterEvaluator.evaluate(Filter.fromString(filter), tree(resource));
    } catch (ScimException e) {
      throw new AssertionError("UnboundID refuses " + filter, e);
    }
  }

  static JsonNode patched(Resource resource, JsonNode request) {
    try {
      var patch =
          JsonUtils.getObjectReader()
              .forType(PatchRequest.class)
              .<PatchRequest>readValue(request.toString());
      var generic = new GenericScimResource(tree(resource));
      patch.apply(generic);
      return ScimJson.read(generic.getObjectNode().toString());
    } catch (ScimException | JsonProcessingException e) {
      throw new AssertionError("UnboundID refuses " + request, e);
    }
  }

  private static ObjectNode tree(Resource resource) {
    try {
      return (ObjectNode) JsonUtils.getObjectReader().readTree(resource.toString());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
