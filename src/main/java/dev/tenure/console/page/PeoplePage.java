package dev.tenure.console.page;

import dev.tenure.console.Asked;
import dev.tenure.console.Gate;
import dev.tenure.console.Pages;
import dev.tenure.console.Parts;
import dev.tenure.flow.Flow;
import dev.tenure.flow.Rulings;
import dev.tenure.http.Query;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.policy.Standing;
import dev.tenure.store.PeopleStore;
import dev.tenure.view.Called;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The people of a flow: search, page by page.
public final class PeoplePage {
  private static final int SHOWN = 50;

  private final Parts parts;
  private final Pages pages;
  private final PeopleStore people;

  public PeoplePage(Parts parts, Pages pages) {
    this.parts = parts;
    this.pages = pages;
    this.people = new PeopleStore(parts.database());
  }

  public Routes routes(Gate gate) {
    return new Routes().add("GET", "/console/people", gate.page(this::answer));
  }

  /// What the page shows. `next`: the address of the next page.
  public record View(
      List<String> flows, String flow, String text, List<Row> rows, Optional<String> next) {}

  /// Somebody in the list. `tone` and `standing` say whether the rules want an account for them.
  public record Row(
      String key,
      String name,
      String mail,
      String tone,
      String standing,
      Optional<String> account,
      Instant changedAt) {}

  private Response answer(Asked asked) {
    var flows = parts.engine().flows();
    var sort = new Pages.Sort("People", "people", "tenure explain FLOW PERSON");
    if (flows.isEmpty()) {
      var none = new View(List.of(), "", "", List.of(), Optional.empty());
      return pages.page(asked, sort, "people.jte", none);
    }
    var flow = asked.text("flow").map(parts.engine()::flow).orElse(flows.getFirst());
    var text = asked.text("q");
    var after = asked.text("after").orElse("");
    var found = people.page(flow.id(), new PeopleStore.Wanted(text, after, SHOWN + 1));
    boolean more = found.size() > SHOWN;
    var shown = more ? found.subList(0, SHOWN) : found;
    var now = parts.engine().world().clock().instant();
    var rulings = parts.engine().cycle().rulings(flow);
    var view =
        new View(
            flows.stream().map(f -> f.id().value()).toList(),
            flow.id().value(),
            text.orElse(""),
            shown.stream().map(row -> row(rulings, row, now)).toList(),
            more ? Optional.of(next(flow, text, shown.getLast())) : Optional.empty());
    return pages.page(asked, sort, "people.jte", view);
  }

  private static String next(Flow flow, Optional<String> text, PeopleStore.Row last) {
    return "?flow="
        + flow.id()
        + text.map(t -> "&q=" + Query.encoded(t)).orElse("")
        + "&after="
        + Query.encoded(last.person().key().value());
  }

  private static Row row(Rulings rulings, PeopleStore.Row row, Instant now) {
    var standing =
        row.goneAt().isPresent()
            ? new Said("idle", "gone from the source")
            : said(rulings.of(row.person(), now).standing());
    var secrets = rulings.policy().secrets();
    return new Row(
        row.person().key().value(),
        Called.name(row.person(), secrets),
        Called.mail(row.person(), secrets),
        standing.tone(),
        standing.words(),
        row.account(),
        row.changedAt());
  }

  /// A word with its tone.
  public record Said(String tone, String words) {}

  static Said said(Standing standing) {
    return switch (standing) {
      case Standing.InScope _ -> new Said("good", "in scope");
      case Standing.Left left -> new Said("idle", left.why());
      case Standing.Unclear _ -> new Said("bad", "unclear");
      case Standing.Protected _ -> new Said("warn", "protected");
    };
  }
}
