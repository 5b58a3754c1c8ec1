package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.organization.store.FilterSql;
import dev.tenure.organization.store.GroupProfileStore;
import dev.tenure.organization.store.GroupProfileStore.Traits;
import dev.tenure.organization.store.GroupStore;
import dev.tenure.organization.store.GroupStore.Expected;
import dev.tenure.organization.store.GroupStore.Extent;
import dev.tenure.organization.store.GroupStore.GroupRow;
import dev.tenure.organization.store.GroupStore.Members;
import dev.tenure.organization.store.PoolFull;
import dev.tenure.organization.store.SearchStore;
import dev.tenure.organization.store.SearchStore.Kind;
import dev.tenure.organization.store.StoredResource;
import dev.tenure.organization.store.Table;
import dev.tenure.organization.store.Taken;
import dev.tenure.organization.store.UniqueStore;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.message.SortOrder;
import dev.tenure.scim.patch.Patch;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.patch.Replacement;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The groups of organizations. Members are rows of their own: to add one to a million costs what
/// it costs to add one to none.
public final class Groups {
  private static final int RACES_MAX = 50;
  private final GroupStore store;
  private final SearchStore search;
  private final UniqueValues uniqueValues;
  private final GroupProfileStore profiles;
  private final Clock clock;
  private final NewId ids;

  Groups(Database database, Clock clock, RandomGenerator random) {
    this.store = new GroupStore(database);
    this.search = new SearchStore(database);
    this.uniqueValues = new UniqueValues(database);
    this.profiles = new GroupProfileStore(database);
    this.clock = clock;
    this.ids = new NewId(clock, random);
  }

  /// Makes a group of what a client sent. Throws 400 `invalidValue` where a member does not exist.
  public StoredResource create(Endpoint endpoint, Resource body) {
    var id = ids.next();
    var members = MemberChange.ids(body.view().path("members"));
    var document = document(endpoint, body);
    var row = row(endpoint, id, document, List.copyOf(document.propertyNames()));
    try {
      store.create(endpoint.organization().id(), row, members, expected(null).now());
    } catch (Taken taken) {
      throw refused(endpoint, row, taken);
    }
    return get(endpoint, id, true).orElseThrow(() -> Users.missing("Group", id));
  }

  /// The group of this id; without `members` none of them is read.
  public Optional<StoredResource> get(Endpoint endpoint, UUID id, boolean members) {
    return store.get(endpoint.organization().id(), id, new Extent(endpoint.base(), members));
  }

  /// The members of a group that has too many to be read at once; `after` is the last of the
  /// portion before.
  public GroupStore.Portion members(Endpoint endpoint, UUID id, Optional<UUID> after) {
    return store.members(endpoint.organization().id(), id, endpoint.base(), after);
  }

  /// Whether the group has more than this number of members; no more than these are counted.
  public boolean hasMoreMembers(Endpoint endpoint, UUID id, int number) {
    return store.size(endpoint.organization().id(), id, number + 1) > number;
  }

  /// Replaces a group with all its members. Errors as [#patch].
  public void replace(Endpoint endpoint, UUID id, Precondition precondition, Resource body) {
    var members = MemberChange.ids(body.view().path("members"));
    var change = new Members(true, members, java.util.Set.of());
    change(endpoint, id, precondition, new Change(List.of(), Optional.of(body), change));
  }

  /// Applies operations; those on members touch only these members. Throws 404 where there is no
  /// such group, 400 `invalidValue` where a member does not exist or contains the group, and the
  /// profile's answer to a stale version.
  public void patch(
      Endpoint endpoint, UUID id, Precondition precondition, List<PatchOperation> operations) {
    var members = MemberChange.of(operations);
    var rest = operations.stream().filter(o -> !MemberChange.isOfMembers(o)).toList();
    change(endpoint, id, precondition, new Change(rest, Optional.empty(), members));
  }

  /// Makes users members, and others no more members. Errors as [#patch].
  public void admit(Endpoint endpoint, UUID id, Precondition precondition, Members members) {
    change(endpoint, id, precondition, new Change(List.of(), Optional.empty(), members));
  }

  /// What platform calls say of these groups, as far as there are such groups.
  public Map<UUID, Traits> traits(Endpoint endpoint, List<UUID> groups) {
    return profiles.get(endpoint.organization().id(), groups);
  }

  public void describe(Endpoint endpoint, UUID group, Traits traits) {
    profiles.put(endpoint.organization().id(), group, traits);
  }

  /// Groups of Genesys Cloud hold people only.
  private void requirePeople(Endpoint endpoint, Members members) {
    if (!endpoint.organization().profile().isGenesys() || members.added().isEmpty()) return;
    if (profiles.hasGroup(endpoint.organization().id(), List.copyOf(members.added()))) {
      throw ScimException.bad(
          ScimType.invalidValue, "a group cannot be a member here: name its people");
    }
  }

