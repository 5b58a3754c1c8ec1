package dev.tenure.database;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node among those that serve the same database. Each says every 5 seconds that it lives; one
/// that said nothing for 15 seconds counts no more.
public final class Nodes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
  private static final Duration BEAT = Duration.ofSeconds(5);

  private static final String LIVE =
      """
      with gone as (
        delete from node
        where seen < statement_timestamp() - interval '1 day' and node <> :node),
      beat as (
        insert into node (node, seen) values (:node, statement_timestamp())
        on conflict (node) do update set seen = excluded.seen)
      select count(*) from node
      where node <> :node and seen > statement_timestamp() - interval '15 seconds'\
      """;

  private static final String LEAVE = "delete from node where node = :node";

  private final Jdbi jdbi;
  private final String name = UUID.randomUUID().toString();
  private final IntConsumer others;
  private final CountDownLatch closing = new CountDownLatch(1);

  private Nodes(Jdbi jdbi, IntConsumer others) {
    this.jdbi = jdbi;
    this.others = others;
  }

  /// Joins, and tells `others` now and at every beat how many other nodes there are.
  public static Nodes join(Database database, IntConsumer others) {
    var nodes = new Nodes(database.jdbi(), others);
    nodes.beat();
    Thread.ofVirtual().name("node").start(nodes::run);
    return nodes;
  }

  /// Leaves: the others need not wait for the silence.
  @Override
  public void close() {
    closing.countDown();
    jdbi.useHandle(handle -> handle.createUpdate(LEAVE).bind("node", name).execute());
  }

  private void run() {
    try {
      while (!closing.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) beat();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat() {
    try {
      others.accept(
          jdbi.withHandle(
              handle -> handle.createQuery(LIVE).bind("node", name).mapTo(Integer.class).one()));
    } catch (RuntimeException e) {
      // The database comes back, or the requests tell that it doesn't.
      LOG.warn("this node could not say that it lives", e);
    }
  }
}
