package dev.tenure.notify;

import dev.tenure.config.Secret;
import dev.tenure.database.Database;
import dev.tenure.notify.Notices.Ends;
import dev.tenure.notify.Receiver.Way;
import dev.tenure.notify.store.PostgresNotices;
import dev.tenure.notify.store.PostgresOutbox;
import dev.tenure.signal.MovableClock;
import dev.tenure.testkit.TestDatabase;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// A database of the flow `people`, receivers, and any number of nodes that tell them.
final class NotifyWorld implements AutoCloseable {
  static final Secret SECRET = new Secret("a-secret-that-nobody-guesses");

  private final Database database = TestDatabase.fresh();
  private final MovableClock clock = new MovableClock();
  private final TestHook hook = new TestHook();
  private final Ways ways = new Ways(clock);
  private NotifyConfig config =
      new NotifyConfig(Thresholds.USUAL, List.of(webhook("one"), webhook("two")));
  private final Random random = new Random(2);
  private int plans;

  Receiver webhook(String name) {
    var way = new Way.Webhook(hook.address(name), SECRET);
    return new Receiver(name, way, EnumSet.allOf(Kind.class), Set.of());
  }

  Database database() {
    return database;
  }

  MovableClock clock() {
    return clock;
  }

  TestHook hook() {
    return hook;
  }

  Messenger ways() {
    return ways;
  }

  Outbox outbox() {
    return new PostgresOutbox(database.jdbi());
  }

  /// From now on these are told.
  void receivers(Receiver... receivers) {
    config = new NotifyConfig(Thresholds.USUAL, List.of(receivers));
  }

  /// A node of its own; not started.
  Notifier node(Messenger messenger) {
    var stores =
        new Notifier.Stores(
            new PostgresNotices(database.jdbi()), new PostgresOutbox(database.jdbi()));
    return new Notifier(stores, this::setting, new Notifier.World(messenger, clock, random));
  }

  private Setting setting() {
    var ends = new Ends("people", "https://target.example.com/scim", "", "");
    return new Setting(
        config, List.of(ends), Optional.of(URI.create("https://tenure.example.com")));
  }

  /// What a node does that nothing happens to.
  void once() {
    node(ways).once();
  }

  /// The guard holds one more change, in a plan of its own.
  void hold(String cluster) {
    plans++;
    sql(
        """
        insert into plan (flow, number, made_at, made_by, state, population, findings, links)
        values ('people', %1$d, now(), 'test', 'held', '{}', '[]', '[]');
        insert into change (flow, plan, seq, lane, person, name, request, reasons, held, digest,
          state, next_at, cluster)
        values ('people', %1$d, 1, 3, 'person of %2$s', 'ann@example.com', '{}', '[]', true, 'd',
          'held', now(), '%2$s')
        """
            .formatted(plans, cluster));
  }

  /// Nothing of it is held any more.
  void release(String cluster) {
    sql("update change set state = 'done' where cluster = '" + cluster + "'");
  }

  void sql(String statements) {
    database.jdbi().useHandle(handle -> handle.createScript(statements).execute());
  }

  List<String> texts(String query) {
    return database.jdbi().withHandle(h -> h.createQuery(query).mapTo(String.class).list());
  }

  long count(String table) {
    return Long.parseLong(texts("select count(*)::text from " + table).getFirst());
  }

  @Override
  public void close() {
    ways.close();
    hook.close();
    database.close();
  }
}
