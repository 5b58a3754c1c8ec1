package dev.tenure.plan;

/// How a userName changes hands within a plan: `takes` is sent after `gives` of the same name took
/// effect. Where all of a circle wait for each other, one of them makes way: its account first gets
/// the name `detour`, and what is planned when the name that it takes is free. Names are in lower
/// case (RFC 7643 §4.1.1), empty for none; `detour` is as it is sent.
public record Handover(String gives, String takes, String detour) {
  /// Nobody waits for anybody.
  public static final Handover NONE = new Handover("", "", "");

  /// Whether the account passes under another name.
  public boolean makesWay() {
    return !detour.isEmpty();
  }

  Handover giving(String name) {
    return new Handover(name, takes, detour);
  }

  Handover taking(String name) {
    return new Handover(gives, name, detour);
  }

  Handover by(String way) {
    return new Handover(gives, takes, way);
  }
}
