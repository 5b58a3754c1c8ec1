package dev.tenure.access;

import dev.tenure.config.Section;
import java.time.Duration;
import java.util.Optional;

/// Section `console`. `enabled`: the server shows the console; `idle`: a session ends when nothing
/// was asked for so long, and after `life` in any case; `openId`: who else vouches for people.
public record AccessConfig(
    boolean enabled, Duration idle, Duration life, Optional<OpenIdConfig> openId) {
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final Duration LIFE = Duration.ofHours(12);

  /// What holds where nothing is said.
  public static final AccessConfig USUAL = new AccessConfig(true, IDLE, LIFE, Optional.empty());

  public static AccessConfig read(Section section) {
    var idle = section.duration("idle", IDLE);
    section.require(idle.compareTo(Duration.ofMinutes(2)) >= 0, "idle", "must be at least 2m");
    var life = section.duration("life", LIFE);
    section.require(life.compareTo(idle) >= 0, "life", "must be at least as long as idle");
    var openId = section.section("openid").map(OpenIdConfig::read);
    return new AccessConfig(section.flag("enabled", true), idle, life, openId);
  }
}
