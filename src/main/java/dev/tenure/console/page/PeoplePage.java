package dev.tenure.console.page;

import dev.tenure.console.Asked;
import dev.tenure.console.Gate;
import dev.tenure.console.Pages;
import dev.tenure.console.Parts;
import dev.tenure.console.store.PeopleStore;
import dev.tenure.flow.Flow;
import dev.tenure.flow.Rulings;
import dev.tenure.http.Query;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.policy.Standing;
import dev.tenure.source.Person;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The people of a flow: search, page by page.
public final class PeoplePage {
  private static final int SHOWN = 50;

  /// What sources call the name of somebody, the best first.
  private static final List<String> NAMES =
      List.of("displayname", "cn", "fullname", "full_name", "name", "formattedname");

  private static final List<String> MAILS = List.of("mail", "email", "userprincipalname", "emails");

  private static final List<String> GIVEN =
      List.of("givenname", "given", "firstname", "first_name");

  private static final List<String> FAMILY =
      List.of("sn", "familyname", "family", "lastname", "last_name", "surname");

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
        name(row.person(), secrets),
        first(row.person(), MAILS, secrets),
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

  /// The name of somebody, as well as the source has it; empty where it has none.
  static String name(Person person, Set<String> secrets) {
    var whole = first(person, NAMES, secrets);
    return whole.isEmpty()
        ? (first(person, GIVEN, secrets) + " " + first(person, FAMILY, secrets)).strip()
        : whole;
  }

  private static String first(Person person, List<String> names, Set<String> secrets) {
    for (var name : names) {
      for (var attribute : person.attributes().keySet()) {
        boolean named = attribute.toLowerCase(Locale.ROOT).equals(name);
        if (named && !secrets.contains(attribute)) return person.first(attribute);
      }
    }
    return "";
  }
}
