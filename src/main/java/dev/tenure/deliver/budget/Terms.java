package dev.tenure.deliver.budget;

import dev.tenure.config.Section;
import java.util.OptionalLong;

/// What is configured of a target's budget. `perMinute`: the limit, where it is known beforehand;
/// `share`: the part of it that we use, 0 < x ≤ 1; `reserve`: by which part of it leavers may
/// overdraw, 0 ≤ x < 1.
public record Terms(OptionalLong perMinute, double share, double reserve) {
  /// What holds where nothing is configured: limits are learned from the target's answers.
  public static final Terms USUAL = new Terms(OptionalLong.empty(), 1.0, 0.1);

  public Terms {
    if (share <= 0 || share > 1 || reserve < 0 || reserve >= 1) {
      throw new IllegalArgumentException("share and reserve are parts of the limit");
    }
  }

  /// Reads the section `budget` of a target.
  public static Terms read(Section target) {
    return target.section("budget").map(Terms::of).orElse(USUAL);
  }

  private static Terms of(Section budget) {
    var share = budget.share("share", USUAL.share);
    budget.require(share > 0 && share <= 1, "share", "must be above 0 % and at most 100 %");
    var reserve = budget.share("reserve", USUAL.reserve);
    budget.require(reserve >= 0 && reserve <= 0.5, "reserve", "must be 0 % to 50 %");
    var perMinute = budget.count("requestsPerMinute", 0);
    budget.require(
        perMinute >= 1 || !budget.has("requestsPerMinute"),
        "requestsPerMinute",
        "must be at least 1");
    return new Terms(
        perMinute >= 1 ? OptionalLong.of(perMinute) : OptionalLong.empty(),
        share > 0 && share <= 1 ? share : 1,
        reserve >= 0 && reserve <= 0.5 ? reserve : 0);
  }
}
