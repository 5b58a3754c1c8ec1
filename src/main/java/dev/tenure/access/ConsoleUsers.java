package dev.tenure.access;

import dev.tenure.access.store.UserStore;
import dev.tenure.access.store.UserStore.NewUser;
import dev.tenure.config.Secret;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Who may sign in to the console. At least one administrator stays.
///
/// A user that there is not is refused with `CONSOLE_USER_UNKNOWN`.
public final class ConsoleUsers {
  /// So long a password is at least (NIST SP 800-63B §3.1.1.2 asks for 15 where there is no second
  /// factor).
  public static final int PASSWORD_MIN = 15;

  public static final int PASSWORD_MAX = 200;
  private static final String FIRST = "admin";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int MADE_GROUPS = 5;
  private static final int MADE_LETTERS = 5;
  private static final byte[] NO_SESSION = new byte[0];

  private final UserStore store;
  private final Passwords passwords;
  private final Clock clock;
  private final RandomGenerator random;

  ConsoleUsers(UserStore store, Passwords passwords, Clock clock, RandomGenerator random) {
    this.store = store;
    this.passwords = passwords;
    this.clock = clock;
    this.random = random;
  }

  /// Whether a user may be called so: 1 to 64 of `a-z 0-9 . _ @ -`.
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /// Why nobody may have this password; absent where it is fine.
  public static Optional<String> weakness(Secret password) {
    int length = password.reveal().length();
    if (length < PASSWORD_MIN) {
      return Optional.of("a password has at least " + PASSWORD_MIN + " characters");
    }
    if (length > PASSWORD_MAX) {
      return Optional.of("a password has at most " + PASSWORD_MAX + " characters");
    }
    return password.reveal().chars().distinct().count() < 5
        ? Optional.of("a password has at least 5 different characters")
        : Optional.empty();
  }

  public List<ConsoleUser> all() {
    return store.all().stream()
        .map(row ->
            new ConsoleUser(
                row.name(), Role.valueOf(row.role()), row.madeAt(), row.temporary(), row.seenAt()))
        .toList();
  }

  /// A user and a password that was made: it is shown this once.
  public record Made(String name, Secret password) {}

  /// Makes the administrator `admin` where nobody may sign in yet.
  public Optional<Made> first() {
    if (!store.all().isEmpty()) return Optional.empty();
    var password = made();
    var user = new NewUser(FIRST, Role.ADMINISTRATOR.name(), passwords.hash(password), true);
    return store.add(user, clock.instant())
        ? Optional.of(new Made(FIRST, password))
        : Optional.empty();
  }

  /// Adds a user with a password that is made. Throws `CONSOLE_USER_EXISTS`.
  public Made add(String name, Role role) {
    var password = made();
    var user = new NewUser(name, role.name(), passwords.hash(password), true);
    if (store.add(user, clock.instant())) return new Made(name, password);
    throw new Problem(
            Code.CONSOLE_USER_EXISTS,
            "there is a user '" + name + "' already",
            Map.of("user", name),
            "choose another name, or give a new password: tenure admin password " + name)
        .found();
  }

  /// Gives a user a new password that is made, and ends all sessions of theirs.
  public Made password(String name) {
    var password = made();
    var user = new NewUser(name, "", passwords.hash(password), true);
    if (!store.password(user, clock.instant(), NO_SESSION)) throw unknown(name);
    return new Made(name, password);
  }

  /// Gives a user another role; it holds for the next request of theirs.
  public void role(String name, Role role) {
    var user = store.get(name).orElseThrow(() -> unknown(name));
    if (!role.covers(Role.ADMINISTRATOR)) requireAnother(user);
    store.role(name, role.name());
  }

  /// Removes a user, who is signed out at once.
  public void remove(String name) {
    requireAnother(store.get(name).orElseThrow(() -> unknown(name)));
    store.remove(name);
  }

  /// Ends all sessions of a user, or of somebody whom a provider let in (`openid:NAME`). Throws
  /// `CONSOLE_USER_UNKNOWN` where nobody of this name is signed in.
  public void signOut(String name) {
    if (store.signOut(name)) return;
    throw new Problem(
            Code.CONSOLE_USER_UNKNOWN,
            "nobody is signed in as '" + name + "'",
            Map.of("signed in", store.signedIn().toString()),
            "use one of these names")
        .found();
  }

  private void requireAnother(UserStore.Row user) {
    boolean administers = user.role().equals(Role.ADMINISTRATOR.name());
    if (!administers || store.administrators() > 1) return;
    throw new Problem(
            Code.CONSOLE_LAST_ADMINISTRATOR,
            "'" + user.name() + "' is the last administrator",
            Map.of("user", user.name()),
            "make another one first: tenure admin add NAME --role administrator")
        .found();
  }

  private Problem.Found unknown(String name) {
    return new Problem(
            Code.CONSOLE_USER_UNKNOWN,
            "there is no user '" + name + "'",
            Map.of("users", store.all().stream().map(UserStore.Row::name).toList().toString()),
            "use one of these, or add it: tenure admin add " + name)
        .found();
  }

  /// Some 124 bits, in groups that can be read out.
  private Secret made() {
    var text = new StringBuilder();
    for (int i = 0; i < MADE_GROUPS * MADE_LETTERS; i++) {
      if (i > 0 && i % MADE_LETTERS == 0) text.append('-');
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return new Secret(text.toString());
  }
}
