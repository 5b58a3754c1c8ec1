package dev.tenure.policy;

import dev.tenure.config.Section;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// From when on a part of a plan looks like an accident, for each [Suspicion].
public record GuardLimits(Map<Suspicion, Limit> limits) {
  /// Holds nothing back.
  public static final GuardLimits OPEN = same(new Limit(Integer.MAX_VALUE, 1));

  public GuardLimits {
    var all = new EnumMap<Suspicion, Limit>(Suspicion.class);
    for (var kind : Suspicion.values()) all.put(kind, limits.getOrDefault(kind, kind.usual()));
    limits = Collections.unmodifiableMap(all);
  }

  /// The usual limits, but these for leavers.
  public GuardLimits(int leaversMax, double leaversShareMax) {
    this(Map.of(Suspicion.LEAVERS, new Limit(leaversMax, leaversShareMax)));
  }

  private static GuardLimits same(Limit limit) {
    var all = new EnumMap<Suspicion, Limit>(Suspicion.class);
    for (var kind : Suspicion.values()) all.put(kind, limit);
    return new GuardLimits(all);
  }

  public Limit of(Suspicion kind) {
    return limits.getOrDefault(kind, kind.usual());
  }

  /// Reads `leavers` and `share`, and for every other kind a section with `count` and `share`.
  static GuardLimits read(Section guard) {
    var all = new EnumMap<Suspicion, Limit>(Suspicion.class);
    var leavers = Suspicion.LEAVERS.usual();
    all.put(
        Suspicion.LEAVERS,
        new Limit(guard.count("leavers", leavers.count()), guard.share("share", leavers.share())));
    for (var kind : Suspicion.values()) {
      if (kind == Suspicion.LEAVERS) continue;
      guard.section(kind.wire()).ifPresent(s -> all.put(kind, limit(s, kind.usual())));
    }
    return new GuardLimits(all);
  }

  private static Limit limit(Section section, Limit usual) {
    return new Limit(section.count("count", usual.count()), section.share("share", usual.share()));
  }
}
