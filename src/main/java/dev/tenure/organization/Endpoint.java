package dev.tenure.organization;

/// An organization as a client sees it: `base` is the absolute address of its SCIM endpoint without
/// a slash at its end, such as `https://host/acme/scim/v2`. References start with it. `seesUsers`:
/// the client may be told who has a value that it wanted for another user.
public record Endpoint(Organization organization, String base, boolean seesUsers) {
  /// For a client that is told nothing about others.
  public Endpoint(Organization organization, String base) {
    this(organization, base, false);
  }
}
