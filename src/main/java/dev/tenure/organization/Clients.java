package dev.tenure.organization;

import dev.tenure.config.Secret;
import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.ClientStore;
import dev.tenure.organization.store.ClientStore.NewCredential;
import dev.tenure.organization.store.CredentialStore;
import dev.tenure.organization.store.CredentialStore.ClientRow;
import dev.tenure.organization.store.CredentialStore.Found;
import dev.tenure.organization.store.TraitStore;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes clients, hands out their secrets and tokens, once and never again, and ends them.
///
/// A client that the file declares is refused with `DECLARED_IN_FILE`, one that there is not with
/// `CLIENT_UNKNOWN`. Other nodes notice within 5 seconds.
public final class Clients {
  /// So many digits of a credential's hash are its id, in [#show] and wherever it is named.
  static final int CREDENTIAL_SHOWN = 12;

  /// How long what is handed out is valid where nothing else is said.
  public static final Duration LIFE = Duration.ofDays(365);

  /// How long what was handed out before lives on where nothing else is said.
  public static final Duration OVERLAP = Duration.ofHours(24);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}");
  private final ClientStore store;
  private final CredentialStore credentialStore;
  private final Clock clock;
  private final RandomGenerator random;
  private final Credentials credentials;
  private final TraitStore traits;

  Clients(Database database, Clock clock, RandomGenerator random, Credentials credentials) {
    this.store = new ClientStore(database);
    this.credentialStore = new CredentialStore(database);
    this.clock = clock;
    this.random = random;
    this.credentials = credentials;
    this.traits = new TraitStore(database);
  }

  /// Whether a client may be called so: 1 to 40 of letters, digits, `_` and `-`.
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /// What a client is given to prove who it is.
  public enum Kind {
    /// For OAuth client credentials.
    SECRET,
    /// A long-lived bearer token, for identity providers that know nothing else.
    TOKEN
  }

  /// What a new client is to be. `life`: how long what it is given is valid; absent: until revoked.
  /// No scopes: all of them.
  public record NewClient(
      String name,
      ClientRole role,
      List<String> scopes,
      Set<Kind> kinds,
      Optional<Duration> life,
      Conditions conditions) {
    public NewClient {
      scopes = List.copyOf(scopes);
      kinds = Set.copyOf(kinds);
    }
  }

  /// What is handed out, this once.
  public record Handed(
      String clientId,
      Optional<Secret> secret,
      Optional<Secret> token,
      Optional<Instant> expires) {}

  /// A credential as it may be shown: `id` is the beginning of its hash.
  public record Credential(
      String id, String kind, Instant made, Optional<Instant> ends, Optional<Instant> lastUsed) {}

  /// A client as it may be shown. `declared`: the file owns it; `seen`: how it spoke.
  public record Shown(
      OrganizationId organization,
      String name,
      String role,
      List<String> scopes,
      Conditions conditions,
      boolean declared,
      boolean revoked,
      List<Credential> credentials,
      List<Dialects.Seen> seen) {
    /// The id that it names itself by at the token endpoint.
    public String clientId() {
      return Clients.id(organization, name);
    }
  }

  /// All clients of an organization, by name; without how they spoke.
  public List<Shown> list(OrganizationId organization) {
    return store.list(organization).stream()
        .map(client -> shown(organization, client, List.of()))
        .toList();
  }

  /// The client of this name.
  public Shown show(OrganizationId organization, String name) {
    return shown(
        organization, known(organization, name), Dialects.seen(traits.of(organization, name)));
  }

  /// Makes a client; one of that name that was revoked may be made again. Throws `CLIENT_EXISTS`.
  public Handed create(OrganizationId organization, NewClient client) {
    var there = credentialStore.byName(organization, client.name()).map(Found::client);
    if (there.filter(c -> !c.disabled()).isPresent()) {
      throw new Problem(
              Code.CLIENT_EXISTS,
              "organization '" + organization + "' has a client '" + client.name() + "' already",
              Map.of("client", id(organization, client.name())),
              "choose another name, or give it a new secret: tenure client rotate "
                  + organization
                  + " "
                  + client.name())
          .found();
    }
    there.ifPresent(c -> requireFree(organization, c));
    var scopes = client.scopes().isEmpty() ? Scope.all() : client.scopes();
    var row = client.conditions().row(client.name(), client.role(), scopes, false);
    store.put(organization, row, clock.instant());
    return hand(organization, client.name(), client.kinds(), client.life());
  }

  /// How credentials are replaced: the older ones end after `overlap`; `kinds` none: those that the
  /// client has now.
  public record Rotation(Duration overlap, Set<Kind> kinds, Optional<Duration> life) {}

  /// Gives a client new credentials beside those that it has, which end after the overlap.
  public Handed rotate(OrganizationId organization, String name, Rotation rotation) {
    var client = known(organization, name);
    requireFree(organization, client);
    var kinds = rotation.kinds().isEmpty() ? kinds(organization, client) : rotation.kinds();
    var handed = hand(organization, name, kinds, rotation.life());
    var until = clock.instant().plus(rotation.overlap());
    handed
        .secret()
        .ifPresent(s -> store.endSecrets(organization, credential(name, s, null), until));
    handed.token().ifPresent(t -> store.endTokens(organization, credential(name, t, null), until));
    credentials.forget();
    return handed;
  }

  private Set<Kind> kinds(OrganizationId organization, ClientRow client) {
    var kinds = EnumSet.noneOf(Kind.class);
    for (var credential : store.credentials(organization, client.name(), clock.instant())) {
      switch (credential.kind()) {
        case "secret" -> kinds.add(Kind.SECRET);
        case "bearer token" -> kinds.add(Kind.TOKEN);
        default -> {
          // An access token follows from a secret.
        }
      }
    }
    return kinds.isEmpty() ? EnumSet.of(Kind.SECRET) : kinds;
  }

  /// Ends a client with all its credentials.
  public void revoke(OrganizationId organization, String name) {
    requireFree(organization, known(organization, name));
    store.end(organization, name, clock.instant());
    credentials.forget();
  }

  /// Ends one credential of a client, by its id as [#show] gives it.
  public void revoke(OrganizationId organization, String name, String credential) {
    requireFree(organization, known(organization, name));
    boolean hexadecimal = credential.matches("[0-9a-f]{6,64}");
    if (!hexadecimal || store.end(organization, name, credential, clock.instant()) == 0) {
      throw new Problem(
              Code.CLIENT_UNKNOWN,
              "client '" + name + "' has no credential '" + credential + "'",
              Map.of("client", id(organization, name)),
              "see: tenure client show " + organization + " " + name)
          .found();
    }
    credentials.forget();
  }

  private Handed hand(
      OrganizationId organization, String name, Set<Kind> kinds, Optional<Duration> life) {
    var now = clock.instant();
    var expires = life.map(now::plus);
    Optional<Secret> secret = Optional.empty();
    Optional<Secret> token = Optional.empty();
    if (kinds.contains(Kind.SECRET)) {
      secret = Optional.of(new Secret(Hashes.secret(random)));
      store.addSecret(organization, credential(name, secret.get(), expires.orElse(null)), now);
    }
    if (kinds.contains(Kind.TOKEN)) {
      token = Optional.of(credentials.newToken(organization));
      store.addToken(organization, credential(name, token.get(), expires.orElse(null)), now);
    }
    credentials.forget();
    return new Handed(id(organization, name), secret, token, expires);
  }

  private static NewCredential credential(String name, Secret secret, @Nullable Instant expires) {
    return new NewCredential(name, Hashes.sha256(secret.reveal()), expires, false);
  }

  private ClientRow known(OrganizationId organization, String name) {
    return credentialStore
        .byName(organization, name)
        .map(Found::client)
        .orElseThrow(() ->
            new Problem(
                    Code.CLIENT_UNKNOWN,
                    "organization '" + organization + "' has no client '" + name + "'",
                    Map.of("clients", names(organization).toString()),
                    "use one of these, or make it: tenure client create "
                        + organization
                        + " "
                        + name)
                .found());
  }

  private List<String> names(OrganizationId organization) {
    return store.list(organization).stream().map(ClientRow::name).toList();
  }

  private static void requireFree(OrganizationId organization, ClientRow client) {
    if (!client.declared()) return;
    throw new Problem(
            Code.DECLARED_IN_FILE,
            "the configuration file owns client '" + client.name() + "'",
            Map.of("client", id(organization, client.name())),
            "change it there and start again")
        .found();
  }

  private Shown shown(OrganizationId organization, ClientRow client, List<Dialects.Seen> seen) {
    var credentials =
        store.credentials(organization, client.name(), clock.instant()).stream()
            .map(c ->
                new Credential(
                    c.id(),
                    c.kind(),
                    c.created(),
                    Optional.ofNullable(c.expires()),
                    Optional.ofNullable(c.lastUsed())))
            .toList();
    return new Shown(
        organization,
        client.name(),
        client.role(),
        client.scopes(),
        Conditions.of(client),
        client.declared(),
        client.disabled(),
        credentials,
        seen);
  }

  static String id(OrganizationId organization, String name) {
    return organization + "." + name;
  }
}
