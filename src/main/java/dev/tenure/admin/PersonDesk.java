package dev.tenure.admin;

import dev.tenure.flow.Excluder;
import dev.tenure.flow.Exclusions.Exclusion;
import dev.tenure.flow.Explainer;
import dev.tenure.flow.Flows;
import dev.tenure.http.Request;
import dev.tenure.view.ExclusionJson;
import dev.tenure.view.ExplanationJson;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What is asked about people of a flow: why they have what they have, and who is taken out of its
/// scope by hand. A person is named by the key, or by a value that only they have.
record PersonDesk(Flows flows, Explainer explainer, Excluder excluder) {
  static final List<Operation> OPERATIONS =
      List.of(
          Operation.look("/flows/{flow}/people/{person}", (d, r) -> d.people().explain(r)),
          Operation.look("/flows/{flow}/exclusions", (d, r) -> d.people().exclusions(r)),
          Operation.act(
              "PUT", "/flows/{flow}/exclusions/{person}", (d, r) -> d.people().exclude(r)),
          Operation.act(
              "DELETE", "/flows/{flow}/exclusions/{person}", (d, r) -> d.people().lift(r)));

  private static final String PERSON = "person";
  private static final String AT = "at";
  private static final String REASON = "reason";
  private static final String UNTIL = "until";
  private static final int UNTIL_CHARACTERS_MAX = 40;

  /// Throws `PERSON_UNKNOWN`.
  ObjectNode explain(Request request) {
    Wanted.query(request, Set.of(AT));
    var flow = Wanted.flow(request, flows);
    var at = Wanted.time(request, AT).orElseGet(flow.clock()::instant);
    return ExplanationJson.of(explainer.explain(flow, Wanted.variable(request, PERSON), at));
  }

  /// In the order of their keys; `next` is the address of the following page, where there is one.
  ObjectNode exclusions(Request request) {
    Wanted.query(request, Set.of(Page.LIMIT, Page.AFTER));
    var flow = Wanted.flow(request, flows);
    // sorted here: an external database may order texts otherwise than they are compared
    var all = excluder.all(flow).stream().sorted(Comparator.comparing(PersonDesk::key)).toList();
    var page = Page.among(all, PersonDesk::key, request);
    var answer = ExclusionJson.of(flow.id(), page.entries());
    return page.next(answer, request, last -> Map.of(Page.AFTER, key(last)));
  }

  private static String key(Exclusion exclusion) {
    return exclusion.person().value();
  }

  /// Throws `PERSON_UNKNOWN`, `PERSON_PROTECTED` and `EXCLUSION_UNUSABLE`.
  ObjectNode exclude(Request request) {
    Wanted.query(request, Set.of());
    var flow = Wanted.flow(request, flows);
    var body = Wanted.body(request, Set.of(REASON, UNTIL));
    var reason = Wanted.text(body, REASON, Excluder.REASON_MAX);
    var until = Wanted.text(body, UNTIL, UNTIL_CHARACTERS_MAX);
    if (!until.isEmpty()) Wanted.time(until, UNTIL);
    var person = explainer.key(flow, Wanted.variable(request, PERSON));
    var term = excluder.term(reason, Optional.of(until).filter(u -> !u.isEmpty()));
    return ExclusionJson.of(flow.id(), List.of(excluder.exclude(flow, person, term)));
  }

  /// Throws `PERSON_UNKNOWN` and `EXCLUSION_UNKNOWN`.
  ObjectNode lift(Request request) {
    Wanted.query(request, Set.of());
    var flow = Wanted.flow(request, flows);
    Wanted.body(request, Set.of());
    var person = explainer.key(flow, Wanted.variable(request, PERSON));
    return ExclusionJson.of(flow.id(), List.of(excluder.lift(flow, person)));
  }
}
