package dev.tenure.organization.limit;

import dev.tenure.config.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The sections `rateLimit` of an organization and of its clients. `flows`: whether the limit holds
/// for the flows that write into the organization, too.
public record RateLimits(RateLimit all, Map<String, RateLimit> clients, boolean flows) {
  private static final String KEY = "rateLimit";
  private static final String FLOW = "flow ";

  public RateLimits {
    clients = Map.copyOf(clients);
  }

  /// What holds where nothing is configured.
  public static RateLimits usual(boolean genesys) {
    return new RateLimits(RateLimit.usual(genesys), Map.of(), false);
  }

  /// `organization` is the organization's section.
  public static RateLimits read(Section organization, boolean genesys) {
    var own = organization.section(KEY);
    var usual = RateLimit.usual(genesys);
    var clients = new LinkedHashMap<String, RateLimit>();
    organization
        .sections("clients")
        .forEach((name, client) ->
            client.section(KEY).ifPresent(s -> clients.put(name, limit(s, usual))));
    return new RateLimits(
        own.map(s -> limit(s, usual)).orElse(usual),
        clients,
        own.map(s -> s.flag("flows", false)).orElse(false));
  }

  /// The limit of this client; absent where it has none. The name of a flow's client is the only
  /// one with a space.
  Optional<RateLimit> of(String client) {
    if (client.startsWith(FLOW) && !flows) return Optional.empty();
    return Optional.of(clients.getOrDefault(client, all)).filter(limit -> !limit.unlimited());
  }

  private static RateLimit limit(Section section, RateLimit usual) {
    var perMinute = section.count("requestsPerMinute", usual.perMinute());
    section.require(
        !(usual.byWindow() && section.has("burst")),
        "burst",
        "has no meaning in the profile genesys, whose budget is that of a minute");
    var burst = section.count("burst", perMinute);
    section.require(burst > 0 || perMinute == 0, "burst", "must be at least 1");
    return new RateLimit(perMinute, Math.max(1, burst), usual.byWindow());
  }
}
