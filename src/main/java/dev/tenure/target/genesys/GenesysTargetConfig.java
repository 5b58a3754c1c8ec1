package dev.tenure.target.genesys;

import dev.tenure.config.Secret;
import dev.tenure.config.Section;
import dev.tenure.remote.ClientCredentials.Client;
import dev.tenure.remote.Endpoint;
import dev.tenure.scim.schema.Schema;
import dev.tenure.target.scim.ScimTargetConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Section `genesys` of a target. `api` is the address above `/api`; `client` says where tokens are
/// got and by whom; `timeout` is for one request with its answer; `spared` are costly attributes
/// that a whole read does without, for no rule is about them.
public record GenesysTargetConfig(URI api, Client client, Duration timeout, List<String> spared) {
  /// Among them stands the mark of a source of truth.
  private static final String MARKS = Schema.GENESYS_USER + ":externalIds";

  /// What the vendor computes for each user of a list. `externalId` and `roles` are costly too, but
  /// people are found by the one, and the other tells who has a licence.
  private static final List<String> COSTLY =
      List.of(
          Schema.ENTERPRISE + ":manager",
          Schema.ENTERPRISE + ":division",
          Schema.GENESYS_USER + ":routingSkills",
          Schema.GENESYS_USER + ":routingLanguages",
          MARKS);

  /// Above it a list may be answered 429 where it has costly attributes.
  private static final int PAGE = 25;

  public GenesysTargetConfig {
    spared = List.copyOf(spared);
  }

  /// The same for rules that write these attributes, by their paths.
  public GenesysTargetConfig writing(Set<String> paths) {
    var rest =
        COSTLY.stream()
            .filter(costly -> paths.stream().noneMatch(path -> isOf(costly, path)))
            .toList();
    return new GenesysTargetConfig(api, client, timeout, rest);
  }

  /// The same for accounts that bear the mark of a source of truth, which is to be seen.
  public GenesysTargetConfig marked() {
    var rest = spared.stream().filter(attribute -> !attribute.equals(MARKS)).toList();
    return new GenesysTargetConfig(api, client, timeout, rest);
  }

  private static boolean isOf(String costly, String path) {
    return path.toLowerCase(Locale.ROOT).startsWith(costly.toLowerCase(Locale.ROOT));
  }

  /// In the region.
  static GenesysTargetConfig in(Region region, String client, Secret secret, Duration timeout) {
    return new GenesysTargetConfig(
        region.api(), client(region.login(), client, secret), timeout, List.of());
  }

  /// At an address that answers for both log-in and API.
  public static GenesysTargetConfig at(URI url, String client, Secret secret, Duration timeout) {
    var base = Endpoint.trimmed(url);
    return new GenesysTargetConfig(base, client(base, client, secret), timeout, List.of());
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
    return new ScimTargetConfig(base(), token, timeout, PAGE, true, groupChunk(), false, false);
  }

  Endpoint platform(Supplier<Secret> token) {
    return new Endpoint(URI.create(api + "/api/v2"), token, timeout);
  }
}
