package dev.tenure.flow;

import dev.tenure.config.Section;
import dev.tenure.deliver.DeliveryConfig;
import dev.tenure.plan.Seats.WhenFull;
import dev.tenure.reconcile.ReconcileConfig;
import java.time.Duration;

/// What a flow's section says about its running. `schedule`: when both ends are looked at.
/// `follow`: a cycle also starts when the source tells of a change. `sweep`: the target is read
/// whole so often; meanwhile its answers tell how it is. `whenFull`: what becomes of people for
/// whom the target has no free seat.
public record FlowConfig(
    Schedule schedule,
    boolean follow,
    Duration sweep,
    DeliveryConfig deliver,
    ReconcileConfig reconcile,
    WhenFull whenFull) {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration SWEEP = Duration.ofHours(1);

  /// Reads `every` or `cron`, `follow`, `sweep`, `deliver`, `reconcile` and `whenFull` of the
  /// flow's section.
  public static FlowConfig read(Section section) {
    var schedule = Schedule.read(section, EVERY);
    var deliver =
        section.section("deliver").map(DeliveryConfig::read).orElse(DeliveryConfig.DEFAULT);
    var reconcile = section.section("reconcile").map(ReconcileConfig::read);
    var follow = section.flag("follow", true);
    var sweep = section.duration("sweep", SWEEP);
    var full = section.oneOf("whenFull", WhenFull.WAIT);
    return new FlowConfig(
        schedule, follow, sweep, deliver, reconcile.orElse(ReconcileConfig.USUAL), full);
  }

  /// The usual time between two looks at both ends.
  public Duration every() {
    return schedule.every();
  }
}
