package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.DeletedStore;
import dev.tenure.organization.store.FilterSql;
import dev.tenure.organization.store.PoolFull;
import dev.tenure.organization.store.SearchStore;
import dev.tenure.organization.store.SearchStore.Kind;
import dev.tenure.organization.store.StoredResource;
import dev.tenure.organization.store.Table;
import dev.tenure.organization.store.Taken;
import dev.tenure.organization.store.UniqueStore;
import dev.tenure.organization.store.UserRow;
import dev.tenure.organization.store.UserStore;
import dev.tenure.organization.store.UserStore.Activation;
import dev.tenure.organization.store.UserStore.Recreation;
import dev.tenure.organization.store.UserStore.Removal;
import dev.tenure.organization.store.UserStore.Update;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.message.SortOrder;
import dev.tenure.scim.schema.Schema;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The users of organizations. Each change is one statement with everything that follows from it:
/// roles, seats, the end of sessions, the audit row.
public final class Users {
  private static final int RACES_MAX = 50;
  private static final List<String> NOT_RESTORED = List.of("roles", "entitlements");
  private final UserStore store;
  private final DeletedStore deleted;
  private final Conflicts conflicts;
  private final SearchStore search;
  private final UniqueValues uniqueValues;
  private final Clock clock;
  private final NewId ids;

  Users(Database database, Clock clock, RandomGenerator random) {
    this.store = new UserStore(database);
    this.deleted = new DeletedStore(database);
    this.conflicts = new Conflicts(store);
    this.search = new SearchStore(database);
    this.uniqueValues = new UniqueValues(database);
    this.clock = clock;
    this.ids = new NewId(clock, random);
  }

  /// Makes a user of what a client sent; a softly deleted one of that userName or externalId comes
  /// back under its old id, where the organization wants it. Throws 409 `uniqueness` where a unique
  /// value is taken, 400 `invalidValue` where the organization refuses a value, 409 where there is
  /// no seat.
  public StoredResource create(Endpoint endpoint, Resource body) {
    var wish = endpoint.organization().lifecycle().recreation().name();
    return create(endpoint, body.json(), new Recreation(wish, null))
        .orElseThrow(IllegalStateException::new);
  }

  /// The same, but a softly deleted user of that userName or externalId stands in the way: 409.
  public StoredResource createNew(Endpoint endpoint, Resource body) {
    return create(endpoint, body.json(), new Recreation("REFUSE", null))
        .orElseThrow(IllegalStateException::new);
  }

  /// Brings a softly deleted user back as it was on its last day, but active and with no roles,
  /// licences and division: what was left behind is not trusted. Absent where there is none of this
  /// id. Throws as [#create].
  public Optional<StoredResource> restore(Endpoint endpoint, UUID id) {
    var former = deleted.get(endpoint.organization().id(), id);
    if (former.isEmpty()) return Optional.empty();
    var json = (ObjectNode) ScimJson.read(former.get().document());
    NOT_RESTORED.forEach(json::remove);
    if (json.get(Schema.ENTERPRISE) instanceof ObjectNode enterprise) enterprise.remove("division");
    json.put("active", true);
    return create(endpoint, json, new Recreation("RESTORE", id));
  }

  /// The latest softly deleted users; only those of this userName where it is given.
  public List<DeletedUser> deleted(
      OrganizationId organization, Optional<String> userName, int most) {
    var key = userName.map(UserDocument::fold).orElse(null);
    return deleted.list(organization, key, most).stream()
        .map(d ->
            new DeletedUser(
                d.id(), d.userNameKey(), Optional.ofNullable(d.externalId()), d.deletedAt()))
        .toList();
  }

  private Optional<StoredResource> create(
      Endpoint endpoint, ObjectNode json, Recreation recreation) {
    var row = UserDocument.of(endpoint.organization(), json).row(ids.next());
    var now = now();
    try {
      var made = store.create(endpoint.organization().terms(), row, recreation, now);
      if (made.isEmpty() && recreation.former() == null) {
        throw conflicts.ofDeleted(endpoint, row);
      }
      return made.map(
          m -> new StoredResource(m.id(), m.version(), m.created(), now, row.document(), ""));
    } catch (Taken taken) {
      throw conflict(endpoint, row, taken);
    } catch (PoolFull full) {
      throw full(full);
    }
  }

