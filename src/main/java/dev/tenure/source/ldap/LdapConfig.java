package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import dev.tenure.config.Secret;
import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.remote.Trust;
import dev.tenure.source.SourceSchema.Arity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/// Section `ldap` of a source. `urls` are tried in their order. `tls` is made of the CA in `trust`,
/// else of the JVM's. `timeout` holds for connecting and for each answer. `attributes` are the ones
/// beyond the usual; `key` names the attribute that makes a person's key. What is empty depends on
/// the directory: see [LdapTerms].
public record LdapConfig(
    List<LdapUrl> urls,
    boolean startTls,
    SSLContext tls,
    Optional<Login> login,
    Place people,
    Optional<Groups> groups,
    Optional<String> key,
    Map<String, Arity> attributes,
    Optional<String> disabled,
    Set<DisabledBy> disabledBy,
    Changes changes,
    int pageSize,
    Duration timeout) {
  private static final int PAGE_SIZE_MAX = 10_000;
  private static final int PAGE_SIZE = 500;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// Who reads: a DN (or `user@domain` in Active Directory) and the password.
  public record Login(String name, Secret password) {}

  /// Where to look, and for what, as configured.
  public record Place(String base, Optional<String> filter) {}

  /// Where to look, and for what.
  public record Search(String base, String filter) {}

  /// The groups: `name` is the attribute that names one, `member` the one with its members;
  /// `memberOf` the attribute of people and groups with the DNs of their groups, where that is to
  /// be believed instead.
  public record Groups(
      Place place, String name, Optional<String> member, Optional<String> memberOf) {}

  /// How changes are found: by what the directory offers, or by this.
  public enum Changes {
    AUTO,
    DIRSYNC,
    USN,
    SYNCREPL,
    NONE
  }

  /// What of Active Directory means that somebody must not have access: the flag ACCOUNTDISABLE,
  /// `accountExpires` in the past, a `lockoutTime`.
  public enum DisabledBy {
    FLAG,
    EXPIRY,
    LOCKOUT
  }

  public LdapConfig {
    urls = List.copyOf(urls);
    attributes = Map.copyOf(attributes);
    disabledBy = Set.copyOf(disabledBy);
  }

  /// `resolver` makes a path of the configuration absolute.
  public static LdapConfig read(Section section, UnaryOperator<Path> resolver) {
    return new LdapConfig(
        urls(section),
        section.flag("startTls", false),
        tls(section, resolver),
        login(section),
        section.section("people").map(LdapConfig::place).orElseGet(() -> none(section)),
        section.section("groups").map(LdapConfig::groups),
        section.optionalText("key"),
        section.section("attributes").map(LdapConfig::attributes).orElse(Map.of()),
        section.optionalText("disabled").filter(f -> filterFits(section, "disabled", f)),
        disabledBy(section),
        section.oneOf("changes", Changes.AUTO),
        pageSize(section),
        section.duration("timeout", TIMEOUT));
  }

  private static Place none(Section section) {
    section.problem(
        "people",
        Code.CONFIG_REQUIRED,
        "'people' is missing",
        "say where people are, such as people: {base: \"ou=people,dc=example,dc=com\"}");
    return new Place("", Optional.empty());
  }

  private static List<LdapUrl> urls(Section section) {
    var texts = section.texts("url");
    section.require(!texts.isEmpty(), "url", "is missing: ldap://host or ldaps://host");
    return texts.stream()
        .flatMap(text -> {
          var url = LdapUrl.parse(text);
          section.require(
              url.isPresent(), "url", "'" + text + "' is neither ldap://host nor ldaps://host");
          return url.stream();
        })
        .toList();
  }

  private static SSLContext tls(Section section, UnaryOperator<Path> resolver) {
    var trust = section.optionalText("trust").map(t -> resolver.apply(Path.of(t)));
    try {
      return Trust.context(trust);
    } catch (Problem.Found e) {
      for (var p : e.problems()) section.problem("trust", p.code(), p.message(), p.remedy());
      return Trust.context(Optional.empty());
    }
  }

  private static Optional<Login> login(Section section) {
    var name = section.optionalText("bind").filter(b -> !b.isBlank());
    if (name.isEmpty()) return Optional.empty();
    return Optional.of(new Login(name.get(), section.secret("password")));
  }

  private static Groups groups(Section section) {
    return new Groups(
        place(section),
        section.text("name", "cn"),
        section.optionalText("member"),
        section.optionalText("memberOf"));
  }

  private static Place place(Section section) {
    var base = section.text("base");
    section.require(DN.isValidDN(base), "base", "'" + base + "' is not a DN");
    return new Place(
        base, section.optionalText("filter").filter(f -> filterFits(section, "filter", f)));
  }

  private static boolean filterFits(Section section, String key, String filter) {
    try {
      Filter.create(filter);
      return true;
    } catch (LDAPException e) {
      section.problem(
          key,
          Code.CONFIG_VALUE,
          "'" + filter + "' is not an LDAP filter",
          "write it as in (&(objectClass=person)(mail=*)); " + e.getMessage());
      return false;
    }
  }

  private static Set<DisabledBy> disabledBy(Section section) {
    if (!section.has("disabledBy")) return EnumSet.of(DisabledBy.FLAG, DisabledBy.EXPIRY);
    var items = section.items("disabledBy");
    var all = EnumSet.noneOf(DisabledBy.class);
    for (var item : items.keys()) all.add(items.oneOf(item, DisabledBy.FLAG));
    return all;
  }

  private static Map<String, Arity> attributes(Section section) {
    var attributes = new TreeMap<String, Arity>();
    for (var name : section.keys()) attributes.put(name, section.oneOf(name, Arity.ONE));
    return attributes;
  }

  private static int pageSize(Section section) {
    var size = section.count("pageSize", PAGE_SIZE);
    boolean fits = size >= 1 && size <= PAGE_SIZE_MAX;
    section.require(fits, "pageSize", "must be 1 to " + PAGE_SIZE_MAX);
    return fits ? size : PAGE_SIZE;
  }
}
