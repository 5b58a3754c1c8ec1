package dev.tenure.target;

/// What a target does otherwise than RFC 7644 and its own ServiceProviderConfig (RFC 7643 §5) have
/// it, as its answers showed.
public enum Deviation {
  NO_PATCH("answers no PATCH: accounts and groups are written whole, with PUT"),
  NO_BULK("answers no Bulk requests that can be relied on: changes are sent one by one"),
  NO_SEARCH_BY_EXTERNAL_ID("refuses a search by externalId: it is searched by userName"),
  NO_SEARCH_BY_USER_NAME("refuses a search by userName: everybody is read instead"),
  NO_SEARCH_BY_DISPLAY_NAME("refuses a search of groups by displayName: all are read instead");

  private final String consequence;

  Deviation(String consequence) {
    this.consequence = consequence;
  }

  /// What it does, and what is done about it, to follow the target's name.
  public String consequence() {
    return consequence;
  }
}
