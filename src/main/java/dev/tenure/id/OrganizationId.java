package dev.tenure.id;

/// The name of a hosted organization: 1 to 40 of `a-z 0-9 -`, starting with a letter. It is the
/// first segment of the organization's paths and the first part of its tokens.
public record OrganizationId(String value) {
  public OrganizationId {
    Names.require("organization", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
