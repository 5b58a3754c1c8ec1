package dev.tenure.flow;

import dev.tenure.deliver.Links;
import dev.tenure.deliver.Plans;
import dev.tenure.flow.FlowStates.FlowState;
import dev.tenure.flow.KnownPeople.Known;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Decision;
import dev.tenure.policy.Standing;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Explains people from what is known of them: neither the source nor the target is read, so that
/// it takes the same time whatever their size.
public final class Explainer {
  private static final int CHANGES_MAX = 10;
  private static final int NAMED_MAX = 10;

  private final KnownPeople people;
  private final Links links;
  private final Plans plans;
  private final FlowStates states;
  private final Evictions evictions;

  public Explainer(Cycle.Books books, FlowStates states) {
    this.people = books.people();
    this.links = books.links();
    this.plans = books.plans();
    this.states = states;
    this.evictions = books.evictions();
  }

  /// Explains the person of this key, or the only one with this value in some attribute (a
  /// userName, a mail address), as of this time. Throws `PERSON_UNKNOWN` where there is none or
  /// several.
  public Explanation explain(Flow flow, String who, Instant at) {
    var key = keyOf(flow.id(), who);
    var known = people.at(flow.id(), key, at).orElseThrow(() -> notYet(flow.id(), key, at));
    var decision = decided(flow, known, at);
    var state = states.of(flow.id());
    var until = new Plans.Until(at, CHANGES_MAX, flow.target().userType());
    return new Explanation(
        flow.id(),
        key,
        at,
        known,
        decision,
        flow.policy().inputs(known.person(), at),
        links.account(flow.id(), key),
        plans.changesOf(flow.id(), key, until),
        next(flow, state, decision),
        findings(state, key),
        ways(flow, known, at),
        flow.policy().secrets());
  }

  private List<String> ways(Flow flow, Known known, Instant at) {
    if (isGone(known, at)) return List.of();
    return new Ways(flow.policy(), at).of(known.person(), twins(flow));
  }

  private List<Known> twins(Flow flow) {
    return people.some(flow.id(), Ways.TWINS_MAX);
  }

  private Decision decided(Flow flow, Known known, Instant at) {
    if (!isGone(known, at)) return Rulings.of(flow, evictions).of(known.person(), at);
    var event = Standing.LeaverEvent.GONE_FROM_SOURCE;
    var left =
        new Standing.Left(known.person().key(), event, "gone from the source", known.goneAt());
    return new Decision(left, Optional.empty());
  }

  private static boolean isGone(Known known, Instant at) {
    return known.goneAt().filter(gone -> !gone.isAfter(at)).isPresent();
  }

  private PersonKey keyOf(FlowId flow, String who) {
    var exact =
        who.isBlank() || who.length() > PersonKey.LENGTH_MAX
            ? Optional.<PersonKey>empty()
            : people.find(flow, new PersonKey(who)).map(known -> known.person().key());
    if (exact.isPresent()) return exact.get();
    var named = people.named(flow, List.of(who), NAMED_MAX);
    if (named.size() == 1) return named.getFirst();
    throw unknown(flow, who, named);
  }

  private static Problem.Found unknown(FlowId flow, String who, List<PersonKey> named) {
    var several = !named.isEmpty();
    return new Problem(
            Code.PERSON_UNKNOWN,
            several
                ? "several people have the value '" + who + "'"
                : "nobody with the key or value '" + who + "' was ever read from the source",
            Map.of("flow", flow.value(), "person", several ? named.toString() : who),
            several
                ? "name one of these by the key"
                : "check the spelling; if they are new, 'tenure plan "
                    + flow
                    + "' reads the source")
        .found();
  }

  private static Problem.Found notYet(FlowId flow, PersonKey person, Instant at) {
    return new Problem(
            Code.PERSON_UNKNOWN,
            "the person had not been read yet at " + at,
            Map.of("flow", flow.value(), "person", person.value()),
            "ask for a later time, or leave out --at")
        .found();
  }

  /// The next cycle, or earlier where the rules themselves say something else from then on.
  private static Optional<Instant> next(Flow flow, Optional<FlowState> state, Decision decision) {
    var cycle = state.flatMap(FlowState::startedAt).map(at -> at.plus(flow.config().every()));
    return Stream.of(cycle, decision.until()).flatMap(Optional::stream).min(Instant::compareTo);
  }

  private static List<Problem> findings(Optional<FlowState> state, PersonKey person) {
    return state.stream()
        .flatMap(s -> s.findings().stream())
        .filter(f -> person.value().equals(f.details().get("person")))
        .toList();
  }
}
