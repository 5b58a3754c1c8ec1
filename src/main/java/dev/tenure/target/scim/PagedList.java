package dev.tenure.target.scim;

import dev.tenure.problem.Problem;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Patient;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.remote.Wire;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// A list of an endpoint, page by page (RFC 7644 §3.4.2.4). It is whole only if its pages add up:
/// the total stays, and as many come as were announced.
final class PagedList {
  private final Pages pages;
  private final String endpoint;
  private final Failures failures;

  /// How pages are got, how many resources are asked for at once, and whether by cursor (RFC 9865).
  /// `leftOut` are attributes that are not asked for.
  record Pages(Patient server, int size, boolean byCursor, List<String> leftOut) {
    Pages {
      leftOut = List.copyOf(leftOut);
    }

    private String query() {
      var names = String.join(",", leftOut);
      return leftOut.isEmpty() ? "" : "&excludedAttributes=" + Wire.encoded(names);
    }

    /// The same with at most so many at once.
    Pages ofAtMost(int sizeMax) {
      return new Pages(server, Math.min(size, sizeMax), byCursor, leftOut);
    }
  }

  /// Takes each resource in turn.
  @FunctionalInterface
  interface Taker {
    void take(JsonNode resource) throws Broken;
  }

  /// Ends the read.
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    Broken(Problem problem) {
      super(problem.line(), null, false, false);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }

  /// `endpoint` such as `/Users`.
  PagedList(Pages pages, String endpoint, Failures failures) {
    this.pages = pages;
    this.endpoint = endpoint;
    this.failures = failures;
  }

  /// Reads the list from its beginning to its end; how many were announced and came.
  long each(Optional<String> filter, Taker taker) throws Broken {
    return pages.byCursor() ? eachByCursor(filter, taker) : eachByIndex(filter, taker);
  }

  /// Without a total the list ends where no cursor follows.
  private long eachByCursor(Optional<String> filter, Taker taker) throws Broken {
    var given = 0L;
    var cursors = new HashSet<String>();
    var cursor = "";
    var announced = OptionalLong.empty();
    do {
      if (!cursors.add(cursor)) throw broken("a cursor came twice");
      var page = page(filter, "cursor=%s&count=%d".formatted(Wire.encoded(cursor), pages.size()));
      var total = page.path("totalResults");
      if (total.isIntegralNumber()) announced = OptionalLong.of(total.longValue());
      for (var resource : page.path("Resources")) {
        taker.take(resource);
        given++;
      }
      cursor = page.path("nextCursor").asString("");
    } while (!cursor.isEmpty());
    var total = announced.orElse(given);
    if (given != total) throw broken(given + " came, " + total + " are there");
    return given;
  }

  private long eachByIndex(Optional<String> filter, Taker taker) throws Broken {
    var given = 0L;
    var total = -1L;
    do {
      var page = page(filter, "startIndex=%d&count=%d".formatted(given + 1, pages.size()));
      var now = total(page);
      if (total >= 0 && now != total) throw broken("the total was " + total + " and is " + now);
      total = now;
      var resources = page.path("Resources").valueStream().toList();
      if (resources.isEmpty() && given < total) {
        throw broken(given + " came, " + total + " are there");
      }
      for (var resource : resources) taker.take(resource);
      given += resources.size();
    } while (given < total);
    if (given > total) throw broken(given + " came, " + total + " are there");
    return total;
  }

  /// How many there are.
  long total(Optional<String> filter) throws Broken {
    return total(page(filter, "startIndex=1&count=1"));
  }

  /// One resource as a whole.
  JsonNode one(String id) throws Broken {
    return Answers.json(answer(endpoint + "/" + Wire.encoded(id)));
  }

  private long total(JsonNode page) throws Broken {
    var total = page.path("totalResults");
    if (!total.isIntegralNumber()) throw broken("an answer is no list with a total");
    return total.longValue();
  }

  private JsonNode page(Optional<String> filter, String place) throws Broken {
    var query =
        filter.map(f -> "filter=" + Wire.encoded(f) + "&").orElse("") + place + pages.query();
    return Answers.json(answer(endpoint + "?" + query));
  }

  /// A busy target is waited for, a few times; what else fails ends the read.
  private Answer answer(String path) throws Broken {
    return switch (pages.server().get(path)) {
      case Reply.NotSent(var why) -> throw new Broken(failures.unreachable(why));
      case Reply.NoAnswer(var why) -> throw new Broken(failures.unreachable(why));
      case Answer answer when answer.isSuccess() -> answer;
      case Answer answer -> throw new Broken(failures.unread(answer));
    };
  }

  /// That what came does not add up.
  Broken broken(String why) {
    return new Broken(failures.incomplete(why));
  }
}
