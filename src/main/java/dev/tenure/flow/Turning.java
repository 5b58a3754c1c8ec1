package dev.tenure.flow;

import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.Plans;
import dev.tenure.flow.Agenda.Settled;
import dev.tenure.flow.Agenda.Word;
import dev.tenure.flow.CycleReport.Counts;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.plan.Membership;
import dev.tenure.plan.Plan;
import dev.tenure.plan.Waiting;
import dev.tenure.policy.Decision;
import dev.tenure.policy.Standing;
import dev.tenure.problem.Problem;
import dev.tenure.source.Feed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The deciding half of a turn: whom something concerns, and what is planned for them. Used once.
final class Turning {
  /// More people than that are planned for together with all others.
  private static final int PART_MAX = 20_000;

  /// So many who are in doubt are looked at each time.
  static final int OPEN_MAX = 1_000;

  private final Flow flow;
  private final Cycle.Books books;
  private final Cycle cycle;
  private final List<Problem> findings = new ArrayList<>();

  /// As of when people are decided on: after the news came in, so that it counts.
  private Instant at;

  /// What was planned, and for whom (absent: everybody). `counted`: the counts are of now.
  record Planned(Optional<CycleReport> report, Optional<Set<PersonKey>> about, boolean counted) {}

  Turning(Flow flow, Cycle.Books books, Cycle cycle) {
    this.flow = flow;
    this.books = books;
    this.cycle = cycle;
    this.at = flow.clock().instant();
  }

  Planned plan(boolean atTime) {
    var by = books.places().of(flow.id()).decidedBy();
    var intake = new Intake(flow, books);
    boolean isSame = by.equals(Optional.of(flow.fingerprint()));
    if (!isSame) intake.rekey();
    var ends = Optional.of(flow.fingerprint().ends());
    if (!by.map(Fingerprint::ends).equals(ends)) return everybody();
    var timings = new Timings(flow.clock());
    if (atTime) {
      timings.step("source", () -> findings.addAll(intake.people().findings()));
      timings.step("target", () -> findings.addAll(intake.accounts()));
    } else {
      intake.index();
    }
    at = flow.clock().instant();
    if (!isSame || (atTime && areGroupsDue())) return again();
    var due = books.agenda().due(flow.id(), at, PART_MAX + 1);
    if (due.size() > PART_MAX) return again();
    if (due.isEmpty() && !atTime)
      return new Planned(Optional.empty(), Optional.of(Set.of()), false);
    var about = new HashSet<>(due);
    if (!due.isEmpty()) about.addAll(books.agenda().open(flow.id(), OPEN_MAX));
    return new Planned(Optional.of(some(about, atTime, timings)), Optional.of(about), atTime);
  }

  /// Other groups in the target than before may concern everybody. That is seen to when it is time
  /// to look at both ends; until then whoever is due is decided on by what is known.
  private boolean areGroupsDue() {
    return flow.policy().targetGroups().isPresent() && books.groups().areDue(flow.id());
  }

  /// Law 1: as long as the last read of the source was not whole, nobody leaves.
  private CycleReport some(Set<PersonKey> about, boolean atTime, Timings timings) {
    var complete = books.places().of(flow.id()).readAt().isPresent();
    try (var surroundings = new Surroundings(flow, books, at)) {
      var whole = timings.step("plan", () -> flow.planner().plan(surroundings.of(about, complete)));
      var plan = Cycle.without(whole, about.isEmpty() ? Set.of() : cycle.resting(flow));
      var number = timings.step("save", () -> save(about, plan));
      surroundings.release();
      var rest = postponed(whole, plan);
      var agenda = new Settling(about, whole, rest, complete);
      settle(agenda, surroundings.decisions());
      findings.addAll(unclear(surroundings.decisions(), about));
      findings.addAll(plan.findings());
      return new CycleReport(
          flow.id(),
          plan.withFindings(findings.stream().distinct().toList()),
          number,
          atTime ? counts(complete) : new Counts(0, 0, 0, 0, complete),
          timings.steps(),
          rest.size(),
          Optional.empty(),
          Optional.empty());
    }
  }

  private Optional<PlanNumber> save(Set<PersonKey> about, Plan plan) {
    if (about.isEmpty()) return Optional.empty();
    var number = books.plans().save(flow.id(), Plans.Draft.concerning(about, plan));
    books.links().keep(flow.id(), plan.links());
    accept(number);
    return number;
  }

  /// Before anybody is taken off the agenda: of a turn that is killed in between nothing is sent,
  /// and it is planned again.
  private void accept(Optional<PlanNumber> number) {
    number.ifPresent(n -> books.plans().accept(flow.id(), n));
  }

  private static List<Problem> unclear(Map<PersonKey, Decision> decisions, Set<PersonKey> about) {
    var problems = new ArrayList<Problem>();
    for (var decision : decisions.values()) {
      if (!about.contains(decision.standing().person())) continue;
      if (decision.standing() instanceof Standing.Unclear(_, var why)) problems.addAll(why);
    }
    return problems;
  }

