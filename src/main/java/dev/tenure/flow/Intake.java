package dev.tenure.flow;

import dev.tenure.deliver.Observed;
import dev.tenure.flow.KnownPeople.Known;
import dev.tenure.flow.Places.Place;
import dev.tenure.id.AccountId;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.problem.Problem;
import dev.tenure.source.Feed;
import dev.tenure.source.Feed.FeedOutcome;
import dev.tenure.source.Person;
import dev.tenure.source.Source.ReadOutcome;
import dev.tenure.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Brings what is kept of a flow's ends up to date, in the cheapest way that they allow: by the
/// source's feed or by reading it whole; the target by reading it whole now and then. Whoever
/// changed is then on the [Agenda].
final class Intake {
  /// A feed is believed for so long; then everybody is read again.
  private static final Duration BELIEVED = Duration.ofHours(24);

  private static final int BATCH = 500;

  private final Flow flow;
  private final Cycle.Books books;
  private final Optional<Feed> feed;

  /// What came of it. `complete`: nobody may be missing in what is kept. `changes`: how many people
  /// changed.
  record News(boolean complete, long changes, List<Problem> findings) {
    static final News NONE = new News(true, 0, List.of());
  }

  Intake(Flow flow, Cycle.Books books) {
    this.flow = flow;
    this.books = books;
    this.feed = flow.config().follow() ? flow.source().feed() : Optional.empty();
  }

  /// The source's feed, where it is followed.
  Optional<Feed> feed() {
    return feed;
  }

  /// Asks the feed, where there is one and it knows the place; else reads everybody. Throws the
  /// reason where that gave nobody.
  News people() {
    var place = books.places().of(flow.id());
    var now = flow.clock().instant();
    if (feed.isEmpty() || place.cursor().isEmpty() || !isBelieved(place, now)) return everybody();
    return follow(feed.get(), place, place.cursor().get());
  }

  /// The same by the feed alone; nothing where there is none.
  News follow() {
    var place = books.places().of(flow.id());
    if (feed.isEmpty() || place.cursor().isEmpty()) return News.NONE;
    return follow(feed.get(), place, place.cursor().get());
  }

  private boolean isBelieved(Place place, Instant now) {
    var tells = feed.filter(Feed::tellsOfTheGone).isPresent();
    return tells && place.readAt().filter(at -> at.plus(BELIEVED).isAfter(now)).isPresent();
  }

  private News follow(Feed from, Place place, Feed.Cursor cursor) {
    var batch = new Batch();
    return switch (from.since(cursor, new KnownOfFlow(books.people(), flow.id()), batch::add)) {
      case FeedOutcome.Read(var next, var findings) -> {
        batch.write();
        if (!next.equals(cursor)) books.places().keep(flow.id(), place.followed(next));
        yield new News(true, batch.changes, findings);
      }
      case FeedOutcome.Expired _ -> everybody();
      case FeedOutcome.Failed(var reason) -> {
        batch.write();
        yield new News(true, batch.changes, List.of(reason));
      }
    };
  }

  /// People as a feed tells of them, the last word of each.
  private final class Batch {
    private final Map<PersonKey, Optional<Person>> people = new LinkedHashMap<>();
    private long changes;

    void add(Feed.Event event) {
      switch (event) {
        case Feed.Event.Changed(var person) -> people.put(person.key(), Optional.of(person));
        case Feed.Event.Gone(var key) -> people.put(key, Optional.empty());
      }
      if (people.size() == BATCH) write();
    }

    void write() {
      var known =
          books.people().all(flow.id(), people.keySet()).stream()
              .filter(k -> k.goneAt().isEmpty())
              .collect(Collectors.toMap(k -> k.person().key(), Known::person));
      var changed =
          people.values().stream()
              .flatMap(Optional::stream)
              .filter(p -> !isSame(p, known.get(p.key())))
              .toList();
      var gone =
          people.entrySet().stream()
              .filter(e -> e.getValue().isEmpty() && known.containsKey(e.getKey()))
              .map(Map.Entry::getKey)
              .toList();
      if (!changed.isEmpty()) books.people().keep(flow.id(), changed);
      if (!gone.isEmpty()) books.people().gone(flow.id(), gone);
      changes += changed.size() + gone.size();
      people.clear();
    }
  }

