package dev.tenure.plan;

import dev.tenure.policy.Desired.Mapped;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Which lane a difference belongs to.
final class Lanes {
  /// What gives access: to lose one of these is urgent.
  private static final Set<String> ACCESS = Set.of("roles", "entitlements", "groups");

  /// What people call a move.
  private static final Set<String> PLACE =
      Set.of(
          "division",
          "department",
          "title",
          "manager",
          "organization",
          "costCenter",
          "userType",
          "userName",
          "routingSkills",
          "routingLanguages");

  private Lanes() {}

  /// `takesAway`: a value that was there is not wanted any more.
  static Lane of(Mapped mapped, boolean takesAway) {
    if (isActive(mapped)) return mapped.value().asBoolean(true) ? Lane.JOINER : Lane.LEAVER;
    var name = mapped.path().attribute().attribute().name();
    if (ACCESS.contains(name)) return takesAway ? Lane.MOVER_DOWN : Lane.MOVER;
    return PLACE.contains(name) ? Lane.MOVER : Lane.COSMETIC;
  }

  /// The most urgent of these, at least one.
  static Lane of(List<Step> needed) {
    return needed.stream().map(Step::lane).min(Comparator.naturalOrder()).orElseThrow();
  }

  /// Whether this is the attribute that opens and locks the account.
  static boolean isActive(Mapped mapped) {
    var ref = mapped.path().attribute();
    return !ref.extension() && ref.attribute().name().equals("active");
  }
}
