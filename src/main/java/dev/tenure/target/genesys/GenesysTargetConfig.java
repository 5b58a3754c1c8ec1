package dev.tenure.target.genesys;

import dev.tenure.config.Secret;
import dev.tenure.config.Section;
import dev.tenure.remote.ClientCredentials.Client;
import dev.tenure.remote.Endpoint;
import dev.tenure.target.scim.ScimTargetConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Section `genesys` of a target. `api` is the address above `/api`; `client` says where tokens are
/// got and by whom; `timeout` is for one request with its answer.
public record GenesysTargetConfig(URI api, Client client, Duration timeout) {
  /// Above it a list may be answered 429 where it has costly attributes.
  private static final int PAGE = 25;

  /// In the region.
  static GenesysTargetConfig in(Region region, String client, Secret secret, Duration timeout) {
    return new GenesysTargetConfig(region.api(), client(region.login(), client, secret), timeout);
  }

  /// At an address that answers for both log-in and API.
  public static GenesysTargetConfig at(URI url, String client, Secret secret, Duration timeout) {
    var base = Endpoint.trimmed(url);
    return new GenesysTargetConfig(base, client(base, client, secret), timeout);
  }

  /// Scopes do not apply to clients of this kind there.
  private static Client client(URI login, String id, Secret secret) {
    return new Client(URI.create(login + "/oauth/token"), id, secret, Optional.empty());
  }

  public static GenesysTargetConfig read(Section section) {
    var client = section.text("client");
    var secret = section.secret("secret");
    var timeout = Endpoint.timeout(section);
    return section.has("url")
        ? at(Endpoint.address(section, "url"), client, secret, timeout)
        : in(section.oneOf("region", Region.US_EAST_1), client, secret, timeout);
  }

  /// The address above `/Users`, by which all who send there know each other.
  public URI base() {
    return URI.create(api + "/api/v2/scim/v2");
  }

  /// So many members of a group one request changes.
  public int groupChunk() {
    return ScimTargetConfig.usualChunk(true);
  }

  ScimTargetConfig scim(Supplier<Secret> token) {
    return new ScimTargetConfig(base(), token, timeout, PAGE, true, groupChunk());
  }

  Endpoint platform(Supplier<Secret> token) {
    return new Endpoint(URI.create(api + "/api/v2"), token, timeout);
  }
}