  private static boolean isSame(Person now, @Nullable Person before) {
    return before != null && PersonRecord.text(now).equals(PersonRecord.text(before));
  }

  private News everybody() {
    var cursor = feed.flatMap(Feed::begin);
    var memory = Remembering.lean(books.people(), flow.id());
    var outcome = flow.source().read(memory::take);
    memory.end(outcome);
    return switch (outcome) {
      case ReadOutcome.Complete(_, var findings, _) -> {
        var now = flow.clock().instant();
        books.places().keep(flow.id(), books.places().of(flow.id()).read(cursor, now));
        yield new News(true, memory.changes(), findings);
      }
      case ReadOutcome.Incomplete(var count, var reason, var findings) -> {
        books.places().keep(flow.id(), books.places().of(flow.id()).unread(cursor));
        if (count == 0) throw reason.found();
        var all = new ArrayList<Problem>(List.of(reason));
        all.addAll(findings);
        yield new News(false, memory.changes(), all);
      }
    };
  }

  /// Reads the target whole where that is due, and sees to what its answers told. A target that was
  /// read before may fail: what is kept of it still holds.
  List<Problem> accounts() {
    index();
    var place = books.places().of(flow.id());
    var now = flow.clock().instant();
    var due = place.sweptAt().map(at -> at.plus(flow.config().sweep()));
    if (due.filter(now::isBefore).isPresent()) return List.of();
    return switch (swept(now)) {
      case Target.ReadOutcome.Complete _ -> List.of();
      case Target.ReadOutcome.Incomplete(var reason) -> {
        if (due.isEmpty()) throw reason.found();
        yield List.of(reason);
      }
    };
  }

  /// The accounts, then the groups that the flow manages.
  private Target.ReadOutcome swept(Instant now) {
    var outcome = new Sweeping(flow, books, now).run();
    if (outcome instanceof Target.ReadOutcome.Incomplete) return outcome;
    var managed = flow.policy().targetGroups();
    return managed.map(m -> new SweepingGroups(flow, books, now).run(m)).orElse(outcome);
  }

  /// Gives keys to the accounts that came with answers.
  void index() {
    while (true) {
      var open = books.observed().unindexed(flow.id(), BATCH);
      if (open.isEmpty()) return;
      var seen = open.stream().map(a -> new Observed.Seen(a, flow.keys().of(a))).toList();
      books.observed().keep(flow.id(), seen);
    }
  }

  /// Gives all kept accounts the keys by which the rules of now look for them.
  void rekey() {
    Optional<AccountId> last = Optional.empty();
    while (true) {
      var page = books.observed().page(flow.id(), last, BATCH);
      books.observed().keep(flow.id(), page.stream().flatMap(this::otherwise).toList());
      if (page.size() < BATCH) return;
      last = Optional.of(page.getLast().account().id());
    }
  }

  private Stream<Observed.Seen> otherwise(Observed.Seen seen) {
    var keys = flow.keys().of(seen.account());
    return keys.equals(seen.keys())
        ? Stream.empty()
        : Stream.of(new Observed.Seen(seen.account(), keys));
  }

  /// What is known of the people of one flow.
  private record KnownOfFlow(KnownPeople people, FlowId flow) implements Feed.Known {
    @Override
    public Set<PersonKey> inGroup(String group) {
      return people.inGroup(flow, group);
    }

    @Override
    public Set<String> groups() {
      return people.groups(flow);
    }

    @Override
    public boolean knows(PersonKey person) {
      return people.find(flow, person).filter(known -> known.goneAt().isEmpty()).isPresent();
    }

    @Override
    public Set<PersonKey> everybody() {
      return people.digests(flow).keySet();
    }
  }
}
