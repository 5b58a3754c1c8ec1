package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.organization.store.FilterSql;
import dev.tenure.organization.store.ResourceStore;
import dev.tenure.organization.store.ResourceStore.ResourceRow;
import dev.tenure.organization.store.ResourceStore.Update;
import dev.tenure.organization.store.SearchStore;
import dev.tenure.organization.store.SearchStore.Kind;
import dev.tenure.organization.store.StoredResource;
import dev.tenure.organization.store.Table;
import dev.tenure.organization.store.Taken;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.message.SortOrder;
import dev.tenure.scim.schema.ResourceType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Resources of the types that organizations declare themselves. They are what their schemas say,
/// and mean nothing else: each change is one statement with its unique values and its audit row.
public final class Resources {
  private static final int RACES_MAX = 50;

  /// A longer one has no room in an index.
  private static final int EXTERNAL_ID_CHARACTERS_MAX = 800;

  private final ResourceStore store;
  private final SearchStore search;
  private final UniqueValues uniqueValues;
  private final Clock clock;
  private final NewId ids;

  Resources(Database database, Clock clock, RandomGenerator random) {
    this.store = new ResourceStore(database);
    this.search = new SearchStore(database);
    this.uniqueValues = new UniqueValues(database);
    this.clock = clock;
    this.ids = new NewId(clock, random);
  }

  /// Makes a resource of what a client sent. Throws 409 `uniqueness` where a unique value is taken.
  public StoredResource create(TypeEndpoint at, Resource body) {
    var row = row(at, ids.next(), document(at, body));
    var now = now();
    try {
      store.create(at.shelf(), row, now);
    } catch (Taken _) {
      throw uniqueValues.conflict(at.organization().id(), row.id(), row.claims());
    }
    return new StoredResource(row.id(), 1, now, now, row.document(), "");
  }

  /// The resource of this id.
  public Optional<StoredResource> get(TypeEndpoint at, UUID id) {
    return store.get(at.shelf(), id);
  }

  /// Replaces what is stored by what `change` makes of it; writes nothing where that is the same. A
  /// change by somebody else at the same moment is repeated on the newer state. Throws 404 where
  /// there is no such resource, the profile's own answer where the precondition does not hold, and
  /// as [#create].
  public StoredResource change(
      TypeEndpoint at, UUID id, Precondition precondition, UnaryOperator<Resource> change) {
    for (int race = 0; race < RACES_MAX; race++) {
      var written = attempt(at, stored(at, id, precondition), change);
      if (written.isPresent()) return written.get();
    }
    throw new ScimException(503, null, "too many changes of this resource at once: try again");
  }

  private Optional<StoredResource> attempt(
      TypeEndpoint at, StoredResource stored, UnaryOperator<Resource> change) {
    var before = (ObjectNode) ScimJson.read(stored.document());
    var after = document(at, change.apply(Resource.of(before)));
    if (after.equals(before)) return Optional.of(stored);
    var now = now();
    var row = row(at, stored.id(), after);
    var update = new Update(stored.version(), Users.changed(before, after), now);
    try {
      return store.update(at.shelf(), row, update)
          ? Optional.of(stored.changed(stored.version() + 1, now, row.document()))
          : Optional.empty();
    } catch (Taken _) {
      throw uniqueValues.conflict(at.organization().id(), row.id(), row.claims());
    }
  }

  /// Deletes a resource. Throws 404 where there is none, or the profile's answer to a stale
  /// version.
  public void delete(TypeEndpoint at, UUID id, Precondition precondition) {
    for (int race = 0; race < RACES_MAX; race++) {
      var version =
          precondition instanceof Precondition.None ? null : stored(at, id, precondition).version();
      if (store.delete(at.shelf(), id, version, now())) return;
      if (version == null) throw Users.missing(at.type().name(), id);
    }
    throw at.organization().profile().stale();
  }

  /// A page of the resources of this type that match.
  public SearchStore.Page search(TypeEndpoint at, Optional<Filter> filter, Listing listing) {
    return search.search(
        at.organization().id(),
        new SearchStore.Search(listing.order(), listing.slice(), at.endpoint().base(), false),
        List.of(kind(at.type(), filter, listing.order())));
  }

  static Kind kind(ResourceType type, Optional<Filter> filter, SortOrder order) {
    var condition =
        filter.map(f -> FilterSql.of(f, Table.RESOURCES)).orElse(FilterSql.Condition.ALWAYS);
    return new Kind(Table.RESOURCES, type.name(), condition, order);
  }

  private StoredResource stored(TypeEndpoint at, UUID id, Precondition precondition) {
    var stored = get(at, id).orElseThrow(() -> Users.missing(at.type().name(), id));
    if (!precondition.holds(stored)) throw at.organization().profile().stale();
    return stored;
  }

  private static ObjectNode document(TypeEndpoint at, Resource body) {
    var json = body.json();
    List.of("id", "meta").forEach(json::remove);
    Concealment.apply(json, at.type());
    return json;
  }

  private static ResourceRow row(TypeEndpoint at, UUID id, ObjectNode document) {
    return new ResourceRow(
        id,
        externalId(document),
        UniqueValues.claims(at.type(), document),
        ScimJson.write(document));
  }

  private static @Nullable String externalId(ObjectNode document) {
    var external = document.path("externalId").asString("");
    if (external.length() <= EXTERNAL_ID_CHARACTERS_MAX)
      return external.isEmpty() ? null : external;
    throw ScimException.bad(
        ScimType.invalidValue,
        "'externalId' is longer than " + EXTERNAL_ID_CHARACTERS_MAX + " characters");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
