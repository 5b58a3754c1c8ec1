package dev.tenure.access;

import dev.tenure.access.store.FailureStore;
import dev.tenure.access.store.UserStore;
import dev.tenure.access.store.VisitStore;
import dev.tenure.config.Secret;
import dev.tenure.database.Database;
import dev.tenure.id.Correlation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Lets people sign in, and knows who is signed in.
public final class Access {
  /// The audit log of who signed in, and who may.
  public static final String LOG = "system/console";

  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
  private static final int TOKEN_BYTES = 32;
  private static final int TEXT_MAX = 200;

  private final UserStore users;
  private final VisitStore visits;
  private final Passwords passwords;
  private final Throttle throttle;
  private final AccessConfig config;
  private final Clock clock;
  private final RandomGenerator random;
  private final ConsoleUsers consoleUsers;

  /// `random` makes secrets: a `SecureRandom` outside of tests.
  public Access(Database database, AccessConfig config, Clock clock, RandomGenerator random) {
    this.users = new UserStore(database);
    this.visits = new VisitStore(database);
    this.passwords = new Passwords(random);
    this.throttle = new Throttle(new FailureStore(database), clock);
    this.config = config;
    this.clock = clock;
    this.random = random;
    this.consoleUsers = new ConsoleUsers(users, passwords, clock, random);
  }

  /// Who may sign in.
  public ConsoleUsers users() {
    return consoleUsers;
  }

  /// Tries to sign somebody in, and writes down how it ended.
  public SignIn signIn(Attempt attempt) {
    var wait = throttle.wait(attempt);
    if (wait.isPositive()) {
      note("console.sign-in.slowed", attempt);
      return new SignIn.Slowed(wait);
    }
    var user = users.get(attempt.name());
    var fits =
        user.isPresent()
            ? passwords.fits(attempt.password(), user.get().password())
            : passwords.fitsNobody(attempt.password());
    if (user.isEmpty() || !fits) {
      throttle.failed(attempt);
      note("console.sign-in.failed", attempt);
      return new SignIn.Refused();
    }
    throttle.forgive(attempt);
    return begin(attempt, user.get());
  }

  /// What a provider proved. `provider` is the fingerprint of what was configured then; `hint` the
  /// ID token, which names the session there.
  record Proof(String provider, Role role, Optional<String> hint) {}

  /// Lets somebody in whom a provider vouches for.
  SignIn begin(Attempt attempt, Proof proof, Map<String, String> detail) {
    throttle.forgiveAbroad(attempt);
    var person = new Person(cut(attempt.name()), proof.role(), false, Optional.of(proof));
    return begin(attempt, person, detail);
  }

  private SignIn begin(Attempt attempt, UserStore.Row user) {
    var role = Role.valueOf(user.role());
    var person = new Person(user.name(), role, user.temporary(), Optional.empty());
    return begin(attempt, person, Map.of());
  }

  private record Person(String name, Role role, boolean temporary, Optional<Proof> proof) {}

  private SignIn begin(Attempt attempt, Person person, Map<String, String> detail) {
    var now = clock.instant();
    visits.tidy(now.minus(config.life()), now.minus(config.idle()));
    var bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var from = new VisitStore.From(cut(attempt.remote()), cut(attempt.agent()));
    var external =
        person.proof().map(p -> new VisitStore.External(p.provider(), p.role().name(), p.hint()));
    visits.begin(new VisitStore.NewVisit(hash(token), person.name(), from, external), now);
    new Correlation("console:" + person.name(), Correlation.current().id())
        .run(() -> note("console.sign-in", attempt, detail));
    return new SignIn.In(
        new Visit(
            person.name(),
            person.role(),
            person.temporary(),
            person.proof().isPresent(),
            now,
            now.plus(config.life())),
        new Secret(token));
  }

  /// Whose session this is, if it still lives. To be asked once for each request: it keeps the
  /// session alive.
  public Optional<Visit> visit(Secret token) {
    var hash = hash(token.reveal());
    var now = clock.instant();
    var found = found(hash, now);
    found
        .filter(row -> row.seenAt().plus(SEEN_EVERY).isBefore(now))
        .ifPresent(_ -> visits.seen(hash, now));
    return found.map(this::visit);
  }

  /// The same for what nobody asked for by hand: it does not keep the session alive.
  public Optional<Visit> glance(Secret token) {
    return found(hash(token.reveal()), clock.instant()).map(this::visit);
  }

  private Optional<VisitStore.Row> found(byte[] hash, Instant now) {
    return visits.find(hash).filter(row -> lives(row, now)).filter(this::isVouchedFor);
  }

  private Visit visit(VisitStore.Row row) {
    return new Visit(
        row.name(),
        Role.valueOf(row.role()),
        row.temporary(),
        row.provider().isPresent(),
        row.begunAt(),
        row.begunAt().plus(config.life()));
  }

  /// Where something else is configured by now, a provider's word no longer counts.
  private boolean isVouchedFor(VisitStore.Row row) {
    return row.provider().isEmpty()
        || row.provider().equals(config.openId().map(OpenIdConfig::fingerprint));
  }

  private boolean lives(VisitStore.Row row, Instant now) {
    return row.begunAt().plus(config.life()).isAfter(now)
        && row.seenAt().plus(config.idle()).isAfter(now);
  }

  /// Ends a session; gives the ID token with which it began, where it was kept.
  public Optional<String> signOut(Visit visit, Secret token) {
    var hint = visits.end(hash(token.reveal()));
    users.note("console.sign-out", visit.name(), Map.of());
    return hint;
  }

  /// How long an attempt by way of a provider has to wait.
  Duration waitFrom(Attempt attempt) {
    return throttle.waitAbroad(attempt);
  }

  void failedFrom(Attempt attempt) {
    throttle.failedAbroad(attempt);
  }

  /// Changes one's own password; false where the old one is another. Ends one's other sessions.
  public boolean changePassword(Visit visit, Secret token, Secret before, Secret after) {
    var user = users.get(visit.name());
    if (user.isEmpty() || !passwords.fits(before, user.get().password())) return false;
    var changed = new UserStore.NewUser(visit.name(), "", passwords.hash(after), false);
    return users.password(changed, clock.instant(), hash(token.reveal()));
  }

  private void note(String action, Attempt attempt) {
    note(action, attempt, Map.of());
  }

  void note(String action, Attempt attempt, Map<String, String> detail) {
    var all = new TreeMap<>(detail);
    all.replaceAll((_, value) -> cut(value));
    all.put("remote", cut(attempt.remote()));
    all.put("agent", cut(attempt.agent()));
    users.note(action, cut(attempt.name()), all);
  }

  private static String cut(String text) {
    var plain = text.replaceAll("\\p{Cntrl}", "?");
    return plain.length() > TEXT_MAX ? plain.substring(0, TEXT_MAX) : plain;
  }

  static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
