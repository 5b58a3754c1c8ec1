package dev.tenure.flow;

import dev.tenure.deliver.Links;
import dev.tenure.deliver.Plans;
import dev.tenure.flow.Exclusions.Exclusion;
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

  private final KnownPeople people;
  private final Links links;
  private final Plans plans;
  private final FlowStates states;
  private final Evictions evictions;
  private final Exclusions exclusions;

  public Explainer(Cycle.Books books, FlowStates states) {
    this.people = books.people();
    this.links = books.links();
    this.plans = books.plans();
    this.states = states;
    this.evictions = books.evictions();
    this.exclusions = books.exclusions();
  }

  /// Whom somebody means by this. Throws `PERSON_UNKNOWN` where there is none or several.
  public PersonKey key(Flow flow, String who) {
    return new Naming(people).key(flow.id(), who);
  }

  /// Explains the person of this key, or the only one with this value in some attribute (a
  /// userName, a mail address), as of this time. Throws `PERSON_UNKNOWN` where there is none or
  /// several.
  public Explanation explain(Flow flow, String who, Instant at) {
    var key = key(flow, who);
    var known = people.at(flow.id(), key, at).orElseThrow(() -> notYet(flow.id(), key, at));
    var excluded = excluded(flow, key, at);
    var rulings = new Rulings(flow.policy(), evictions.of(flow.id()), Map.of());
    var decision = decided(known, excluded.map(rulings::excluding).orElse(rulings), at);
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
        ways(flow, known, at, excluded.isPresent()),
        flow.policy().secrets());
  }

  /// Of somebody who is excluded by hand, what the rules ask for comes with lifting that.
  private List<String> ways(Flow flow, Known known, Instant at, boolean excluded) {
    if (isGone(known, at)) return List.of();
    var person = known.person();
    var ways = new Ways(flow.policy(), at).of(person, twins(flow));
    if (!excluded) return ways;
    var lift = "lift the exclusion: tenure exclude %s %s --lift".formatted(flow.id(), person.key());
    boolean out = flow.policy().decide(person, at).standing() instanceof Standing.Left;
    return out ? ways.stream().map(way -> way + ", and " + lift).toList() : List.of(lift);
  }

  private List<Known> twins(Flow flow) {
    return people.page(flow.id(), Optional.empty(), Ways.TWINS_MAX);
  }

  private Optional<Exclusion> excluded(Flow flow, PersonKey person, Instant at) {
    return exclusions.ever(flow.id(), person).stream().filter(e -> e.counts(at)).findFirst();
  }

  private static Decision decided(Known known, Rulings rulings, Instant at) {
    if (!isGone(known, at)) return rulings.of(known.person(), at);
    var event = Standing.LeaverEvent.GONE_FROM_SOURCE;
    var left =
        new Standing.Left(known.person().key(), event, "gone from the source", known.goneAt());
    return new Decision(left, Optional.empty());
  }

  private static boolean isGone(Known known, Instant at) {
    return known.goneAt().filter(gone -> !gone.isAfter(at)).isPresent();
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
    var cycle = state.flatMap(FlowState::startedAt).map(at -> flow.config().schedule().after(at));
    return Stream.of(cycle, decision.until()).flatMap(Optional::stream).min(Instant::compareTo);
  }

  private static List<Problem> findings(Optional<FlowState> state, PersonKey person) {
    return state.stream()
        .flatMap(s -> s.findings().stream())
        .filter(f -> person.value().equals(f.details().get("person")))
        .toList();
  }
}
