package dev.tenure.console;

import dev.tenure.access.Role;
import dev.tenure.access.Visit;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Query;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// A request of somebody who is signed in.
public record Asked(Request request, Visit visit, String csrf, Form form) {
  private static final int TEXT_MAX = 400;

  /// A parameter of the address; absent where it is blank, 400 where it is too long.
  public Optional<String> text(String name) {
    var text = request.query().first(name).map(String::strip).filter(t -> !t.isEmpty());
    if (text.filter(t -> t.length() > TEXT_MAX).isPresent()) {
      throw new HttpFailure(400, "'" + name + "' is too long");
    }
    return text.map(t -> t.replace('\0', ' '));
  }

  /// A whole number in the address; 400 for anything else.
  public Optional<Long> number(String name) {
    return text(name).map(t -> parse(name, t));
  }

  /// A variable of the route that is a whole number; 404 for anything else.
  public long pathNumber(String name) {
    var text = request.variable(name);
    if (!text.matches("[1-9][0-9]{0,17}")) throw new HttpFailure(404, "nothing is here");
    return Long.parseLong(text);
  }

  private static long parse(String name, String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new HttpFailure(400, "'" + name + "' is a whole number");
    }
    return Long.parseLong(text);
  }

  /// A time, or a day for its first moment (UTC); 400 for anything else.
  public Optional<Instant> time(String name) {
    return text(name)
        .map(t -> {
          try {
            return t.contains("T")
                ? Instant.parse(t.endsWith("Z") ? t : t + (t.length() == 16 ? ":00Z" : "Z"))
                : LocalDate.parse(t).atStartOfDay(ZoneOffset.UTC).toInstant();
          } catch (DateTimeParseException _) {
            throw new HttpFailure(400, "'" + name + "' is a time such as 2026-11-24T08:00:00Z");
          }
        });
  }

  /// Whether this somebody may do what the role may.
  public boolean may(Role role) {
    return visit.role().covers(role);
  }

  /// The name under which what is done is written down.
  public String actor() {
    return "console:" + visit.name();
  }

  /// Sends the browser to another page of the console, after something was done.
  public static Response to(String path) {
    return Response.of(303).with("Location", path);
  }

  /// As it stands between two slashes of an address.
  public static String segment(String text) {
    return Query.encoded(text).replace("+", "%20");
  }
}
