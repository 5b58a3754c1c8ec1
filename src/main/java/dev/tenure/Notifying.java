package dev.tenure;

import dev.tenure.Settings.FlowSettings;
import dev.tenure.Settings.TargetSettings;
import dev.tenure.database.Database;
import dev.tenure.notify.Messenger;
import dev.tenure.notify.Notices.Ends;
import dev.tenure.notify.Notifier;
import dev.tenure.notify.Setting;
import dev.tenure.notify.store.PostgresNotices;
import dev.tenure.notify.store.PostgresOutbox;
import dev.tenure.target.Bought;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Puts the parts together that tell what happens. What the configuration says counts at once.
final class Notifying {
  private Notifying() {}

  static Notifier of(
      Database database, Supplier<Settings> settings, Messenger messenger, RandomGenerator random) {
    var stores =
        new Notifier.Stores(
            new PostgresNotices(database.jdbi()), new PostgresOutbox(database.jdbi()));
    var world = new Notifier.World(messenger, Clock.systemUTC(), random);
    return new Notifier(stores, () -> setting(settings.get()), world);
  }

  private static Setting setting(Settings settings) {
    return new Setting(
        settings.notifying(),
        settings.flows().stream().map(Notifying::ends).toList(),
        settings.server().outside().url());
  }

  private static Ends ends(FlowSettings flow) {
    var organization =
        flow.target() instanceof TargetSettings.Hosted hosted ? hosted.organization().value() : "";
    var licensed = flow.target().licences().map(Bought::target).orElse("");
    return new Ends(flow.id().value(), flow.target().budget(), organization, licensed);
  }
}
