package dev.tenure.organization;

import dev.tenure.organization.store.ResourceStore.Shelf;
import dev.tenure.scim.schema.ResourceType;

/// All resources of one type in an organization, as a client sees them.
public record TypeEndpoint(Endpoint endpoint, ResourceType type) {
  Organization organization() {
    return endpoint.organization();
  }

  Shelf shelf() {
    return new Shelf(organization().id(), type.name());
  }
}
