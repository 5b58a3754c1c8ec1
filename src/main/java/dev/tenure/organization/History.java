package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.HistoryStore;
import dev.tenure.organization.store.HistoryStore.Entry;
import dev.tenure.organization.store.HistoryStore.Query;
import dev.tenure.organization.store.HistoryStore.Wanted;
import dev.tenure.organization.store.Slice;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What happened in an organization, for its own clients: nothing of another one is ever in it.
public final class History {
  private final HistoryStore store;
  private final NewId ids;

  History(Database database, NewId ids) {
    this.store = new HistoryStore(database);
    this.ids = ids;
  }

  public List<Entry> read(OrganizationId organization, Wanted wanted, Slice.At slice) {
    return store.read(organization, wanted, slice);
  }

  public long count(OrganizationId organization, Wanted wanted) {
    return store.count(organization, wanted);
  }

  /// Keeps a client's query for a day, under the id that it gives.
  public UUID ask(OrganizationId organization, String client, String query) {
    var id = ids.next();
    store.ask(organization, new Query(id, client, query, ids.clock().instant()));
    return id;
  }

  /// The query of this id, if this client put it.
  public Optional<String> asked(OrganizationId organization, UUID id, String client) {
    return store.asked(organization, id, client);
  }
}
