package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import dev.tenure.config.Secret;
import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.SourceSchema.Arity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/// Section `ldap` of a source. `urls` are tried in their order. `tls` is made of the CA in `trust`,
/// else of the JVM's. `timeout` holds for connecting and for each answer. `attributes` are the ones
/// beyond the usual; `key` names the attribute that makes a person's key.
public record LdapConfig(
    List<LdapUrl> urls,
    boolean startTls,
    SSLContext tls,
    Optional<Login> login,
    Search people,
    Optional<Groups> groups,
    String key,
    Map<String, Arity> attributes,
    Optional<String> disabled,
    int pageSize,
    Duration timeout) {
  private static final int PAGE_SIZE_MAX = 10_000;

  /// Who reads: a DN (or `user@domain` in Active Directory) and the password.
  public record Login(String name, Secret password) {}

  /// Where to look, and for what.
  public record Search(String base, String filter) {}

  /// The groups: `name` is the attribute that names one, `member` the one with the DNs.
  public record Groups(Search search, String name, String member) {}

  public LdapConfig {
    urls = List.copyOf(urls);
    attributes = Map.copyOf(attributes);
  }

  /// `resolver` makes a path of the configuration absolute.
  public static LdapConfig read(Section section, UnaryOperator<Path> resolver) {
    return new LdapConfig(
        urls(section),
        section.flag("startTls", false),
        tls(section, resolver),
        login(section),
        section
            .section("people")
            .map(s -> search(s, "(objectClass=person)"))
            .orElseGet(() -> none(section)),
        section.section("groups").map(LdapConfig::groups),
        section.text("key", "entryUUID"),
        section.section("attributes").map(LdapConfig::attributes).orElse(Map.of()),
        section.optionalText("disabled").filter(f -> filterFits(section, "disabled", f)),
        pageSize(section),
        section.duration("timeout", Duration.ofSeconds(30)));
  }

  private static Search none(Section section) {
    section.problem(
        "people",
        Code.CONFIG_REQUIRED,
        "'people' is missing",
        "say where people are, such as people: {base: \"ou=people,dc=example,dc=com\"}");
    return new Search("", "(objectClass=person)");
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
      return LdapTls.context(trust);
    } catch (Problem.Found e) {
      for (var p : e.problems()) section.problem("trust", p.code(), p.message(), p.remedy());
      return LdapTls.context(Optional.empty());
    }
  }

  private static Optional<Login> login(Section section) {
    var name = section.optionalText("bind").filter(b -> !b.isBlank());
    if (name.isEmpty()) return Optional.empty();
    return Optional.of(new Login(name.get(), section.secret("password")));
  }

  private static Groups groups(Section section) {
    return new Groups(
        search(
            section,
            "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=group))"),
        section.text("name", "cn"),
        section.text("member", "member"));
  }

  private static Search search(Section section, String usual) {
    var base = section.text("base");
    section.require(DN.isValidDN(base), "base", "'" + base + "' is not a DN");
    var filter = section.text("filter", usual);
    return new Search(base, filterFits(section, "filter", filter) ? filter : usual);
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

  private static Map<String, Arity> attributes(Section section) {
    var attributes = new TreeMap<String, Arity>();
    for (var name : section.keys()) attributes.put(name, section.oneOf(name, Arity.ONE));
    return attributes;
  }

  private static int pageSize(Section section) {
    var size = section.count("pageSize", 500);
    boolean fits = size >= 1 && size <= PAGE_SIZE_MAX;
    section.require(fits, "pageSize", "must be 1 to " + PAGE_SIZE_MAX);
    return fits ? size : 500;
  }
}
