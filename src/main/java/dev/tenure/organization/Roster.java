package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.RosterStore;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// The users and groups of an organization for those who follow it: all of them at one moment, and
/// who changed since. Throws [dev.tenure.problem.Problem.Found] with `DATABASE_UNREACHABLE` where
/// the database fails.
public final class Roster {
  private final RosterStore store;

  /// A user: its document without id, and the groups that it is directly in.
  public record User(UUID id, String document, List<UUID> groups) {}

  /// A group, and the groups that it is directly in.
  public record Group(UUID id, String name, List<UUID> groups) {}

  /// An organization as it is at one moment.
  public interface Moment extends AutoCloseable {
    /// All groups.
    List<Group> groups();

    /// The next users in the order of their ids; none where there are no more.
    List<User> next();

    @Override
    void close();
  }

  Roster(Database database) {
    this.store = new RosterStore(database);
  }

  /// The place from which on [#since] gives all that is not in a [#moment] taken afterwards.
  public long place(OrganizationId organization) {
    return store.end(organization);
  }

  /// What happened behind a place. `told`: the numbers of changes that were given already and had
  /// no place of their own then.
  public Happened since(OrganizationId organization, long place, Set<Long> told) {
    return Happened.of(store.since(organization, place, told), told);
  }

  /// Whether [#since] would have anything.
  public boolean isPending(OrganizationId organization, long place, Set<Long> told) {
    return store.isPending(organization, place, told);
  }

  /// Everybody as they are at one moment, read by pages of so many; to be closed.
  public Moment moment(OrganizationId organization, int page) {
    return store.moment(organization, page);
  }

  /// Those of these users that there are now.
  public List<User> users(OrganizationId organization, Collection<UUID> ids) {
    return store.users(organization, ids);
  }

  /// These groups and all that they are in.
  public List<Group> above(OrganizationId organization, Collection<UUID> groups) {
    return store.above(organization, groups);
  }

  /// The users in those of these that are groups, through others too.
  public List<UUID> below(OrganizationId organization, Collection<UUID> groups) {
    return store.below(organization, groups);
  }
}
