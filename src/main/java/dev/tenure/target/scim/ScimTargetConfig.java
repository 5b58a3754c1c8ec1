package dev.tenure.target.scim;

import dev.tenure.config.Secret;
import dev.tenure.config.Section;
import dev.tenure.remote.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/// Section `scim` of a target. `base` is the address above `/Users`, without a slash at its end;
/// `token` is asked for at each request; `timeout` is for one request with its answer; `pageSize`
/// is asked for, a server may give less. `sweepsInactiveSeparately`: lists without a filter leave
/// inactive users out (Genesys Cloud), so that a whole read asks for the active ones and then for
/// the inactive ones.
public record ScimTargetConfig(
    URI base,
    Supplier<Secret> token,
    Duration timeout,
    int pageSize,
    boolean sweepsInactiveSeparately) {
  private static final int PAGE_SIZE = 100;
  private static final int PAGE_SIZE_MAX = 1_000;

  public ScimTargetConfig {
    base = new Endpoint(base, token, timeout).base();
  }

  Endpoint endpoint() {
    return new Endpoint(base, token, timeout);
  }

  public static ScimTargetConfig read(Section section) {
    var pageSize = section.count("pageSize", PAGE_SIZE);
    section.require(
        pageSize >= 1 && pageSize <= PAGE_SIZE_MAX, "pageSize", "must be 1 to " + PAGE_SIZE_MAX);
    var token = section.secret("token");
    return new ScimTargetConfig(
        Endpoint.address(section, "url"),
        () -> token,
        Endpoint.timeout(section),
        pageSize,
        section.flag("sweepsInactiveSeparately", false));
  }
}
