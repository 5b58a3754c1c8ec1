package dev.tenure.deliver.budget;

import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// What is configured of a target's budget. `perMinute`: the limit, where it is known beforehand;
/// `share`: the part of it that we use, 0 < x ≤ 1; `reserve`: by which part of it leavers may
/// overdraw, 0 ≤ x < 1.
public record Terms(OptionalLong perMinute, double share, double reserve) {
  /// What holds where nothing is configured: limits are learned from the target's answers.
  public static final Terms USUAL = new Terms(OptionalLong.empty(), 1.0, 0.1);

  private static final Pattern RATE = Pattern.compile("([0-9]{1,9})/(s|min|h)");

  public Terms {
    if (share <= 0 || share > 1 || reserve < 0 || reserve >= 1) {
      throw new IllegalArgumentException("share and reserve are parts of the limit");
    }
  }

  /// Reads `rate`, `share` and `reserve` of a target's section.
  public static Terms read(Section target) {
    var share = target.share("share", USUAL.share);
    target.require(share > 0 && share <= 1, "share", "must be above 0 % and at most 100 %");
    var reserve = target.share("reserve", USUAL.reserve);
    target.require(reserve >= 0 && reserve <= 0.5, "reserve", "must be 0 % to 50 %");
    return new Terms(
        rate(target),
        share > 0 && share <= 1 ? share : 1,
        reserve >= 0 && reserve < 1 ? reserve : 0);
  }

  private static OptionalLong rate(Section target) {
    var text = target.optionalText("rate");
    if (text.isEmpty()) return OptionalLong.empty();
    var matcher = RATE.matcher(text.get().strip());
    if (matcher.matches()) {
      var count = Long.parseLong(matcher.group(1));
      var perMinute =
          switch (matcher.group(2)) {
            case "s" -> count * 60;
            case "h" -> count / 60;
            default -> count;
          };
      if (perMinute >= 1) return OptionalLong.of(perMinute);
    }
    target.problem(
        "rate",
        Code.CONFIG_VALUE,
        "this is not a rate of at least one request a minute",
        "write it as 300/min, 10/s or 5000/h");
    return OptionalLong.empty();
  }
}
