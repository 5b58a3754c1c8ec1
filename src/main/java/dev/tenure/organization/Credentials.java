package dev.tenure.organization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenure.config.Secret;
import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.CredentialStore;
import dev.tenure.organization.store.CredentialStore.ClientRow;
import dev.tenure.organization.store.CredentialStore.TokenRow;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Clients, their secrets and their bearer tokens. What is stored is hashes only.
///
/// A token is `tnr_<organization>_<43 characters>`: it tells its organization, and is worth nothing
/// in another. A token that the file declares may be any text; its organization is that of the
/// path. A check is remembered for 5 seconds; what is revoked here ends at once.
public final class Credentials {
  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  private static final Duration USE_NOTED = Duration.ofMinutes(1);
  private static final int REMEMBERED_MAX = 100_000;
  private static final Pattern TOKEN = Pattern.compile("tnr_([a-z][a-z0-9-]{0,39})_[\\w-]{43}");
  private static final String CLIENT_ID = "([a-z][a-z0-9-]{0,39})\\.(.{1,60})";
  private static final Pattern CLIENT = Pattern.compile(CLIENT_ID);
  private static final int PATCH_ANSWERED = 200;
  private static final byte[] NO_SECRET = new byte[32];

  private final CredentialStore store;
  private final Clock clock;
  private final RandomGenerator random;
  private final Cache<Key, Optional<Known>> known =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(REMEMBERED_MAX).build();
  private final Cache<Key, Boolean> noted =
      Caffeine.newBuilder().expireAfterWrite(USE_NOTED).maximumSize(REMEMBERED_MAX).build();
  private final Map<String, OrganizationId> declared = new ConcurrentHashMap<>();

  private record Key(OrganizationId organization, String hash) {}

  private record Known(Client client, @Nullable Instant expires) {}

  Credentials(Database database, Clock clock, RandomGenerator random) {
    this.store = new CredentialStore(database);
    this.clock = clock;
    this.random = random;
  }

  /// The client whose valid token of this organization this is.
  public Optional<Client> authenticate(OrganizationId organization, Secret token) {
    var text = token.reveal();
    var named = named(text);
    if (named.isPresent() && !named.get().equals(organization)) return Optional.empty();
    var hash = Hashes.sha256(text);
    var key = new Key(organization, HexFormat.of().formatHex(hash));
    var now = clock.instant();
    var found =
        known
            .get(key, _ -> look(organization, hash, now))
            .filter(k -> k.expires() == null || k.expires().isAfter(now));
    if (found.isPresent()) noteUse(key, hash, now);
    return found.map(Known::client);
  }

  /// The organization that a token belongs to, where the path does not tell it: by the token's own
  /// text, or because the file of this process declared it.
  public Optional<OrganizationId> organizationOf(Secret token) {
    var text = token.reveal();
    return named(text).or(() -> Optional.ofNullable(declared.get(hex(Hashes.sha256(text)))));
  }

  /// Exchanges a client's id, such as `contact-centre.okta`, and secret for an access token (RFC
  /// 6749 §4.4).
  public Optional<Secret> exchange(String clientId, Secret secret, Duration life) {
    var parts = CLIENT.matcher(clientId);
    if (!parts.matches()) return Optional.empty();
    var organization = new OrganizationId(parts.group(1));
    var client = store.byName(organization, parts.group(2));
    var expected = client.flatMap(c -> Optional.ofNullable(c.secretHash())).orElse(NO_SECRET);
    // Compared also where there is no such client: the time tells nothing.
    var same = MessageDigest.isEqual(Hashes.sha256(secret.reveal()), expected);
    if (!same || client.isEmpty()) return Optional.empty();
    return Optional.of(newToken(organization, client.get().name(), "access", life));
  }

  /// The organization in a client's id; absent where it has none.
  public Optional<OrganizationId> organizationOf(String clientId) {
    var parts = CLIENT.matcher(clientId);
    return parts.matches() ? Optional.of(new OrganizationId(parts.group(1))) : Optional.empty();
  }

