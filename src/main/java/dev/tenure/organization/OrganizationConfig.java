package dev.tenure.organization;

import static java.util.stream.Collectors.toSet;

import dev.tenure.config.Secret;
import dev.tenure.config.Section;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Licences.WhenFull;
import dev.tenure.organization.Lifecycle.Uniqueness;
import dev.tenure.organization.limit.RateLimits;
import dev.tenure.organization.registry.Registry;
import dev.tenure.organization.registry.RegistryReader;
import dev.tenure.problem.Code;
import dev.tenure.scim.Reading;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One of the sections under `organizations`: profile, reading, deactivation and deletion,
/// divisions, licences, roles, groups that carry something, clients, rate limits, schemas and
/// resource types, and what only the profile `genesys` has.
public record OrganizationConfig(
    OrganizationId id,
    Profile profile,
    Reading reading,
    Deactivation deactivation,
    List<String> divisions,
    List<Licence> licences,
    List<Role> roles,
    List<ClientConfig> clients,
    Lifecycle lifecycle,
    List<Group> groups,
    RateLimits rateLimits,
    Registry registry,
    Platform platform) {

  private static final int SECRET_CHARACTERS_MIN = 16;

  public OrganizationConfig {
    divisions = List.copyOf(divisions);
    licences = List.copyOf(licences);
    roles = List.copyOf(roles);
    clients = List.copyOf(clients);
    groups = List.copyOf(groups);
  }

  /// A licence pool. `price`: for one seat and month; `currency`: ISO 4217.
  public record Licence(
      String sku, String name, int seats, BigDecimal price, String currency, WhenFull whenFull) {}

  /// A group by its name, and what it carries to its direct members. It is made where there is
  /// none.
  public record Group(String name, Carried carried) {}

  /// A role of users, and the licence that comes with it.
  public record Role(String name, Optional<String> licence) {}

  /// A client: `token` is a long-lived bearer token, `secret` is for OAuth client credentials; both
  /// end with the day of `expires`. No scopes: all of them.
  public record ClientConfig(
      String name,
      ClientRole role,
      List<String> scopes,
      Optional<Secret> token,
      Optional<Secret> secret,
      Optional<Instant> expires,
      Conditions conditions) {}

  public static OrganizationConfig read(OrganizationId id, Section section) {
    var licences =
        section.sections("licences").entrySet().stream()
            .map(e -> licence(e.getKey(), e.getValue()))
            .toList();
    var skus = licences.stream().map(Licence::sku).toList();
    var profile = section.oneOf("profile", Profile.STANDARD);
    var divisions = section.texts("divisions");
    var roles =
        section.sections("roles").entrySet().stream()
            .map(e -> role(e.getKey(), e.getValue(), skus))
            .toList();
    var names = new GroupReader(roles.stream().map(Role::name).toList(), divisions, skus);
    return new OrganizationConfig(
        id,
        profile,
        section.oneOf("reading", Reading.TOLERANT),
        section.oneOf("deactivation", Deactivation.LOCK),
        divisions,
        licences,
        roles,
        section.sections("clients").entrySet().stream().map(e -> client(section, e)).toList(),
        lifecycle(section, profile.lifecycle()),
        section.sections("groups").entrySet().stream()
            .map(e -> new Group(e.getKey(), names.read(e.getValue())))
            .toList(),
        RateLimits.read(section, profile == Profile.GENESYS),
        RegistryReader.read(section),
        Platform.read(section, profile));
  }

  private static Lifecycle lifecycle(Section section, Lifecycle usual) {
    var unique = section.texts("unique");
    unique.forEach(name -> section.requireKnown("unique", name, Uniqueness.all()));
    return new Lifecycle(
        section.oneOf("deletion", usual.deletion()),
        section.duration("retention", usual.retention()),
        section.oneOf("recreation", usual.recreation()),
        section.has("unique")
            ? unique.stream().flatMap(n -> Uniqueness.named(n).stream()).collect(toSet())
            : usual.unique());
  }

  private static Licence licence(String sku, Section section) {
    return new Licence(
        sku,
        section.text("name", sku),
        section.count("seats", 0),
        section.amount("price"),
        section.text("currency", "EUR"),
        section.oneOf("whenFull", WhenFull.OVERDRAW));
  }

  private static Role role(String name, Section section, List<String> skus) {
    var licence = section.optionalText("licence");
    licence.ifPresent(sku -> section.requireKnown("licence", sku, skus));
    return new Role(name, licence);
  }

  private static ClientConfig client(Section parent, Map.Entry<String, Section> entry) {
    var name = entry.getKey();
    var section = entry.getValue();
    parent.require(
        Clients.isName(name),
        "clients",
        "the name of a client is 1 to 40 of letters, digits, _ and -: '" + name + "'");
    var role = section.text("role", ClientRole.USER_MANAGEMENT.title());
    section.requireKnown("role", role, ClientRole.titles());
    var scopes = section.texts("scopes");
    scopes.forEach(scope -> section.requireKnown("scopes", scope, Scope.all()));
    return new ClientConfig(
        name,
        ClientRole.named(role).orElse(ClientRole.VIEWER),
        scopes,
        secret(section, "token"),
        secret(section, "secret"),
        expires(section),
        Conditions.read(section));
  }

  private static Optional<Secret> secret(Section section, String key) {
    var secret = section.optionalSecret(key);
    secret.ifPresent(s ->
        section.require(
            s.reveal().length() >= SECRET_CHARACTERS_MIN,
            key,
            "must have at least " + SECRET_CHARACTERS_MIN + " characters"));
    return secret;
  }

  private static Optional<Instant> expires(Section section) {
    var text = section.optionalText("expires");
    try {
      return text.map(
          day -> LocalDate.parse(day).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeParseException _) {
      section.problem("expires", Code.CONFIG_VALUE, "not a day", "write it such as 2027-01-31");
      return Optional.empty();
    }
  }
}