  /// The user of this id.
  public Optional<StoredResource> get(Endpoint endpoint, UUID id) {
    return store.get(endpoint.organization().id(), id, endpoint.base());
  }

  /// The id of the user of this userName, in any letter case.
  public Optional<UUID> named(OrganizationId organization, String userName) {
    return store.named(organization, UserDocument.fold(userName));
  }

  /// Replaces what is stored by what `change` makes of it; writes nothing where that is the same. A
  /// change by somebody else at the same moment is repeated on the newer state. Throws 404 where
  /// there is no such user, the profile's own answer where the precondition does not hold, and as
  /// [#create].
  public StoredResource change(
      Endpoint endpoint, UUID id, Precondition precondition, UnaryOperator<Resource> change) {
    return write(endpoint, id, precondition, new Change(false, change));
  }

  /// As [#change], but receivers of signals are told of a resource that was put in the place of
  /// another (RFC 9967 §2.4.3).
  public StoredResource replace(
      Endpoint endpoint, UUID id, Precondition precondition, UnaryOperator<Resource> change) {
    return write(endpoint, id, precondition, new Change(true, change));
  }

  /// Locks a user out, or lets it in, and changes nothing else: in one statement where that is
  /// possible. Throws as [#change].
  public StoredResource activate(
      Endpoint endpoint, UUID id, Precondition precondition, boolean active) {
    return activated(endpoint, id, precondition, active)
        .orElseGet(() -> change(endpoint, id, precondition, user -> active(user, active)));
  }

  private Optional<StoredResource> activated(
      Endpoint endpoint, UUID id, Precondition precondition, boolean active) {
    var organization = endpoint.organization();
    var more =
        organization.deactivation() == Deactivation.DELETE
            || organization.has(Quirk.INACTIVE_REMOVES_ROLES);
    if (!active && more) return Optional.empty();
    return versions(precondition)
        .flatMap(versions -> {
          var told = Told.changed(false, !active, active);
          var activation = new Activation(active, versions, told, endpoint.base(), now());
          try {
            return store.activate(organization.terms(), id, activation);
          } catch (PoolFull full) {
            throw full(full);
          }
        });
  }

  /// Those that it allows, none: whichever; absent where it cannot be said like this.
  private static Optional<List<Long>> versions(Precondition precondition) {
    return switch (precondition) {
      case Precondition.None() -> Optional.of(List.of());
      case Precondition.Versions(var versions) ->
          Optional.of(versions).filter(some -> !some.isEmpty());
      case Precondition.Others _ -> Optional.empty();
      case Precondition.Absent _ -> Optional.empty();
    };
  }

  private static Resource active(Resource user, boolean active) {
    var json = user.json();
    json.put("active", active);
    return Resource.of(json);
  }

  private record Change(boolean whole, UnaryOperator<Resource> change) {}

  private StoredResource write(
      Endpoint endpoint, UUID id, Precondition precondition, Change change) {
    for (int race = 0; race < RACES_MAX; race++) {
      var stored = get(endpoint, id).orElseThrow(() -> Users.missing("User", id));
      if (!precondition.holds(stored)) throw endpoint.organization().profile().stale();
      var written = attempt(endpoint, stored, change);
      if (written.isPresent()) return written.get();
    }
    throw new ScimException(503, null, "too many changes of this user at once: try again");
  }

  private Optional<StoredResource> attempt(
      Endpoint endpoint, StoredResource stored, Change change) {
    var organization = endpoint.organization();
    var before = (ObjectNode) ScimJson.read(stored.document());
    var wanted = change.change().apply(Resource.of(before)).json();
    boolean leaves = isActive(before) && !isActive(wanted);
    if (leaves && organization.has(Quirk.INACTIVE_REMOVES_ROLES)) wanted.remove("roles");
    var after = UserDocument.of(organization, wanted);
    if (after.json().equals(before)) return Optional.of(stored);
    var row = after.row(stored.id());
    var update = update(stored, before, after, change.whole());
    var deactivates = isActive(before) && !after.active();
    var done =
        (deactivates && organization.deactivation() == Deactivation.DELETE)
            ? store.delete(organization.id(), removal(organization, row.id(), update))
            : update(endpoint, row, update);
    return done
        ? Optional.of(stored.changed(stored.version() + 1, update.now(), row.document()))
        : Optional.empty();
  }

