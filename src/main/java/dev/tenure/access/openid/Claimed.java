package dev.tenure.access.openid;

import dev.tenure.access.OpenIdConfig;
import dev.tenure.access.Role;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a provider claims of somebody, as the configuration reads it.
public record Claimed(Map<String, Object> claims, OpenIdConfig.Claims config) {
  private static final int SHOWN_MAX = 20;

  public Claimed {
    // A claim may be null, which a copy of `Map.copyOf` may not have.
    claims = Collections.unmodifiableMap(new HashMap<>(claims));
  }

  /// Never given to another one, and never changed (OpenID Connect Core 1.0 §5.7).
  public String subject() {
    return text(claims.get("sub")).orElse("");
  }

  /// As the log calls them: it may be changed, and then means somebody else.
  public String name() {
    return text(found(config.name())).map(Troubles::plain).orElseGet(this::subject);
  }

  boolean isComplete() {
    return found(config.name()) != null && found(config.roles()) != null;
  }

  /// The role that these claims give. Throws `CONSOLE_OPENID_ROLE`.
  public Role role() {
    var held = values(found(config.roles()));
    return config.role(held).orElseThrow(() -> none(held));
  }

  private Problem.Found none(List<String> held) {
    var shown = held.stream().limit(SHOWN_MAX).map(Troubles::plain).toList().toString();
    return new Problem(
            Code.CONSOLE_OPENID_ROLE,
            "the provider knows you, but " + why(held),
            Map.of("name", name(), "claim", config.roles(), "values", Troubles.plain(shown)),
            remedy())
        .found();
  }

  private String why(List<String> held) {
    var claim = "the claim '" + config.roles() + "'";
    if (isLeftOut()) return claim + " was left out: there are too many values";
    if (found(config.roles()) == null) return claim + " is not in what it says of you";
    return held.isEmpty() ? claim + " is empty" : "no value of " + claim + " gives a role here";
  }

  private String remedy() {
    if (isLeftOut()) {
      return "have the provider send only what is assigned to this application, or its roles";
    }
    return found(config.roles()) == null
        ? "have the provider put this claim into its ID tokens, or name another one in"
            + " console.openid.rolesClaim"
        : "ask to be assigned to one of the values under console.openid.roles, or to have one of"
            + " yours entered there";
  }

  /// Entra ID does so where somebody is in more than 200 groups.
  private boolean isLeftOut() {
    var elsewhere = claims.get("_claim_names") instanceof Map<?, ?> names ? names : Map.of();
    return claims.containsKey("hasgroups") || elsewhere.containsKey(config.roles());
  }

  /// The claim of this name, else that of a path with dots, such as `realm_access.roles`.
  private @Nullable Object found(String name) {
    var whole = claims.get(name);
    if (whole != null) return whole;
    Object at = claims;
    for (var step : Arrays.asList(name.split("\\.", -1))) {
      at = at instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return at;
  }

  private static Optional<String> text(@Nullable Object value) {
    return value instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
  }

  private static List<String> values(@Nullable Object value) {
    if (value instanceof Collection<?> all) {
      return all.stream().flatMap(one -> text(one).stream()).toList();
    }
    return text(value).stream().toList();
  }
}
