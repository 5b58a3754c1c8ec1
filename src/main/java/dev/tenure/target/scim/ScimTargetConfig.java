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
/// the inactive ones. `groupChunk`: so many members of a group are changed by one request.
/// `readSchemas`: what its `/ResourceTypes` and `/Schemas` say counts. `bulk`: what it offers for
/// several changes in one request is used.
public record ScimTargetConfig(
    URI base,
    Supplier<Secret> token,
    Duration timeout,
    int pageSize,
    boolean sweepsInactiveSeparately,
    int groupChunk,
    boolean readSchemas,
    boolean bulk) {
  private static final int CHUNK = 1_000;
  private static final int CHUNK_MAX = 10_000;

  /// What Genesys Cloud's own tools send at most; its limit is not published.
  private static final int CHUNK_OF_GENESYS = 50;

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
    var separately = section.flag("sweepsInactiveSeparately", false);
    var chunk = section.count("groupChunk", usualChunk(separately));
    section.require(chunk >= 1 && chunk <= CHUNK_MAX, "groupChunk", "must be 1 to " + CHUNK_MAX);
    var token = section.secret("token");
    return new ScimTargetConfig(
        Endpoint.address(section, "url"),
        () -> token,
        Endpoint.timeout(section),
        pageSize,
        separately,
        chunk,
        section.flag("readSchemas", true),
        section.flag("bulk", true));
  }

  /// So many members of a group one request changes, where nobody says otherwise.
  public static int usualChunk(boolean isGenesys) {
    return isGenesys ? CHUNK_OF_GENESYS : CHUNK;
  }
}
