package dev.tenure.source.organization;

import dev.tenure.config.Section;
import dev.tenure.id.OrganizationId;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.source.Expectation;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.scim.Keying;
import dev.tenure.source.scim.ScimSourceConfig;
import dev.tenure.source.scim.UserAttributes;

/// Section `organization` of a source.
public record OrganizationSourceConfig(
    OrganizationId organization, Keying keying, Expectation expected) {

  /// `user`: what the users of the organization are made of.
  public static OrganizationSourceConfig read(
      Section section, OrganizationId organization, ResourceType user) {
    return new OrganizationSourceConfig(
        organization,
        ScimSourceConfig.keying(section, UserAttributes.of(user)),
        Expectation.read(section, "minimumUsers"));
  }

  public SourceSchema schema() {
    return keying.attributes().schema();
  }

  OrganizationSourceConfig expecting(Expectation other) {
    return new OrganizationSourceConfig(organization, keying, other);
  }
}
