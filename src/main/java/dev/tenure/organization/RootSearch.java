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
import java.util.Optional;

/// Queries of all types of resources at once (RFC 7644 §3.4.2.1). An attribute that a type does not
/// have is one without values for it, whatever the reading.
public final class RootSearch {
  private final SearchStore store;

  RootSearch(Database database) {
    this.store = new SearchStore(database);
  }

  /// A page of resources of all types; without `members` those of groups are not read.
  public SearchStore.Page search(
      Endpoint endpoint, SearchRequest asked, Listing listing, boolean members) {
    var organization = endpoint.organization();
    return store.search(
        organization.id(),
        new Search(listing.order(), listing.slice(), endpoint.base(), members),
        organization.schemas().types().stream().map(t -> kind(organization, t, asked)).toList());
  }

  private static Kind kind(Organization organization, ResourceType type, SearchRequest asked) {
    var order = SortOrder.of(asked, type, Reading.TOLERANT);
    var filter = filter(asked, type);
    if (type.equals(organization.schemas().user())) return Users.kind(organization, filter, order);
    if (type.equals(organization.schemas().group()))
      return Groups.kind(organization, filter, order);
    return Resources.kind(type, filter, order);
  }

  private static Optional<Filter> filter(SearchRequest asked, ResourceType type) {
    return asked.filter().isEmpty()
        ? Optional.empty()
        : Optional.of(FilterParser.parse(asked.filter(), type, Reading.TOLERANT));
  }
}
