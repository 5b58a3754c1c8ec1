package dev.tenure.organization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenure.config.Secret;
import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.ClientStore;
import dev.tenure.organization.store.ClientStore.NewCredential;
import dev.tenure.organization.store.CredentialStore;
import dev.tenure.organization.store.CredentialStore.ClientRow;
import dev.tenure.organization.store.CredentialStore.Found;
import dev.tenure.organization.store.CredentialStore.TokenRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who a caller is: bearer tokens, and what they are got for. What is stored is hashes only.
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

  private final CredentialStore store;
  private final ClientStore clients;
  private final Clock clock;
  private final RandomGenerator random;
  private final Throttle throttle;
  private final Cache<Key, Optional<Known>> known =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(REMEMBERED_MAX).build();
  private final Cache<Key, Boolean> noted =
      Caffeine.newBuilder().expireAfterWrite(USE_NOTED).maximumSize(REMEMBERED_MAX).build();
  private final Map<String, OrganizationId> declared = new ConcurrentHashMap<>();

  private record Key(OrganizationId organization, String hash) {}

  private record Known(Client client, @Nullable Instant expires) {}

  Credentials(Database database, Clock clock, RandomGenerator random) {
    this.store = new CredentialStore(database);
    this.clients = new ClientStore(database);
    this.clock = clock;
    this.random = random;
    this.throttle = new Throttle(clock);
  }

  /// The client whose valid token of this organization this is. Whether it may come in from where
  /// it is, its admission tells.
  public Optional<Client> authenticate(OrganizationId organization, Secret token) {
    var text = token.reveal();
    var named = named(text);
    if (named.isPresent() && !named.get().equals(organization)) return Optional.empty();
    var hash = Hashes.sha256(text);
    var key = new Key(organization, hex(hash));
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

  /// The organization in a client's id, such as `contact-centre.okta`; absent where it has none.
  public static Optional<OrganizationId> organizationOf(String clientId) {
    var parts = CLIENT.matcher(clientId);
    return parts.matches() ? Optional.of(new OrganizationId(parts.group(1))) : Optional.empty();
  }

  /// How a client proves at the token endpoint who it is.
  public sealed interface Proof {
    String clientId();

    /// By its secret (RFC 6749 §2.3.1).
    record BySecret(String clientId, Secret secret) implements Proof {}

    /// By the certificate of its connection alone (RFC 8705 §2).
    record ByCertificate(String clientId) implements Proof {}

    /// By an assertion that its key has signed (RFC 7523 §2.2), already verified; `id` is its
    /// `jti`, which counts once.
    record ByAssertion(String clientId, String id, Instant expires) implements Proof {}
  }

  /// What came of an exchange.
  public sealed interface Exchanged {
    /// An access token.
    record Granted(Secret token) implements Exchanged {}

    /// There is no such client, or it is not that.
    record Refused() implements Exchanged {}

    /// Too many failures: nothing was looked at.
    record Throttled(Duration pause) implements Exchanged {}
  }

  /// Exchanges a proof for an access token (RFC 6749 §4.4).
  public Exchanged exchange(Proof proof, Admission.Visit visit, Duration life) {
    var wait = throttle.wait(visit.address(), proof.clientId());
    if (wait.isPresent()) return new Exchanged.Throttled(wait.get());
    var parts = CLIENT.matcher(proof.clientId());
    if (parts.matches()) {
      var organization = new OrganizationId(parts.group(1));
      var client = proven(organization, parts.group(2), proof).map(Found::client);
      if (client.filter(c -> isAdmitted(c, visit, proof)).isPresent()) {
        return new Exchanged.Granted(access(organization, client.get(), visit, life));
      }
    }
    throttle.failed(visit.address(), proof.clientId());
    return new Exchanged.Refused();
  }

  private Optional<Found> proven(OrganizationId organization, String name, Proof proof) {
    var now = clock.instant();
    return switch (proof) {
      case Proof.BySecret(_, var secret) -> {
        var hash = Hashes.sha256(secret.reveal());
        var found = store.bySecret(organization, name, hash, now);
        if (found.isPresent()) store.secretUsed(organization, name, hash, now);
        yield found;
      }
      case Proof.ByCertificate _ -> enabled(organization, name);
      case Proof.ByAssertion(_, var id, var expires) -> {
        var assertion = new CredentialStore.Assertion(name, Hashes.sha256(id), expires);
        yield enabled(organization, name).filter(_ -> store.use(organization, assertion, now));
      }
    };
  }

  private Optional<Found> enabled(OrganizationId organization, String name) {
    return store.byName(organization, name).filter(found -> !found.client().disabled());
  }

  private static boolean isAdmitted(ClientRow client, Admission.Visit visit, Proof proof) {
    if (proof instanceof Proof.ByCertificate && client.certificates().isEmpty()) return false;
    return Admission.of(client.addresses(), Set.copyOf(client.certificates()))
        .refusal(visit)
        .isEmpty();
  }

  /// Bound to the certificate that it was got with, where the client has any (RFC 8705 §3).
  private Secret access(
      OrganizationId organization, ClientRow client, Admission.Visit visit, Duration life) {
    var token = newToken(organization);
    var now = clock.instant();
    var bound = client.certificates().isEmpty() ? null : visit.certificate().orElse(null);
    var hash = Hashes.sha256(token.reveal());
    var row = new TokenRow(client.name(), hash, "access", now.plus(life), bound);
    store.put(organization, row, now);
    return token;
  }

  /// The public keys of a client that is enabled, as a JWK set.
  public Optional<String> keys(String clientId) {
    var parts = CLIENT.matcher(clientId);
    if (!parts.matches()) return Optional.empty();
    return enabled(new OrganizationId(parts.group(1)), parts.group(2))
        .flatMap(found -> Optional.ofNullable(found.client().keys()));
  }

  /// A token for Tenure's own use, such as that of a flow which writes into an organization: made
  /// for the client of this name, with all permissions and scopes.
  public Secret issue(OrganizationId organization, String name, Duration life) {
    var now = clock.instant();
    var row = Conditions.NONE.row(name, ClientRole.USER_MANAGEMENT, Scope.all(), false);
    clients.put(organization, row, now);
    var token = newToken(organization);
    var hash = Hashes.sha256(token.reveal());
    store.put(organization, new TokenRow(name, hash, "issued", now.plus(life), null), now);
    return token;
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
    clients.end(organization, client, clock.instant());
    forget();
  }

  /// Looks at every token again.
  void forget() {
    known.invalidateAll();
  }

  /// Makes the clients of the file, and disables those that were in it before.
  void declare(OrganizationConfig config) {
    var now = clock.instant();
    for (var client : config.clients()) {
      var scopes = client.scopes().isEmpty() ? Scope.all() : client.scopes();
      var row = client.conditions().row(client.name(), client.role(), scopes, true);
      clients.put(config.id(), row, now);
      var secret = client.secret().map(s -> Hashes.sha256(s.reveal())).orElse(null);
      var token = client.token().map(t -> Hashes.sha256(t.reveal())).orElse(null);
      clients.dropDeclared(config.id(), client.name(), secret, token);
      var expires = client.expires().orElse(null);
      if (secret != null) {
        clients.addSecret(
            config.id(), new NewCredential(client.name(), secret, expires, true), now);
      }
      if (token != null) {
        clients.addToken(config.id(), new NewCredential(client.name(), token, expires, true), now);
        declared.put(hex(token), config.id());
      }
    }
    clients.disableOthers(config.id(), config.clients().stream().map(c -> c.name()).toList());
    forget();
  }

  Secret newToken(OrganizationId organization) {
    return new Secret("tnr_" + organization + "_" + Hashes.secret(random));
  }

  private static Optional<OrganizationId> named(String token) {
    var parts = TOKEN.matcher(token);
    return parts.matches() ? Optional.of(new OrganizationId(parts.group(1))) : Optional.empty();
  }

  private Optional<Known> look(OrganizationId organization, byte[] hash, Instant now) {
    return store
        .byToken(organization, hash, now)
        .flatMap(found -> known(organization, found, hash));
  }

  /// A token whose certificate is none of the client's any more is no token.
  private static Optional<Known> known(OrganizationId organization, Found found, byte[] hash) {
    var row = found.client();
    var bound = found.certificate();
    if (bound != null && !row.certificates().contains(bound)) return Optional.empty();
    var certificates = bound == null ? Set.copyOf(row.certificates()) : Set.of(bound);
    var client =
        new Client(
            organization,
            row.name(),
            ClientRole.named(row.role()).orElse(ClientRole.VIEWER).permissions(),
            scopes(row.scopes()),
            Admission.of(row.addresses(), certificates),
            row.patchStatus() != Conditions.PATCH_ANSWERED,
            credential(found, hash));
    return Optional.of(new Known(client, found.expires()));
  }

  /// Tenure's own clients, whose names have a space, get new tokens all the time.
  private static String credential(Found found, byte[] hash) {
    boolean lasting = !found.kind().equals("access") && Clients.isName(found.client().name());
    return lasting ? hex(hash).substring(0, Clients.CREDENTIAL_SHOWN) : "";
  }

  private static Set<Scope> scopes(List<String> words) {
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