  private record Change(
      List<PatchOperation> operations, Optional<Resource> whole, Members members) {
    boolean isOfMembersOnly() {
      return operations.isEmpty() && whole.isEmpty();
    }
  }

  private void change(Endpoint endpoint, UUID id, Precondition precondition, Change change) {
    requirePeople(endpoint, change.members());
    for (int race = 0; race < RACES_MAX; race++) {
      var free = precondition instanceof Precondition.None && change.isOfMembersOnly();
      var stored = free ? null : read(endpoint, id, precondition);
      var row = stored == null ? GroupRow.same(id) : changed(endpoint, stored, change);
      var version = stored == null ? null : stored.version();
      if (attempt(endpoint, row, change.members(), version)) return;
    }
    throw new ScimException(503, null, "too many changes of this group at once: try again");
  }

  private StoredResource read(Endpoint endpoint, UUID id, Precondition precondition) {
    var stored = get(endpoint, id, false).orElseThrow(() -> Users.missing("Group", id));
    if (!precondition.holds(stored)) throw endpoint.organization().profile().stale();
    return stored;
  }

  private boolean attempt(
      Endpoint endpoint, GroupRow row, Members members, @Nullable Long version) {
    try {
      var terms = endpoint.organization().terms();
      return switch (store.update(terms, row, members, expected(version))) {
        case DONE -> true;
        case STALE -> false;
        case GONE -> throw Users.missing("Group", row.id());
        case UNKNOWN -> throw noSuchMember();
        case CIRCLE ->
            throw ScimException.bad(
                ScimType.invalidValue, "a group cannot be a member of itself, by any way round");
      };
    } catch (Taken taken) {
      throw refused(endpoint, row, taken);
    } catch (PoolFull full) {
      throw Users.full(full);
    }
  }

  private static GroupRow changed(Endpoint endpoint, StoredResource stored, Change change) {
    var before = (ObjectNode) ScimJson.read(stored.document());
    var after = document(endpoint, changed(endpoint, Resource.of(before), change));
    return after.equals(before)
        ? GroupRow.same(stored.id())
        : row(endpoint, stored.id(), after, Users.changed(before, after));
  }

  private static Resource changed(Endpoint endpoint, Resource before, Change change) {
    var organization = endpoint.organization();
    var type = organization.schemas().group();
    return change
        .whole()
        .map(body -> Replacement.apply(before, body, type))
        .orElseGet(() -> Patch.apply(before, change.operations(), type, organization.reading()));
  }

  /// Deletes a group. Throws 404 where there is none, or the profile's answer to a stale version.
  public void delete(Endpoint endpoint, UUID id, Precondition precondition) {
    for (int race = 0; race < RACES_MAX; race++) {
      var stored = read(endpoint, id, precondition);
      var version = precondition instanceof Precondition.None ? null : stored.version();
      switch (store.delete(endpoint.organization().terms(), id, expected(version))) {
        case DONE -> {
          return;
        }
        case GONE -> throw Users.missing("Group", id);
        case STALE, CIRCLE, UNKNOWN -> {
          // Somebody changed the group or its members: look again.
        }
      }
    }
    throw endpoint.organization().profile().stale();
  }

  /// A page of the groups that match; without `members` none of them is read.
  public SearchStore.Page search(
      Endpoint endpoint, Optional<Filter> filter, Listing listing, boolean members) {
    return search.search(
        endpoint.organization().id(),
        new SearchStore.Search(listing.order(), listing.slice(), endpoint.base(), members),
        List.of(kind(endpoint.organization(), filter, listing.order())));
  }

  static Kind kind(Organization organization, Optional<Filter> filter, SortOrder order) {
    var condition =
        filter.map(f -> FilterSql.of(f, Table.GROUPS)).orElse(FilterSql.Condition.ALWAYS);
    return new Kind(Table.GROUPS, organization.schemas().group().name(), condition, order);
  }

  private static ObjectNode document(Endpoint endpoint, Resource body) {
    var json = body.json();
    List.of("id", "meta", "members").forEach(json::remove);
    Concealment.apply(json, endpoint.organization().schemas().group());
    return json;
  }

  private static GroupRow row(
      Endpoint endpoint, UUID id, ObjectNode document, List<String> changed) {
    var external = document.path("externalId");
    return new GroupRow(
        id,
        UserDocument.fold(document.path("displayName").asString("")),
        external.isString() ? external.stringValue() : null,
        UniqueValues.claims(endpoint.organization().schemas().group(), document),
        ScimJson.write(document),
        changed);
  }

  private ScimException refused(Endpoint endpoint, GroupRow row, Taken taken) {
    if (!taken.constraint().equals(UniqueStore.CONSTRAINT)) return noSuchMember();
    return uniqueValues.conflict(endpoint.organization().id(), row.id(), row.claims());
  }

  private Expected expected(@Nullable Long version) {
    return new Expected(version, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private static ScimException noSuchMember() {
    return ScimException.bad(
        ScimType.invalidValue, "a member is neither a user nor a group of this organization");
  }
}
