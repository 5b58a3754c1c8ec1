package dev.tenure.organization;

import dev.tenure.config.Secret;
import dev.tenure.config.Section;
import dev.tenure.id.OrganizationId;
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
import java.util.regex.Pattern;

/// One of the sections under `organizations`: profile, reading, deactivation, divisions, licences,
/// roles, clients, rate limits, schemas and resource types.
public record OrganizationConfig(
    OrganizationId id,
    Profile profile,
    Reading reading,
    Deactivation deactivation,
    List<String> divisions,
    List<Licence> licences,
    List<Role> roles,
    List<ClientConfig> clients,
    RateLimits rateLimits,
    Registry registry) {

  private static final Pattern CLIENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}");
  private static final int SECRET_CHARACTERS_MIN = 16;
  private static final int PATCH_ANSWERED = 200;
  private static final int PATCH_BARE = 204;

  public OrganizationConfig {
    divisions = List.copyOf(divisions);
    licences = List.copyOf(licences);
    roles = List.copyOf(roles);
    clients = List.copyOf(clients);
  }

  /// A licence pool. `price`: for one seat and month; `currency`: ISO 4217.
  public record Licence(String sku, String name, int seats, BigDecimal price, String currency) {}

  /// A role of users, and the licence that comes with it.
  public record Role(String name, Optional<String> licence) {}

  /// A client: `token` is a long-lived bearer token that ends with the day of `expires`, `secret`
  /// is for OAuth client credentials. No scopes: all of them. `patchStatus`: 200 or 204, what a
  /// PATCH is answered with.
  public record ClientConfig(
      String name,
      ClientRole role,
      List<String> scopes,
      Optional<Secret> token,
      Optional<Secret> secret,
      Optional<Instant> expires,
      int patchStatus) {}

  public static OrganizationConfig read(OrganizationId id, Section section) {
    var licences =
        section.sections("licences").entrySet().stream()
            .map(e -> licence(e.getKey(), e.getValue()))
            .toList();
    var skus = licences.stream().map(Licence::sku).toList();
    var profile = section.oneOf("profile", Profile.STANDARD);
    return new OrganizationConfig(
        id,
        profile,
        section.oneOf("reading", Reading.TOLERANT),
        section.oneOf("deactivation", Deactivation.LOCK),
        section.texts("divisions"),
        licences,
        section.sections("roles").entrySet().stream()
            .map(e -> role(e.getKey(), e.getValue(), skus))
            .toList(),
        section.sections("clients").entrySet().stream().map(e -> client(section, e)).toList(),
        RateLimits.read(section, profile == Profile.GENESYS),
        RegistryReader.read(section));
  }

  private static Licence licence(String sku, Section section) {
    return new Licence(
        sku,
        section.text("name", sku),
        section.count("seats", 0),
        price(section),
        section.text("currency", "EUR"));
  }

  private static BigDecimal price(Section section) {
    try {
      var price = new BigDecimal(section.text("price", "0"));
      section.require(price.signum() >= 0, "price", "must not be below 0");
      return price;
    } catch (NumberFormatException _) {
      section.problem("price", Code.CONFIG_VALUE, "not a number", "write it such as 115.00");
      return BigDecimal.ZERO;
    }
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
        CLIENT.matcher(name).matches(),
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
        patchStatus(section));
  }

  private static int patchStatus(Section section) {
    var status = section.count("patch", PATCH_ANSWERED);
    section.require(
        status == PATCH_ANSWERED || status == PATCH_BARE, "patch", "must be 200 or 204");
    return status;
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
