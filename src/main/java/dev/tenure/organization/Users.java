package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.FilterSql;
import dev.tenure.organization.store.SearchStore;
import dev.tenure.organization.store.SearchStore.Kind;
import dev.tenure.organization.store.StoredResource;
import dev.tenure.organization.store.Table;
import dev.tenure.organization.store.Taken;
import dev.tenure.organization.store.UniqueStore;
import dev.tenure.organization.store.UserRow;
import dev.tenure.organization.store.UserStore;
import dev.tenure.organization.store.UserStore.Removal;
import dev.tenure.organization.store.UserStore.Update;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.message.SortOrder;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
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
  private final UserStore store;
  private final SearchStore search;
  private final Uniqueness uniqueness;
  private final Clock clock;
  private final NewId ids;

  Users(Database database, Clock clock, RandomGenerator random) {
    this.store = new UserStore(database);
    this.search = new SearchStore(database);
    this.uniqueness = new Uniqueness(database);
    this.clock = clock;
    this.ids = new NewId(clock, random);
  }

  /// Makes a user of what a client sent. Throws 409 `uniqueness` where a unique value is taken, 400
  /// `invalidValue` where the organization refuses a value.
  public StoredResource create(Organization organization, Resource body) {
    var document = UserDocument.of(organization, body.json());
    var row = document.row(ids.next());
    var now = now();
    try {
      store.create(organization.id(), row, now);
    } catch (Taken taken) {
      throw conflict(organization.id(), row, taken);
    }
    return new StoredResource(row.id(), 1, now, now, row.document(), "");
  }

  /// The user of this id.
  public Optional<StoredResource> get(Endpoint endpoint, UUID id) {
    return store.get(endpoint.organization().id(), id, endpoint.base());
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

  private record Change(boolean whole, UnaryOperator<Resource> change) {}

  private StoredResource write(
      Endpoint endpoint, UUID id, Precondition precondition, Change change) {
    for (int race = 0; race < RACES_MAX; race++) {
      var stored = get(endpoint, id).orElseThrow(() -> Users.missing("User", id));
      if (!precondition.holds(stored)) throw endpoint.organization().profile().stale();
      var written = attempt(endpoint.organization(), stored, change);
      if (written.isPresent()) return written.get();
    }
    throw new ScimException(503, null, "too many changes of this user at once: try again");
  }

  private Optional<StoredResource> attempt(
      Organization organization, StoredResource stored, Change change) {
    var before = (ObjectNode) ScimJson.read(stored.document());
    var after = UserDocument.of(organization, change.change().apply(Resource.of(before)).json());
    if (after.json().equals(before)) return Optional.of(stored);
    var now = now();
    var row = after.row(stored.id());
    var deactivates = before.path("active").asBoolean(true) && !after.active();
    if (deactivates && organization.deactivation() == Deactivation.DELETE) {
      return store.delete(
              organization.id(),
              row.id(),
              new Removal(stored.version(), Told.DEACTIVATED_AND_DELETED, now))
          ? Optional.of(stored.changed(stored.version() + 1, now, row.document()))
          : Optional.empty();
    }
    var told = Told.changed(change.whole(), before.path("active").asBoolean(true), after.active());
    var action = action(before.path("active").asBoolean(true), after.active());
    var update = new Update(stored.version(), action, changed(before, after.json()), told, now);
    try {
      return store.update(organization.id(), row, update)
          ? Optional.of(stored.changed(stored.version() + 1, now, row.document()))
          : Optional.empty();
    } catch (Taken taken) {
      throw conflict(organization.id(), row, taken);
    }
  }

  /// Deletes a user. Throws 404 where there is none, or the profile's answer to a stale version.
  public void delete(Endpoint endpoint, UUID id, Precondition precondition) {
    var organization = endpoint.organization();
    for (int race = 0; race < RACES_MAX; race++) {
      var version = version(endpoint, id, precondition);
      if (store.delete(organization.id(), id, new Removal(version, Told.DELETED, now()))) return;
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

  private ScimException conflict(OrganizationId organization, UserRow row, Taken taken) {
    if (taken.constraint().equals(UniqueStore.CONSTRAINT)) {
      return uniqueness.conflict(organization, row.id(), row.claims());
    }
    var claim =
        switch (taken.constraint()) {
          case "scim_user_user_name" -> new Claim("userName", row.userName());
          case "scim_user_external_id" -> new Claim("externalId", row.externalId());
          case "scim_user_email" -> new Claim("work email", row.emailClaim());
          default -> new Claim(taken.constraint(), "");
        };
    var holder = store.holder(organization, row).map(h -> "user " + h).orElse("another user");
    var detail = claim + " is taken by " + holder + ": it must be unique here";
    return new ScimException(409, ScimType.uniqueness, detail)
        .with(
            Map.of(
                "attribute", claim.attribute(),
                "value", String.valueOf(claim.value()),
                "holder", holder,
                "person", row.userName()));
  }

  /// A value that belongs to one user only.
  private record Claim(String attribute, @Nullable String value) {
    @Override
    public String toString() {
      return attribute + " '" + value + "'";
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
