package dev.tenure.organization;

import static java.util.stream.Collectors.groupingBy;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.TraitStore;
import dev.tenure.organization.store.TraitStore.TraitRow;
import dev.tenure.scim.message.Dialect;
import dev.tenure.scim.message.Oddity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which dialect of SCIM each client speaks, with the oddities that it sent.
///
/// It is kept in memory, and added to the database every 5 seconds, in one statement for each
/// organization that had requests. What was not written yet is lost if the process is killed.
public final class Dialects {
  private static final Logger LOG = LoggerFactory.getLogger(Dialects.class);
  private static final Duration WRITTEN_EVERY = Duration.ofSeconds(5);
  private static final Executor BESIDE = work -> Thread.ofVirtual().start(work);
  private static final int CREDENTIALS_MAX = 20_000;
  private static final int AGENT_MAX = 100;
  private static final String REQUESTS = "";
  private static final Comparator<TraitRow> ORDER =
      Comparator.comparing(TraitRow::client)
          .thenComparing(TraitRow::credential)
          .thenComparing(TraitRow::trait);

  private final TraitStore store;
  private final Clock clock;
  private final Map<Key, Sighting> sightings = new ConcurrentHashMap<>();
  private final AtomicBoolean due = new AtomicBoolean();

  Dialects(Database database, Clock clock) {
    this.store = new TraitStore(database);
    this.clock = clock;
  }

  private record Key(OrganizationId organization, String client, String credential) {}

  /// Touched within `compute` only.
  private static final class Sighting {
    private final Map<String, Tally> traits = new HashMap<>();
    private String agent = "";
  }

  private record Tally(long times, Instant first, Instant last) {
    Tally and(Tally later) {
      return new Tally(times + later.times, first, later.last);
    }
  }

  /// How a client spoke with one of its credentials. `credential`: the beginning of a bearer
  /// token's hash; empty for its access tokens. `agent`: its last `User-Agent`, empty where it had
  /// none. `last` of the oddities comes first.
  public record Seen(
      String credential,
      Dialect dialect,
      String agent,
      long requests,
      Instant first,
      Instant last,
      List<Habit> habits) {}

  /// An oddity, and how many requests had it.
  public record Habit(Oddity oddity, long requests, Instant first, Instant last) {}

  /// Notes one request. Beyond 20,000 credentials within 5 seconds further ones are passed over.
  public void note(Client client, String agent, Set<Oddity> oddities) {
    var key = new Key(client.organization(), client.name(), client.credential());
    if (sightings.size() >= CREDENTIALS_MAX && !sightings.containsKey(key)) return;
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var once = new Tally(1, now, now);
    sightings.compute(
        key,
        (_, known) -> {
          var sighting = known == null ? new Sighting() : known;
          sighting.agent = agent;
          sighting.traits.merge(REQUESTS, once, Tally::and);
          for (var oddity : oddities) sighting.traits.merge(oddity.word(), once, Tally::and);
          return sighting;
        });
    if (due.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(WRITTEN_EVERY.toSeconds(), TimeUnit.SECONDS, BESIDE)
          .execute(this::flush);
    }
  }

  /// Writes what there is now. When it returns, all that was seen before is written, be it by
  /// another caller.
  public synchronized void flush() {
    due.set(false);
    var rows = new HashMap<OrganizationId, List<TraitRow>>();
    for (var key : List.copyOf(sightings.keySet())) {
      var sighting = sightings.remove(key);
      if (sighting == null) continue;
      var own = rows.computeIfAbsent(key.organization(), _ -> new ArrayList<>());
      sighting.traits.forEach((trait, tally) -> own.add(row(key, trait, tally, sighting.agent)));
    }
    rows.forEach(this::write);
  }

  private static TraitRow row(Key key, String trait, Tally tally, String agent) {
    var shown = trait.equals(REQUESTS) ? printable(agent) : "";
    return new TraitRow(
        key.client(), key.credential(), trait, tally.times(), tally.first(), tally.last(), shown);
  }

  private static String printable(String agent) {
    var text = agent.replaceAll("[^ -~]", "?");
    return text.length() > AGENT_MAX ? text.substring(0, AGENT_MAX) : text;
  }

  private void write(OrganizationId organization, List<TraitRow> rows) {
    rows.sort(ORDER);
    try {
      store.add(organization, rows);
    } catch (RuntimeException e) {
      LOG.warn("how the clients of {} speak could not be written", organization, e);
    }
  }

  /// How a client spoke with each of its credentials, by its traits; the last one first.
  static List<Seen> seen(List<TraitRow> ofClient) {
    return ofClient.stream()
        .collect(groupingBy(TraitRow::credential, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .flatMap(Dialects::seenWith)
        .toList();
  }

  private static Stream<Seen> seenWith(List<TraitRow> rows) {
    return rows.stream().filter(r -> r.trait().equals(REQUESTS)).map(r -> seen(r, rows));
  }

  private static Seen seen(TraitRow requests, List<TraitRow> rows) {
    var habits =
        rows.stream()
            .flatMap(row ->
                Oddity.named(row.trait()).stream()
                    .map(o -> new Habit(o, row.times(), row.first(), row.last())))
            .toList();
    var oddities = habits.stream().map(Habit::oddity).collect(Collectors.toSet());
    return new Seen(
        requests.credential(),
        Dialect.guess(requests.agent(), oddities),
        requests.agent(),
        requests.times(),
        requests.first(),
        requests.last(),
        habits);
  }
}
