package dev.tenure.console;

import dev.tenure.access.OpenIdSignIn;
import dev.tenure.access.SignIn;
import dev.tenure.http.Query;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.id.Correlation;
import dev.tenure.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Signing in by way of an OpenID provider: there, and back. Neither changes anything before the
/// provider has spoken, so both are plain links.
public final class ProviderDoor {
  static final String START = Door.SIGN_IN + "/openid";

  /// Where the provider sends browsers after a sign-in: to be registered there.
  public static final String CALLBACK = Door.SIGN_IN + "/callback";

  /// Where the provider sends browsers after a sign-out: to be registered there.
  public static final String SIGNED_OUT = Door.SIGN_IN;

  private final OpenIdSignIn provider;
  private final Pages pages;

  ProviderDoor(OpenIdSignIn provider, Pages pages) {
    this.provider = provider;
    this.pages = pages;
  }

  Routes routes() {
    return new Routes().add("GET", START, this::depart).add("GET", CALLBACK, this::arrive);
  }

  private Response depart(Request request) {
    try {
      var departure = provider.depart(Door.next(request.query().first("next")));
      var away = Asked.to(departure.to().toString()).with("Cache-Control", "no-store");
      return Cookies.withTrip(request, away, departure.cookie());
    } catch (Problem.Found e) {
      return trouble(502, request, Trouble.of(e.problems()));
    }
  }

  private Response arrive(Request request) {
    var back =
        new OpenIdSignIn.Return(
            Cookies.trip(request),
            answer(request.query()),
            request.head().remote(),
            request.header("User-Agent").orElse(""));
    var correlation = new Correlation("console", request.head().correlation());
    var arrival = Door.attempted(correlation, () -> provider.arrive(back));
    var next = Door.next(Optional.of(arrival.next()));
    var answer =
        switch (arrival.signIn()) {
          case SignIn.In(_, var token) ->
              Cookies.withSession(request, onward(pages, request, Onward.signedIn(next)), token);
          case SignIn.Rejected(var problem) -> trouble(403, request, Trouble.of(List.of(problem)));
          case SignIn.Refused _ -> trouble(403, request, Trouble.of("Refused", "Not you.", ""));
          case SignIn.Slowed(var pause) ->
              Door.slowed(
                  pause, words -> trouble(429, request, Trouble.of("Not so fast", words, "")));
        };
    return Cookies.withoutTrip(request, answer);
  }

  /// A parameter that stands twice counts for nothing (RFC 6749 §3.1).
  private static Map<String, String> answer(Query query) {
    return query.values().entrySet().stream()
        .filter(e -> e.getValue().size() == 1)
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().getFirst()));
  }

  static Response onward(Pages pages, Request request, Onward onward) {
    return pages.bare(200, request, "onward.jte", onward);
  }

  private Response trouble(int status, Request request, Trouble trouble) {
    return pages.bare(status, request, "not-signed-in.jte", trouble);
  }
}
