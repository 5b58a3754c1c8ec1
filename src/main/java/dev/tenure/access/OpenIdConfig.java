package dev.tenure.access;

import dev.tenure.config.Secret;
import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Section `console.openid`: an OpenID provider whose people may sign in. `issuer` is compared
/// letter by letter; `roles` are the values of the claim `rolesClaim` that give a role.
public record OpenIdConfig(String label, String issuer, Client client, Claims claims) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "::1", "localhost");
  private static final String SCOPE = "openid";

  /// Tenure as the provider knows it. `scopes` are asked for besides `openid`.
  public record Client(String id, Secret secret, List<String> scopes) {
    public Client {
      scopes = List.copyOf(scopes);
    }

    /// As a request says it.
    public String scope() {
      return scopes.isEmpty() ? SCOPE : SCOPE + " " + String.join(" ", scopes);
    }
  }

  /// What the provider's claims mean here.
  public record Claims(String name, String roles, Map<Role, List<String>> values) {
    public Claims {
      values = Map.copyOf(values);
    }

    /// The highest role that one of these values gives.
    public Optional<Role> role(List<String> held) {
      for (var role : List.of(Role.ADMINISTRATOR, Role.OPERATOR, Role.VIEWER)) {
        if (values.getOrDefault(role, List.of()).stream().anyMatch(held::contains)) {
          return Optional.of(role);
        }
      }
      return Optional.empty();
    }
  }

  static OpenIdConfig read(Section section) {
    var client =
        new Client(
            section.text("client"),
            section.secret("secret"),
            section.has("scopes")
                ? section.texts("scopes").stream().filter(s -> !s.equals(SCOPE)).toList()
                : List.of("profile", "email"));
    return new OpenIdConfig(
        section.text("label", "OpenID Connect"), issuer(section), client, claims(section));
  }

  private static Claims claims(Section section) {
    var values = new EnumMap<Role, List<String>>(Role.class);
    section
        .section("roles")
        .ifPresent(roles -> {
          for (var role : Role.values()) values.put(role, roles.texts(role.word()));
        });
    section.require(
        !section.has("roles") || values.values().stream().anyMatch(v -> !v.isEmpty()),
        "roles",
        "at least one value must give a role");
    return new Claims(
        section.text("nameClaim", "preferred_username"),
        section.text("rolesClaim", "roles"),
        values);
  }

  private static String issuer(Section section) {
    var text = section.text("issuer");
    boolean fits = section.has("issuer") && isAddress(text);
    if (section.has("issuer") && !fits) {
      section.problem(
          "issuer",
          Code.CONFIG_VALUE,
          section.path() + ".issuer: this is no issuer",
          "write it as the provider does, such as https://login.example.com/tenant; http:// is for"
              + " a provider on this machine only");
    }
    return text;
  }

  private static boolean isAddress(String text) {
    try {
      var uri = new URI(text);
      return uri.getRawQuery() == null && isSafe(uri, true);
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /// Whether an address may be asked: over TLS, or on this machine where the issuer is there.
  public static boolean isSafe(URI uri, boolean mayBeHere) {
    var host = uri.getHost();
    if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) return false;
    return "https".equals(uri.getScheme())
        || (mayBeHere && "http".equals(uri.getScheme()) && isLoopback(host));
  }

  /// Whether the host is this machine.
  public static boolean isLoopback(String host) {
    return LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }

  /// Whether the provider itself is on this machine and without TLS.
  public boolean isHere() {
    return issuer.startsWith("http:");
  }

  /// Differs where what a sign-in proved may no longer hold: sessions keep it.
  public String fingerprint() {
    var roles = new EnumMap<>(claims.values());
    var text = List.of(issuer, client.id(), claims.name(), claims.roles(), roles).toString();
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
