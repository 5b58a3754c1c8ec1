package dev.tenure.access;

import dev.tenure.access.store.FailureStore;
import dev.tenure.access.store.TokenStore;
import dev.tenure.access.store.TokenStore.NewToken;
import dev.tenure.access.store.TokenStore.Row;
import dev.tenure.config.Secret;
import dev.tenure.database.Database;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Tokens of the admin API: `tnr_`, eight letters that lists show, and 256 bits of chance, of which
/// only a hash is kept.
///
/// A token that fits is never slowed down, whatever others try; whoever shows wrong ones is.
public final class AdminTokens {
  private static final Pattern TOKEN = Pattern.compile("(tnr_[a-z2-9]{8})_[A-Za-z0-9_-]{43}");
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int PREFIX_LETTERS = 8;
  private static final int SECRET_BYTES = 32;
  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
  private static final String NO_TOKEN = "no token";

  private final TokenStore store;
  private final Throttle throttle;
  private final Clock clock;
  private final RandomGenerator random;

  /// `random` makes secrets: a `SecureRandom` outside of tests.
  public AdminTokens(Database database, Clock clock, RandomGenerator random) {
    this.store = new TokenStore(database);
    this.throttle = new Throttle(new FailureStore(database), clock);
    this.clock = clock;
    this.random = random;
  }

  /// A token that was made: it is shown this once.
  public record Made(AdminToken token, Secret secret) {}

  /// Makes a token. Throws `ADMIN_TOKEN_EXISTS`.
  public Made create(String name, Role role, Optional<Instant> expiresAt) {
    var prefix = "tnr_" + letters();
    var bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    var text = prefix + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var now = clock.instant();
    if (!store.add(new NewToken(prefix, name, role.name(), expiresAt), Access.hash(text), now)) {
      throw new Problem(
              Code.ADMIN_TOKEN_EXISTS,
              "there is a token '" + name + "' already",
              Map.of("token", name),
              "choose another name, or revoke it first: tenure admin token revoke " + name)
          .found();
    }
    var token = new AdminToken(name, role, prefix, now, expiresAt, Optional.empty());
    return new Made(token, new Secret(text));
  }

  /// All tokens by name, expired ones, too.
  public List<AdminToken> all() {
    return store.all().stream().map(AdminTokens::token).toList();
  }

  /// Takes a token away: it is refused from now on. Throws `ADMIN_TOKEN_UNKNOWN`.
  public void revoke(String name) {
    if (store.remove(name)) return;
    throw new Problem(
            Code.ADMIN_TOKEN_UNKNOWN,
            "there is no token '" + name + "'",
            Map.of("tokens", store.all().stream().map(Row::name).toList().toString()),
            "use one of these; tenure admin token list shows them")
        .found();
  }

  /// Whose token this is; `remote` is where it was shown.
  public Bearer bearer(Secret shown, String remote) {
    var match = TOKEN.matcher(shown.reveal());
    var prefix = match.matches() ? match.group(1) : NO_TOKEN;
    var now = clock.instant();
    var found =
        store
            .get(prefix)
            .filter(row -> MessageDigest.isEqual(row.hash(), Access.hash(shown.reveal())))
            .filter(row -> row.expiresAt().filter(at -> !at.isAfter(now)).isEmpty());
    if (found.isEmpty()) return refused(new Attempt(prefix, new Secret(""), remote, ""));
    var isStale = found.get().seenAt().filter(at -> at.plus(SEEN_EVERY).isAfter(now)).isEmpty();
    if (isStale) store.seen(prefix, now);
    return new Bearer.Known(token(found.get()));
  }

  private Bearer refused(Attempt attempt) {
    var pause = throttle.wait(attempt);
    if (pause.isPositive()) return new Bearer.Slowed(pause);
    throttle.failed(attempt);
    store.noteRefused(attempt.name(), attempt.remote());
    return new Bearer.Refused();
  }

  private static AdminToken token(Row row) {
    return new AdminToken(
        row.name(),
        Role.valueOf(row.role()),
        row.prefix(),
        row.madeAt(),
        row.expiresAt(),
        row.seenAt());
  }

  private String letters() {
    var text = new StringBuilder();
    for (int i = 0; i < PREFIX_LETTERS; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
