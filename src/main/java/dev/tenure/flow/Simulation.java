package dev.tenure.flow;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change.Reason;
import dev.tenure.plan.Reasons;
import dev.tenure.policy.Standing;
import dev.tenure.problem.Problem;
import dev.tenure.source.Person;
import dev.tenure.source.Source.ReadOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Whose outcome differs under other rules, grouped by what makes the difference. Both sources are
/// read, no account is, and nothing is written.
public final class Simulation {
  private static final String ABSENT = "the source does not have them";

  private final Rules rules;
  private final Rules others;
  private final Rulings rulings;
  private final Instant at;
  private final Map<PersonKey, Outcome> before = new HashMap<>();
  private final TreeMap<String, List<Case>> causes = new TreeMap<>();
  private long people;

  /// What becomes of a person: in words; with an account also each attribute.
  private record Outcome(String words, Map<String, Reason> attributes) {
    boolean isIn() {
      return words.isEmpty();
    }
  }

  /// One person, and what is different about them: `'Agent' → 'Lead'`.
  public record Case(PersonKey person, String difference) {}

  /// People whose outcome differs for the same cause, in the order of their keys.
  public record Group(String cause, List<Case> cases) {
    public Group {
      cases = List.copyOf(cases);
    }
  }

  /// The groups, the largest first; how many people were looked at, and of how many the outcome
  /// differs.
  public record Report(List<Group> groups, long people, long differing) {
    public Report {
      groups = List.copyOf(groups);
    }
  }

  private Simulation(Rules rules, Rules others, Rulings rulings, Instant at) {
    this.rules = rules;
    this.others = others;
    this.rulings = rulings;
    this.at = at;
  }

  /// Compares the two at this time; what somebody decided by hand (`rulings`) holds under both.
  /// Throws [Problem.Found] where a source cannot be read whole: who is missing would look like a
  /// difference.
  public static Report of(Rules rules, Rules others, Rulings rulings, Instant at) {
    var simulation = new Simulation(rules, others, rulings, at);
    simulation.run();
    return simulation.report();
  }

  private void run() {
    whole(rules.source().read(person -> before.put(person.key(), outcome(rules, person))));
    whole(others.source().read(person -> compare(person.key(), outcome(others, person))));
    before.forEach((person, was) -> settle(person, was, new Outcome(ABSENT, Map.of())));
  }

  private static void whole(ReadOutcome outcome) {
    if (outcome instanceof ReadOutcome.Incomplete(_, var reason, _)) throw reason.found();
  }

  private Outcome outcome(Rules by, Person person) {
    return switch (rulings.by(by.policy()).of(person, at).standing()) {
      case Standing.InScope(var desired) -> {
        var attributes = new TreeMap<String, Reason>();
        Reasons.wanted(desired).forEach(reason -> attributes.put(reason.attribute(), reason));
        yield new Outcome("", attributes);
      }
      case Standing.Left(_, _, var why, _) -> new Outcome("out: " + why, Map.of());
      case Standing.Unclear(_, var problems) ->
          new Outcome("unclear: " + codes(problems), Map.of());
      case Standing.Protected(_, var why) -> new Outcome("protected: " + why, Map.of());
    };
  }

  private static String codes(List<Problem> problems) {
    var words = new TreeSet<String>();
    problems.forEach(p -> words.add(p.code() + " (" + p.details().getOrDefault("rule", "") + ")"));
    return String.join(", ", words);
  }

  private void compare(PersonKey person, Outcome now) {
    var was = before.remove(person);
    settle(person, was == null ? new Outcome(ABSENT, Map.of()) : was, now);
  }

  private void settle(PersonKey person, Outcome was, Outcome now) {
    people++;
    if (was.isIn() && now.isIn()) attributes(person, was.attributes(), now.attributes());
    else if (was.isIn()) note(person, "loses the account", now.words());
    else if (now.isIn()) note(person, "gets an account", "before: " + was.words());
    else if (!was.words().equals(now.words())) {
      note(person, "has no account for another reason", was.words() + " → " + now.words());
    }
  }

  private void attributes(PersonKey person, Map<String, Reason> were, Map<String, Reason> are) {
    var names = new TreeSet<>(were.keySet());
    names.addAll(are.keySet());
    var none = new Reason("", "", "", "no rule, or it gives nothing");
    for (var name : names) {
      var was = were.getOrDefault(name, none);
      var is = are.getOrDefault(name, none);
      if (was.after().equals(is.after())) continue;
      var cause =
          was.because().equals(is.because())
              ? name + ": " + is.because() + " reads something else"
              : name + ": " + was.because() + " → " + is.because();
      note(person, cause, "'" + was.after() + "' → '" + is.after() + "'");
    }
  }

  private void note(PersonKey person, String cause, String difference) {
    causes.computeIfAbsent(cause, _ -> new ArrayList<>()).add(new Case(person, difference));
  }

  private Report report() {
    var groups = new ArrayList<Group>();
    var differing = new TreeSet<PersonKey>();
    causes.forEach((cause, cases) -> {
      cases.sort(Comparator.comparing(Case::person));
      cases.forEach(one -> differing.add(one.person()));
      groups.add(new Group(cause, cases));
    });
    groups.sort(Comparator.comparingInt((Group group) -> group.cases().size()).reversed());
    return new Report(groups, people, differing.size());
  }
}
