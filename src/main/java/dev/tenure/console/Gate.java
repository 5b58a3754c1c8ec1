package dev.tenure.console;

import dev.tenure.access.Access;
import dev.tenure.access.Role;
import dev.tenure.access.Visit;
import dev.tenure.config.Secret;
import dev.tenure.http.Handler;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Query;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.id.Correlation;
import dev.tenure.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets requests in: only of those who are signed in, whose role is enough, and, where something is
/// to be changed, only from our own pages. What goes wrong behind it becomes a page, too.
public final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private final Access access;
  private final Pages pages;

  Gate(Access access, Pages pages) {
    this.access = access;
    this.pages = pages;
  }

  /// Answers a request of somebody who may ask.
  @FunctionalInterface
  public interface Page {
    Response answer(Asked asked) throws Exception;
  }

  /// For looking.
  public Handler page(Page page) {
    return request -> answered(request, access::visit, page);
  }

  /// For what a page asks for by itself as long as it is open: it does not keep the session alive.
  public Handler live(Page page) {
    return request -> answered(request, access::glance, page);
  }

  /// For doing: the role must be enough, and the form must come from one of our pages.
  public Handler action(Role role, Page page) {
    return request ->
        answered(
            request,
            access::visit,
            asked -> {
              requireOwn(request, asked);
              if (asked.may(role)) return page.answer(asked);
              throw new HttpFailure(403, "this needs the role " + role.word());
            });
  }

  private Response answered(Request request, Function<Secret, Optional<Visit>> known, Page page) {
    var token = Cookies.session(request);
    var visit = token.flatMap(known);
    if (token.isEmpty() || visit.isEmpty()) return signIn(request);
    var form = request.method().equals("POST") ? Form.of(request) : Form.none();
    var asked = new Asked(request, visit.get(), csrf(token.get()), form);
    var correlation = new Correlation(asked.actor(), request.head().correlation());
    try {
      return correlation.call(() -> page.answer(asked));
    } catch (Problem.Found e) {
      return trouble(422, asked, Trouble.of(e.problems()));
    } catch (HttpFailure e) {
      return trouble(e.status(), asked, Trouble.of(title(e.status()), e.detail(), ""));
    } catch (Exception e) {
      if (e instanceof InterruptedException) Thread.currentThread().interrupt();
      LOG.error("a page failed, correlation {}", correlation.id(), e);
      return trouble(500, asked, broken(correlation));
    }
  }

  private static Trouble broken(Correlation correlation) {
    return Trouble.of(
        "Something went wrong here",
        "The page could not be made.",
        "Try again; if it stays so, look into the server's log for " + correlation.id() + ".");
  }

  private static String title(int status) {
    return switch (status) {
      case 403 -> "You may not do this";
      case 404 -> "There is no such page";
      default -> "This cannot be done";
    };
  }

  private Response trouble(int status, Asked asked, Trouble trouble) {
    var frame = pages.frame(asked, new Pages.Sort(trouble.title(), "", ""));
    return pages.page(status, frame, "trouble.jte", trouble);
  }

  /// To the sign-in, and from there to where they wanted to go; a part of a page cannot go there.
  private static Response signIn(Request request) {
    if (request.header("HX-Request").isPresent()) {
      return Response.of(401).with("HX-Refresh", "true");
    }
    var path = "/" + String.join("/", request.head().path());
    boolean plain = request.method().equals("GET") && path.startsWith("/console");
    var next = plain ? "?next=" + Query.encoded(path + query(request)) : "";
    return Asked.to("/console/sign-in" + next).with("Cache-Control", "no-store");
  }

  private static String query(Request request) {
    var text = new StringBuilder();
    Query query = request.query();
    query
        .values()
        .forEach((name, values) ->
            values.forEach(value ->
                text.append(text.isEmpty() ? "?" : "&")
                    .append(Query.encoded(name))
                    .append('=')
                    .append(Query.encoded(value))));
    return text.toString();
  }

  /// The token of the page proves that it is ours: it is made of what only its browser knows.
  private static void requireOwn(Request request, Asked asked) {
    var sent = asked.form().text("csrf").or(() -> request.header("X-Csrf")).orElse("");
    var same =
        MessageDigest.isEqual(
            sent.getBytes(StandardCharsets.UTF_8), asked.csrf().getBytes(StandardCharsets.UTF_8));
    if (!same)
      throw new HttpFailure(403, "this form is not from here, or too old: go back, reload");
    requireSameOrigin(request);
  }

  /// Browsers say where a form comes from.
  static void requireSameOrigin(Request request) {
    var origin = request.header("Origin");
    var site = request.header("Sec-Fetch-Site");
    boolean foreign =
        origin.filter(o -> !o.equalsIgnoreCase(request.origin())).isPresent()
            && site.filter(s -> s.equals("same-origin")).isEmpty();
    if (foreign) throw new HttpFailure(403, "this form is not from here");
  }

  private static String csrf(Secret token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update("csrf ".getBytes(StandardCharsets.UTF_8));
      var hash = digest.digest(token.reveal().getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Whose session the request belongs to.
  Optional<Visit> visit(Request request) {
    return Cookies.session(request).flatMap(access::visit);
  }
}
