package dev.tenure.console;

import dev.tenure.access.Access;
import dev.tenure.access.Attempt;
import dev.tenure.access.ConsoleUsers;
import dev.tenure.access.OpenIdSignIn;
import dev.tenure.access.Role;
import dev.tenure.access.SignIn;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Query;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.id.Correlation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/// Signing in and out, one's own password, light or dark.
public final class Door {
  static final String SIGN_IN = "/console/sign-in";
  private static final Pages.Sort ACCOUNT =
      new Pages.Sort("Your account", "account", "tenure admin password NAME");

  private final Parts.Entrance entrance;
  private final Access access;
  private final Gate gate;
  private final Pages pages;

  Door(Parts.Entrance entrance, Gate gate, Pages pages) {
    this.entrance = entrance;
    this.access = entrance.access();
    this.gate = gate;
    this.pages = pages;
  }

  /// What the sign-in shows. `next`: where to go afterwards.
  public record SignInView(String next, Optional<String> wrong, Optional<Provider> provider) {}

  /// Who else lets people in, and the address that leads there.
  public record Provider(String label, String address) {}

  /// What the page of one's own account shows; `external`: somebody without a password here.
  public record AccountView(Optional<String> wrong, int passwordMin, boolean external) {}

  Routes routes() {
    return new Routes()
        .add("GET", SIGN_IN, this::form)
        .add("POST", SIGN_IN, this::signIn)
        .add("POST", "/console/sign-out", gate.action(Role.VIEWER, this::signOut))
        .add("POST", "/console/theme", gate.action(Role.VIEWER, this::theme))
        .add("GET", "/console/account", gate.page(asked -> account(asked, Optional.empty())))
        .add("POST", "/console/account", gate.action(Role.VIEWER, this::password));
  }

  private Response form(Request request) {
    var next = next(request.query().first("next"));
    if (gate.visit(request).isPresent()) return Asked.to(next);
    return shown(200, request, view(next, Optional.empty()));
  }

  /// The way to the provider begins at the server's own address: its cookie must be there when the
  /// provider sends the browser back.
  private SignInView view(String next, Optional<String> wrong) {
    var start = entrance.outside() + ProviderDoor.START + "?next=" + Query.encoded(next);
    return new SignInView(
        next, wrong, entrance.provider().map(p -> new Provider(p.label(), start)));
  }

  private Response shown(int status, Request request, SignInView view) {
    return pages.bare(status, request, "sign-in.jte", view);
  }

  private Response signIn(Request request) {
    try {
      Gate.requireSameOrigin(request);
    } catch (HttpFailure e) {
      return shown(403, request, view("/console", Optional.of(e.detail())));
    }
    var form = Form.of(request);
    var name = form.text("name").orElse("");
    var next = next(form.text("next"));
    var agent = request.header("User-Agent").orElse("");
    var attempt = new Attempt(name, form.secret("password"), request.head().remote(), agent);
    var correlation = new Correlation("console", request.head().correlation());
    return switch (attempted(correlation, () -> access.signIn(attempt))) {
      case SignIn.In(_, var token) -> Cookies.withSession(request, Asked.to(next), token);
      case SignIn.Refused _ ->
          shown(401, request, view(next, Optional.of("Name or password is wrong.")));
      case SignIn.Rejected(var problem) ->
          shown(403, request, view(next, Optional.of(problem.message())));
      case SignIn.Slowed(var pause) ->
          slowed(pause, words -> shown(429, request, view(next, Optional.of(words))));
    };
  }

  /// Tells how long to wait.
  static Response slowed(Duration pause, Function<String, Response> page) {
    var wait = pause.plusSeconds(1);
    var words = "Too many attempts failed. Try again in " + Words.duration(wait) + ".";
    return page.apply(words).with("Retry-After", Long.toString(wait.toSeconds()));
  }

  static <T> T attempted(Correlation correlation, Callable<T> attempt) {
    try {
      return correlation.call(attempt);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// Only a page of ours: never to a page of somebody else.
  static String next(Optional<String> wanted) {
    return wanted
        .filter(n -> n.matches("/console(/[A-Za-z0-9._~%/?&=:@+*-]*|\\?[^\\s\\\\]*)?"))
        .filter(n -> !n.contains("//"))
        .orElse("/console");
  }

  private Response signOut(Asked asked) {
    var request = asked.request();
    var hint = access.signOut(asked.visit(), Cookies.session(request).orElseThrow());
    var farewell =
        entrance.provider().filter(_ -> asked.visit().external()).flatMap(p -> p.farewell(hint));
    var answer =
        farewell
            .map(to -> ProviderDoor.onward(pages, request, Onward.signedOut(label(), to)))
            .orElseGet(() -> Asked.to(SIGN_IN + "?" + Notice.SIGNED_OUT.in(0)));
    return Cookies.withoutSession(request, answer).with("Clear-Site-Data", "\"cache\"");
  }

  private String label() {
    return entrance.provider().map(OpenIdSignIn::label).orElse("");
  }

  private Response theme(Asked asked) {
    var theme = asked.form().text("theme").filter(t -> t.matches("light|dark")).orElse("");
    var back = Asked.to(next(asked.form().text("back")));
    return Cookies.withTheme(asked.request(), back, theme);
  }

  private Response account(Asked asked, Optional<String> wrong) {
    var external = asked.visit().external();
    var view = new AccountView(wrong, ConsoleUsers.PASSWORD_MIN, external);
    return pages.page(
        wrong.isPresent() ? 422 : 200, pages.frame(asked, ACCOUNT), "account.jte", view);
  }

  private Response password(Asked asked) {
    if (asked.visit().external()) throw new HttpFailure(403, "your password is not kept here");
    var after = asked.form().secret("after");
    if (!after.reveal().equals(asked.form().secret("again").reveal())) {
      return account(asked, Optional.of("The new password was typed in two ways."));
    }
    var weakness = ConsoleUsers.weakness(after);
    if (weakness.isPresent()) return account(asked, Optional.of(weakness.get() + "."));
    var token = Cookies.session(asked.request()).orElseThrow();
    var before = asked.form().secret("before");
    return access.changePassword(asked.visit(), token, before, after)
        ? Asked.to("/console/account?" + Notice.PASSWORD.in(0))
        : account(asked, Optional.of("The old password is another one."));
  }
}
