package dev.tenure.source.organization;

import dev.tenure.id.OrganizationId;
import dev.tenure.id.PersonKey;
import dev.tenure.organization.Happened;
import dev.tenure.organization.Roster;
import dev.tenure.organization.Roster.User;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Feed;
import dev.tenure.source.Time;
import dev.tenure.source.scim.Keying;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// The changes of an organization, from its audit log. People are read after the log was: each is
/// given as they are now, and what changes in between is told again.
///
/// A deletion is known by the id alone: with another key than `id`, and where the key itself may
/// have changed, only a whole read helps.
final class OrganizationFeed implements Feed {
  private static final Duration BETWEEN = Duration.ofMillis(200);
  private static final int AT_ONCE = 500;
  private static final String ID = "id";

  private final OrganizationId organization;
  private final Keying keying;
  private final Roster roster;
  private final Time time;
  private LogPlace last = LogPlace.at(0);

  OrganizationFeed(OrganizationSourceConfig config, Roster roster, Time time) {
    this.organization = config.organization();
    this.keying = config.keying();
    this.roster = roster;
    this.time = time;
  }

  @Override
  public Optional<Cursor> begin() {
    try {
      return Optional.of(LogPlace.at(roster.place(organization)).cursor());
    } catch (Problem.Found e) {
      // The read that follows tells why.
      return Optional.empty();
    }
  }

  @Override
  public FeedOutcome since(Cursor cursor, Known known, Consumer<Event> events) {
    var place = place(cursor);
    if (place.isEmpty()) return behind("the place is none of this feed's");
    var findings = new ArrayList<Problem>();
    try {
      var happened = roster.since(organization, place.get().seq(), place.get().told());
      if (!happened.isKnown()) return behind("the log no longer has what happened since");
      if (isBeyondIds(happened, known)) return behind("a key may have changed or gone");
      tell(happened, known, events, findings);
      last = new LogPlace(happened.next(), happened.told());
      return new FeedOutcome.Read(last.cursor(), findings);
    } catch (Problem.Found e) {
      if (!e.has(Code.DATABASE_UNREACHABLE)) throw e;
      return new FeedOutcome.Failed(e.problems().getFirst());
    }
  }

  /// What had no place when it was told is remembered here only: after a restart it is told again.
  private Optional<LogPlace> place(Cursor cursor) {
    return cursor.equals(last.cursor()) ? Optional.of(last) : LogPlace.parse(cursor);
  }

  private FeedOutcome behind(String why) {
    return new FeedOutcome.Expired(
        new Problem(
            Code.SOURCE_BEHIND,
            why,
            Map.of("organization", organization.value()),
            "nothing: the organization is read whole"));
  }

  private boolean isBeyondIds(Happened happened, Known known) {
    if (keying.key().equals(ID)) return false;
    return !happened.deleted().isEmpty()
        || happened.attributes().contains(keying.attributes().origin(keying.key()))
        || happened.formerGroups().stream().anyMatch(name -> !known.inGroup(name).isEmpty());
  }

  private void tell(
      Happened happened, Known known, Consumer<Event> events, List<Problem> findings) {
    if (happened.isQuiet()) return;
    var ids = new LinkedHashSet<>(happened.concerned());
    ids.addAll(roster.below(organization, happened.concerned()));
    for (var name : happened.formerGroups()) {
      known.inGroup(name).forEach(key -> id(key).ifPresent(ids::add));
    }
    var all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      var some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
      tell(some, happened.deleted(), events, findings);
    }
  }

  /// Absent for a key that is none of this organization's.
  private static Optional<UUID> id(PersonKey key) {
    try {
      return Optional.of(UUID.fromString(key.value()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void tell(
      List<UUID> ids, Set<UUID> deleted, Consumer<Event> events, List<Problem> findings) {
    var users = roster.users(organization, ids);
    var direct = new HashSet<UUID>();
    users.forEach(user -> direct.addAll(user.groups()));
    var groups = new UserGroups(direct.isEmpty() ? List.of() : roster.above(organization, direct));
    var there = new HashSet<UUID>();
    for (var user : users) {
      there.add(user.id());
      event(user, groups, findings).ifPresent(events);
    }
    // Who is not there and was not said to be deleted is told of by the next read.
    for (var id : ids) {
      if (deleted.contains(id) && !there.contains(id)) {
        events.accept(new Event.Gone(new PersonKey(id.toString())));
      }
    }
  }

  /// Absent for a user without a key, who is a finding.
  private Optional<Event> event(User user, UserGroups groups, List<Problem> findings) {
    var document = UserGroups.document(user);
    var key = keying.key(document);
    if (key.isEmpty()) {
      findings.add(withoutKey(user.id()));
      return Optional.empty();
    }
    if (keying.isForeign(document)) return Optional.of(new Event.Gone(key.get()));
    return keying.person(document, groups.of(user)).map(Event.Changed::new);
  }

  private Problem withoutKey(UUID id) {
    return new Problem(
        Code.SOURCE_ROW,
        "a user has no usable key and was left out",
        Map.of("record", "user " + id, "key", keying.key()),
        "give the user a value in '" + keying.key() + "'");
  }

  @Override
  public void await(Cursor cursor, Duration longest) throws InterruptedException {
    time.await(longest, BETWEEN, () -> isPending(cursor));
  }

  /// A place that is not known, and a database that fails, are told by [#since].
  private boolean isPending(Cursor cursor) {
    var place = place(cursor);
    if (place.isEmpty()) return true;
    try {
      return roster.isPending(organization, place.get().seq(), place.get().told());
    } catch (Problem.Found e) {
      return true;
    }
  }
}
