package dev.tenure.target.scim;

import dev.tenure.config.Secret;
import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import java.net.URI;
import java.net.URISyntaxException;
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
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int PAGE_SIZE = 100;
  private static final int PAGE_SIZE_MAX = 1_000;
  private static final String URL = "url";

  public ScimTargetConfig {
    var text = base.toString();
    if (text.endsWith("/")) base = URI.create(text.substring(0, text.length() - 1));
  }

  public static ScimTargetConfig read(Section section) {
    var pageSize = section.count("pageSize", PAGE_SIZE);
    section.require(
        pageSize >= 1 && pageSize <= PAGE_SIZE_MAX, "pageSize", "must be 1 to " + PAGE_SIZE_MAX);
    var timeout = section.duration("timeout", TIMEOUT);
    section.require(timeout.toMillis() > 0, "timeout", "must be more than nothing");
    var token = section.secret("token");
    return new ScimTargetConfig(
        address(section),
        () -> token,
        timeout,
        pageSize,
        section.flag("sweepsInactiveSeparately", false));
  }

  private static URI address(Section section) {
    try {
      var uri = new URI(section.text(URL));
      var isWeb = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (isWeb && uri.getHost() != null && uri.getQuery() == null) return uri;
    } catch (URISyntaxException e) {
      // Told below, with what is wanted.
    }
    section.problem(
        URL,
        Code.CONFIG_VALUE,
        "this is not the address of a SCIM server",
        "write it as https://host/scim/v2");
    return URI.create("http://invalid");
  }
}
