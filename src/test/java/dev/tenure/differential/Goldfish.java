package dev.tenure.differential;

import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.request.PatchOpRequest;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.complex.FilterConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.PatchConfig;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.AuthenticationScheme;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.common.utils.JsonHelper;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceHandler;
import de.captaingoldfish.scim.sdk.server.endpoints.base.UserEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.filter.resources.FilterResourceResolver;
import de.captaingoldfish.scim.sdk.server.patch.PatchRequestHandler;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import de.captaingoldfish.scim.sdk.server.schemas.ResourceType;
import de.captaingoldfish.scim.sdk.server.utils.RequestUtils;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimJson;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What Captain-P-Goldfish's SDK makes of it: its filters and its PATCH, without its server.
final class Goldfish {
  private static final ServiceProvider PROVIDER =
      ServiceProvider.builder()
          .filterConfig(FilterConfig.builder().supported(true).maxResults(10).build())
          .patchConfig(PatchConfig.builder().supported(true).build())
          .authenticationSchemes(
              List.of(
                  AuthenticationScheme.builder()
                      .name("Bearer")
                      .description("none is asked for")
                      .type("oauthbearertoken")
                      .build()))
          .build();

  private final OneUser one = new OneUser();
  private final ResourceType type =
      new ResourceEndpoint(PROVIDER).registerEndpoint(new UserEndpointDefinition(one));

  boolean matches(String filter, Resource resource) {
    var parsed = RequestUtils.parseFilter(type, filter);
    return !FilterResourceResolver.filterResources(PROVIDER, List.of(user(resource)), parsed)
        .isEmpty();
  }

  JsonNode patched(Resource resource, JsonNode request) {
    one.user = user(resource);
    var handler = new PatchRequestHandler<User>("7", one, List.of(), new Context(null));
    var body = JsonHelper.readJsonDocument(request.toString(), PatchOpRequest.class);
    return ScimJson.read(handler.handlePatchRequest(body).toString());
  }

  private static User user(Resource resource) {
    return JsonHelper.readJsonDocument(resource.toString(), User.class);
  }

  /// Holds the user that is patched.
  private static final class OneUser extends ResourceHandler<User> {
    private User user = new User();

    @Override
    public User getResource(
        String id,
        List<SchemaAttribute> attributes,
        List<SchemaAttribute> excluded,
        Context context) {
      return user;
    }

    @Override
    public User updateResource(User changed, Context context) {
      return changed;
    }

    @Override
    public User createResource(User created, Context context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void deleteResource(String id, Context context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public PartialListResponse<User> listResources(
        long start,
        int count,
        FilterNode filter,
        SchemaAttribute sortBy,
        SortOrder order,
        List<SchemaAttribute> attributes,
        List<SchemaAttribute> excluded,
        Context context) {
      throw new UnsupportedOperationException();
    }
  }
}
