package dev.tenure.source.scim;

import dev.tenure.config.Secret;
import dev.tenure.config.Section;
import dev.tenure.remote.ClientCredentials;
import dev.tenure.remote.ClientCredentials.Party;
import dev.tenure.remote.Endpoint;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.source.AttributeName;
import dev.tenure.source.Expectation;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Section `scim` of a source. `poll`: how often changes are asked for where `changes` says that
/// the server can tell them.
public record ScimSourceConfig(
    URI base,
    Login login,
    Duration timeout,
    Keying keying,
    Paging paging,
    int pageSize,
    GroupsFrom groups,
    Changes changes,
    Duration poll,
    Expectation expected) {
  private static final int PAGE_SIZE = 100;
  private static final int PAGE_SIZE_MAX = 10_000;
  private static final Duration POLL = Duration.ofSeconds(30);

  /// How the source proves who it is.
  public sealed interface Login {
    /// With a token that lives long.
    record Token(Secret token) implements Login {}

    /// With tokens by OAuth client credentials.
    record OAuth(ClientCredentials.Client client) implements Login {}

    /// The token for each request.
    default Supplier<Secret> token(Duration timeout, Clock clock) {
      return switch (this) {
        case Token(var token) -> () -> token;
        case OAuth(var client) -> new ClientCredentials(client, Party.SOURCE, timeout, clock);
      };
    }
  }

  /// How pages are asked for; `AUTO`: by cursor where the server offers it.
  public enum Paging {
    AUTO,
    INDEX,
    CURSOR
  }

  /// Where the groups of a person stand: in the `members` of listed groups, in those of each group
  /// read by itself, in the `groups` of users, or nowhere.
  public enum GroupsFrom {
    MEMBERS,
    EACH,
    USERS,
    NONE
  }

  /// How changes are found between whole reads.
  public enum Changes {
    NONE,
    LAST_MODIFIED
  }

  public static ScimSourceConfig read(Section section) {
    var pageSize = section.count("pageSize", PAGE_SIZE);
    section.require(
        pageSize >= 1 && pageSize <= PAGE_SIZE_MAX, "pageSize", "must be 1 to " + PAGE_SIZE_MAX);
    return new ScimSourceConfig(
        Endpoint.address(section, "url"),
        login(section),
        Endpoint.timeout(section),
        keying(section),
        section.oneOf("paging", Paging.AUTO),
        pageSize,
        section.oneOf("groups", GroupsFrom.MEMBERS),
        section.oneOf("changes", Changes.NONE),
        section.duration("poll", POLL),
        Expectation.read(section, "minimumUsers"));
  }

  private static Login login(Section section) {
    var oauth = section.section("oauth").map(ClientCredentials.Client::read);
    if (oauth.isPresent()) return new Login.OAuth(oauth.get());
    return new Login.Token(section.secret("token"));
  }

  private static Keying keying(Section section) {
    var paths = new TreeMap<String, String>();
    section
        .section("attributes")
        .ifPresent(all -> all.keys().forEach(name -> paths.put(name, path(all, name))));
    var attributes =
        UserAttributes.of(Schemas.standard().user())
            .with(paths, new HashSet<>(section.texts("many")));
    return keying(section, attributes);
  }

  private static String path(Section section, String name) {
    section.require(
        AttributeName.of(name).equals(name), name, "must be a name of letters, digits and _");
    return section.text(name);
  }

  /// Reads `key` and `sourceOrg` for users with these attributes.
  public static Keying keying(Section section, UserAttributes attributes) {
    var key = section.text("key", "id");
    if (!attributes.hasOne(key)) {
      section.requireKnown("key", key, attributes.schema().attributes().keySet());
      section.require(
          !attributes.schema().attributes().containsKey(key), "key", "must have one value");
    }
    return new Keying(attributes, key, section.optionalText("sourceOrg"));
  }

  Endpoint endpoint(Clock clock) {
    return new Endpoint(base, login.token(timeout, clock), timeout);
  }

  /// The same, whose reads are held against this expectation.
  ScimSourceConfig expecting(Expectation other) {
    return new ScimSourceConfig(
        base, login, timeout, keying, paging, pageSize, groups, changes, poll, other);
  }
}
