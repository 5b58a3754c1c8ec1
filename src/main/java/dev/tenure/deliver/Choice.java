package dev.tenure.deliver;

import dev.tenure.plan.Lane;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which changes of a plan are meant: everything that is given must fit, and where nothing is, all
/// are.
///
/// `because`: what one of the change's reasons says, whole. `department`: that of the person at the
/// source. `who`: a part of the person's name or key.
public record Choice(
    Optional<Lane> lane,
    Optional<String> cluster,
    Optional<String> because,
    Optional<String> department,
    Optional<String> who) {
  /// Every change.
  public static final Choice ALL = of(Optional.empty());

  /// What the guard found suspicious together, or all.
  public static Choice of(Optional<String> cluster) {
    return new Choice(
        Optional.empty(), cluster, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// What is given, by its name, as a problem and the audit log tell it.
  public Map<String, String> given() {
    var given = new TreeMap<String, String>();
    lane.ifPresent(l -> given.put("lane", l.wire()));
    cluster.ifPresent(c -> given.put("cluster", c));
    because.ifPresent(b -> given.put("because", b));
    department.ifPresent(d -> given.put("department", d));
    who.ifPresent(w -> given.put("who", w));
    return given;
  }
}
