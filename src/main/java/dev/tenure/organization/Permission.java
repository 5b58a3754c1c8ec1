package dev.tenure.organization;

/// What a client may do: Security > SSO > View and Add, Security > User > Add, Edit and Delete.
public enum Permission {
  SSO_VIEW("Security > SSO > View"),
  SSO_ADD("Security > SSO > Add"),
  USER_ADD("Security > User > Add"),
  USER_EDIT("Security > User > Edit"),
  USER_DELETE("Security > User > Delete");

  private final String title;

  Permission(String title) {
    this.title = title;
  }

  /// As administrators know it.
  public String title() {
    return title;
  }
}