  /// A token for Tenure's own use, such as that of a flow which writes into an organization: made
  /// for the client of this name, with all permissions and scopes.
  public Secret issue(OrganizationId organization, String name, Duration life) {
    var row =
        new ClientRow(
            name, ClientRole.USER_MANAGEMENT.title(), Scope.all(), null, PATCH_ANSWERED, null);
    store.put(organization, row, false);
    return newToken(organization, name, "issued", life);
  }

  /// Tokens as [#issue] gives them, one after the other: each is used for half of its life, so that
  /// whoever asks at each request always has a valid one. Safe for many threads.
  public Supplier<Secret> renewed(OrganizationId organization, String name, Duration life) {
    return new Supplier<>() {
      private @Nullable Secret token;
      private Instant renewal = Instant.MIN;

      @Override
      public synchronized Secret get() {
        var now = clock.instant();
        var last = token;
        if (last != null && now.isBefore(renewal)) return last;
        var next = issue(organization, name, life);
        token = next;
        renewal = now.plus(life.dividedBy(2));
        return next;
      }
    };
  }

  /// Ends a token at once.
  public void revoke(OrganizationId organization, Secret token) {
    var hash = Hashes.sha256(token.reveal());
    store.revoke(organization, hash);
    known.invalidate(new Key(organization, hex(hash)));
  }

  /// Ends all that a client may do, at once.
  public void disable(OrganizationId organization, String client) {
    store.disable(organization, client);
    known.invalidateAll();
  }

  /// Makes the clients of the file, and disables those that were in it before.
  void declare(OrganizationConfig config) {
    for (var client : config.clients()) {
      var scopes = client.scopes().isEmpty() ? Scope.all() : client.scopes();
      var secret = client.secret().map(s -> Hashes.sha256(s.reveal())).orElse(null);
      store.put(
          config.id(),
          new ClientRow(
              client.name(), client.role().title(), scopes, secret, client.patchStatus(), null),
          true);
      client
          .token()
          .ifPresentOrElse(
              token -> declare(config.id(), client, token),
              () -> store.dropDeclared(config.id(), client.name()));
    }
    store.disableOthers(config.id(), config.clients().stream().map(c -> c.name()).toList());
    known.invalidateAll();
  }

  private void declare(
      OrganizationId organization, OrganizationConfig.ClientConfig client, Secret token) {
    var hash = Hashes.sha256(token.reveal());
    var row = new TokenRow(client.name(), hash, "declared", client.expires().orElse(null));
    store.put(organization, row, clock.instant());
    declared.put(hex(hash), organization);
  }

  private Secret newToken(OrganizationId organization, String client, String kind, Duration life) {
    var token = "tnr_" + organization + "_" + Hashes.secret(random);
    var now = clock.instant();
    store.put(organization, new TokenRow(client, Hashes.sha256(token), kind, now.plus(life)), now);
    return new Secret(token);
  }

  private static Optional<OrganizationId> named(String token) {
    var parts = TOKEN.matcher(token);
    return parts.matches() ? Optional.of(new OrganizationId(parts.group(1))) : Optional.empty();
  }

  private Optional<Known> look(OrganizationId organization, byte[] hash, Instant now) {
    return store.byToken(organization, hash, now).map(row -> known(organization, row));
  }

  private static Known known(OrganizationId organization, ClientRow row) {
    return new Known(
        new Client(
            organization,
            row.name(),
            ClientRole.named(row.role()).orElse(ClientRole.VIEWER).permissions(),
            scopes(row.scopes()),
            row.patchStatus() != PATCH_ANSWERED),
        row.expires());
  }

  private static java.util.Set<Scope> scopes(List<String> words) {
    return words.stream().flatMap(w -> Scope.named(w).stream()).collect(Collectors.toSet());
  }

  private void noteUse(Key key, byte[] hash, Instant now) {
    if (noted.asMap().putIfAbsent(key, true) != null) return;
    store.used(key.organization(), hash, new CredentialStore.Use(now, now.minus(USE_NOTED)));
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
