package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.organization.store.SearchStore;
import dev.tenure.organization.store.SearchStore.Kind;
import dev.tenure.organization.store.SearchStore.Search;
import dev.tenure.scim.Reading;
import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.filter.FilterParser;
import dev.tenure.scim.message.SearchRequest;
import dev.tenure.scim.message.SortOrder;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schemas;
import java.util.Optional;

/// Queries of all types of resources at once (RFC 7644 §3.4.2.1). An attribute that a type does not
/// have is one without values for it, whatever the reading.
public final class RootSearch {
  private static final Schemas SCHEMAS = Schemas.standard();
  private final SearchStore store;

  RootSearch(Database database) {
    this.store = new SearchStore(database);
  }

  /// A page of users and groups; without `members` those of groups are not read.
  public SearchStore.Page search(
      Endpoint endpoint, SearchRequest asked, Listing listing, boolean members) {
    var organization = endpoint.organization();
    var user = SCHEMAS.user();
    var group = SCHEMAS.group();
    return store.all(
        organization.id(),
        new Search(
            Groups.condition(Optional.empty()),
            listing.order(),
            listing.slice(),
            endpoint.base(),
            members),
        new Kind(Users.condition(organization, filter(asked, user)), order(asked, user)),
        new Kind(Groups.condition(filter(asked, group)), order(asked, group)));
  }

  private static Optional<Filter> filter(SearchRequest asked, ResourceType type) {
    return asked.filter().isEmpty()
        ? Optional.empty()
        : Optional.of(FilterParser.parse(asked.filter(), type, Reading.TOLERANT));
  }

  private static SortOrder order(SearchRequest asked, ResourceType type) {
    return SortOrder.of(asked, type, Reading.TOLERANT);
  }
}