  private static Removal removal(Organization organization, UUID id, Update update) {
    return new Removal(
        id,
        update.version(),
        organization.keepsDeleted(),
        Told.DEACTIVATED_AND_DELETED,
        update.now());
  }

  private static boolean isActive(ObjectNode document) {
    return document.path("active").asBoolean(true);
  }

  private boolean update(Endpoint endpoint, UserRow row, Update update) {
    try {
      return store.update(endpoint.organization().terms(), row, update);
    } catch (Taken taken) {
      throw conflict(endpoint, row, taken);
    } catch (PoolFull full) {
      throw full(full);
    }
  }

  private Update update(
      StoredResource stored, ObjectNode before, UserDocument after, boolean whole) {
    var action = action(isActive(before), after.active());
    var told = Told.changed(whole, isActive(before), after.active());
    return new Update(stored.version(), action, changed(before, after.json()), told, now());
  }

  /// Deletes a user, so that it can be restored where the organization wants that. Throws 404 where
  /// there is none, or the profile's answer to a stale version.
  public void delete(Endpoint endpoint, UUID id, Precondition precondition) {
    var organization = endpoint.organization();
    for (int race = 0; race < RACES_MAX; race++) {
      var version = version(endpoint, id, precondition);
      var removal = new Removal(id, version, organization.keepsDeleted(), Told.DELETED, now());
      if (store.delete(organization.id(), removal)) return;
      if (get(endpoint, id).isEmpty()) throw missing("User", id);
    }
    throw organization.profile().stale();
  }

  private @Nullable Long version(Endpoint endpoint, UUID id, Precondition precondition) {
    if (precondition instanceof Precondition.None) return null;
    var stored = get(endpoint, id).orElseThrow(() -> missing("User", id));
    if (!precondition.holds(stored)) throw endpoint.organization().profile().stale();
    return stored.version();
  }

  /// A page of the users that match.
  public SearchStore.Page search(Endpoint endpoint, Optional<Filter> filter, Listing listing) {
    return search.search(
        endpoint.organization().id(),
        new SearchStore.Search(listing.order(), listing.slice(), endpoint.base(), false),
        List.of(kind(endpoint.organization(), filter, listing.order())));
  }

  /// What a list shows; without a filter what the profile has it show.
  static Kind kind(Organization organization, Optional<Filter> filter, SortOrder order) {
    var unfiltered =
        organization.profile().listsActiveOnly()
            ? FilterSql.Condition.ACTIVE
            : FilterSql.Condition.ALWAYS;
    var condition = filter.map(f -> FilterSql.of(f, Table.USERS)).orElse(unfiltered);
    return new Kind(Table.USERS, organization.schemas().user().name(), condition, order);
  }

  /// The answer where nothing has this id.
  static ScimException missing(String type, Object id) {
    return new ScimException(404, null, type + " " + id + " not found");
  }

  private static String action(boolean before, boolean after) {
    if (before == after) return "user.updated";
    return after ? "user.activated" : "user.deactivated";
  }

  /// The names of the attributes that differ.
  static List<String> changed(ObjectNode before, ObjectNode after) {
    return Stream.concat(before.propertyNames().stream(), after.propertyNames().stream())
        .distinct()
        .filter(name -> !Objects.equals(before.get(name), after.get(name)))
        .sorted()
        .toList();
  }

  private ScimException conflict(Endpoint endpoint, UserRow row, Taken taken) {
    return taken.constraint().equals(UniqueStore.CONSTRAINT)
        ? uniqueValues.conflict(endpoint.organization().id(), row.id(), row.claims())
        : conflicts.of(endpoint, row, taken);
  }

  /// The answer where a pool has no seat left.
  static ScimException full(PoolFull full) {
    return new ScimException(
        409,
        null,
        "there is no free seat of licence '%s': all %d are used"
            .formatted(full.sku(), full.seats()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
