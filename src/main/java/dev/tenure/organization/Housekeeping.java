package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.id.Correlation;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.DeletedStore;
import dev.tenure.organization.store.OrganizationStore;
import dev.tenure.organization.store.TraitStore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What must be done from time to time, by any number of nodes at once: users whose retention has
/// passed are purged, sessions that ended long ago and habits of clients forgotten, and seats put
/// right that somebody wrote by the settings of a moment before they changed.
public final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration PURGE_EVERY = Duration.ofMinutes(10);
  private static final Duration SETTLE_EVERY = Duration.ofMinutes(1);

  /// Longer than any statement runs and any node remembers settings.
  private static final Duration UNSETTLED = Duration.ofMinutes(10);

  private static final Duration SESSIONS_KEPT = Duration.ofDays(30);
  private static final Duration DIALECTS_KEPT = Duration.ofDays(90);
  private static final Correlation NAME = new Correlation("housekeeping", "-");
  private final OrganizationStore store;
  private final DeletedStore deleted;
  private final Administration administration;
  private final TraitStore traits;
  private final Clock clock;

  Housekeeping(Database database, Clock clock, Administration administration) {
    this.store = new OrganizationStore(database);
    this.deleted = new DeletedStore(database);
    this.traits = new TraitStore(database);
    this.administration = administration;
    this.clock = clock;
  }

  /// Begins to do it, until it is closed.
  public AutoCloseable start() {
    ScheduledExecutorService times =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());
    repeat(times, this::purge, PURGE_EVERY);
    repeat(times, this::settle, SETTLE_EVERY);
    return times::shutdownNow;
  }

  private static void repeat(ScheduledExecutorService times, Runnable work, Duration every) {
    Runnable safe =
        () -> {
          try {
            NAME.run(work);
          } catch (RuntimeException e) {
            LOG.warn("housekeeping failed, and is tried again in {}", every, e);
          }
        };
    var _ =
        times.scheduleWithFixedDelay(
            safe, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Purges deleted users whose retention has passed, and forgets old sessions.
  public void purge() {
    for (var organization : store.all()) {
      var now = clock.instant();
      store.get(organization).ifPresent(stored -> purge(organization, stored));
      deleted.forgetSessions(organization, now.minus(SESSIONS_KEPT));
      traits.forget(organization, now.minus(DIALECTS_KEPT));
    }
  }

  private void purge(OrganizationId organization, OrganizationStore.Declared stored) {
    var now = clock.instant();
    var retention = Settings.of(stored.settings()).lifecycle().retention();
    int purged = deleted.purge(organization, now.minus(retention), now);
    if (purged > 0) LOG.info("organization {}: {} deleted users purged", organization, purged);
  }

  /// Puts right what was written while settings changed.
  public void settle() {
    store.changedSince(clock.instant().minus(UNSETTLED)).forEach(administration::settle);
  }
}