  private static Set<PersonKey> postponed(Plan whole, Plan plan) {
    var all = people(whole);
    all.removeAll(people(plan));
    return all;
  }

  private static Set<PersonKey> people(Plan plan) {
    return plan.changes().stream()
        .flatMap(change -> Membership.each(change).stream())
        .map(Change::person)
        .collect(Collectors.toSet());
  }

  /// Who was planned for, with what; `rest` are those whose change rests; `complete`: leavers
  /// leave.
  private record Settling(Set<PersonKey> about, Plan plan, Set<PersonKey> rest, boolean complete) {}

  private void settle(Settling what, Map<PersonKey, Decision> decisions) {
    var doubted = new HashSet<String>();
    what.plan().findings().forEach(f -> doubted.add(f.details().getOrDefault("person", "")));
    var due = new HashMap<PersonKey, Instant>();
    for (var waiting : what.plan().waiting()) {
      waiting.due().ifPresent(t -> due.merge(waiting.person(), t, Turning::earlier));
      // Nobody tells when a seat becomes free in the target, or is bought.
      if (waiting.what().equals(Waiting.SEAT)) {
        due.merge(waiting.person(), at.plus(flow.config().every()), Turning::earlier);
      }
      if (waiting.due().isEmpty()) doubted.add(waiting.person().value());
    }
    var settled = new ArrayList<Settled>();
    for (var person : what.about()) {
      var decision = Optional.ofNullable(decisions.get(person));
      var word = decision.map(d -> word(d.standing())).orElse(Word.LEFT);
      var again =
          Stream.of(
                  decision.flatMap(Decision::until),
                  Optional.ofNullable(due.get(person)),
                  later(what.rest().contains(person), Cycle.REFUSED_REST),
                  later(word == Word.LEFT && !what.complete(), flow.config().every()))
              .flatMap(Optional::stream)
              .min(Instant::compareTo);
      var open = doubted.contains(person.value()) && word != Word.UNCLEAR;
      settled.add(new Settled(person, word, again, open));
    }
    books.agenda().settle(flow.id(), settled, at);
  }

  private static Instant earlier(Instant some, Instant other) {
    return some.isBefore(other) ? some : other;
  }

  private Optional<Instant> later(boolean isSo, Duration by) {
    return isSo ? Optional.of(at.plus(by)) : Optional.empty();
  }

  private static Word word(Standing standing) {
    return switch (standing) {
      case Standing.InScope _ -> Word.IN;
      case Standing.Left _ -> Word.LEFT;
      case Standing.Unclear _ -> Word.UNCLEAR;
      case Standing.Protected _ -> Word.PROTECTED;
    };
  }

  private Counts counts(boolean complete) {
    var counts = books.agenda().counts(flow.id());
    return new Counts(
        books.people().count(flow.id()),
        counts.getOrDefault(Word.IN, 0L),
        counts.getOrDefault(Word.LEFT, 0L),
        counts.getOrDefault(Word.UNCLEAR, 0L),
        complete);
  }

  /// Both ends are read, and everybody is planned for.
  private Planned everybody() {
    var place = books.places().of(flow.id());
    var cursor = new Intake(flow, books).feed().flatMap(Feed::begin);
    // Should the source fail now, its feed still tells when it is worth another try.
    books.places().keep(flow.id(), place.unread(cursor));
    books.groups().due(flow.id(), true);
    try (var reading = new Reading(flow, books)) {
      var report = cycle.made(flow, reading, cycle.resting(flow));
      reading.release();
      accept(report.number());
      var now = place.swept(reading.at()).decided(flow.fingerprint());
      books
          .places()
          .keep(
              flow.id(),
              reading.isComplete() ? now.read(cursor, reading.at()) : now.unread(cursor));
      return settled(reading, report);
    }
  }

  /// Everybody is planned for, as they are known: neither people nor accounts are read, but groups
  /// where the flow manages some.
  private Planned again() {
    books.groups().due(flow.id(), true);
    try (var reading = Reading.kept(flow, books, findings)) {
      var report = cycle.made(flow, reading, cycle.resting(flow));
      reading.release();
      accept(report.number());
      var place = books.places().of(flow.id());
      books.places().keep(flow.id(), place.decided(flow.fingerprint()));
      return settled(reading, report);
    }
  }

  private Planned settled(Reading reading, CycleReport report) {
    settle(reading, report);
    books.groups().due(flow.id(), !reading.knowsGroups());
    return new Planned(Optional.of(report), Optional.empty(), true);
  }

  private void settle(Reading reading, CycleReport report) {
    at = flow.clock().instant();
    var decisions = new HashMap<PersonKey, Decision>();
    var about = new HashSet<PersonKey>(books.people().digests(flow.id()).keySet());
    for (var standing : reading.standings()) {
      about.add(standing.person());
      decisions.put(standing.person(), new Decision(standing, reading.until(standing.person())));
    }
    about.addAll(books.agenda().due(flow.id(), at, Integer.MAX_VALUE));
    settle(new Settling(about, report.plan(), Set.of(), reading.isComplete()), decisions);
  }
}
