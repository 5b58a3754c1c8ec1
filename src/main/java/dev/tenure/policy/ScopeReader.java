package dev.tenure.policy;

import dev.cel.common.types.CelKind;
import dev.tenure.config.Section;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.RuleExpressions.Wanted;
import dev.tenure.problem.Code;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads the sections `scope` and `effective` of a flow.
record ScopeReader(RuleExpressions expressions) {
  private static final Wanted TIME =
      new Wanted(
          t ->
              t.kind() == CelKind.STRING
                  || t.kind() == CelKind.TIMESTAMP
                  || t.kind() == CelKind.DYN,
          "a day or a time is a text or a timestamp, this gives a ",
          "give a text such as 2026-03-31, or let parseDate read it");
  private static final Wanted ZONE =
      new Wanted(
          t -> t.kind() == CelKind.STRING || t.kind() == CelKind.DYN,
          "a time zone is a text, this gives a ",
          "give a name such as \"Europe/Berlin\"");

  Scope scope(Section section) {
    return new Scope(
        section.texts("groups"),
        expressions.optional(section, "when", RuleExpressions.CONDITION),
        exemptions(section, "protect"),
        exemptions(section, "exclude"));
  }

  private List<Exemption> exemptions(Section section, String key) {
    var all = new ArrayList<Exemption>();
    for (var one : section.list(key)) {
      var keys =
          one.texts("keys").stream()
              .filter(k -> !k.isBlank())
              .map(PersonKey::new)
              .collect(Collectors.toSet());
      var groups = one.texts("groups");
      var when = expressions.optional(one, "when", RuleExpressions.CONDITION);
      if (keys.isEmpty() && groups.isEmpty() && !one.has("when")) {
        section.problem(
            key,
            Code.CONFIG_REQUIRED,
            "an entry names nobody",
            "give it keys, groups or when; everybody is not an exemption");
      }
      all.add(new Exemption(keys, groups, when, one.text("reason"), day(one)));
    }
    return all;
  }

  private static Optional<LocalDate> day(Section one) {
    var text = one.optionalText("until");
    try {
      return text.map(LocalDate::parse);
    } catch (DateTimeException e) {
      one.problem(
          "until",
          Code.CONFIG_VALUE,
          "'" + text.orElse("") + "' is not a day of the calendar",
          "write it like 2027-01-31");
      return Optional.empty();
    }
  }

  Effective effective(Section section) {
    return new Effective(
        expressions.optional(section, "start", TIME),
        expressions.optional(section, "end", TIME),
        expressions.optional(section, "zone", ZONE),
        section.duration("prehire", Duration.ZERO),
        endsAt(section));
  }

  private static Optional<LocalTime> endsAt(Section section) {
    var text = section.text("endsAt", "24:00");
    try {
      return text.equals("24:00") ? Optional.empty() : Optional.of(LocalTime.parse(text));
    } catch (DateTimeException e) {
      section.problem(
          "endsAt",
          Code.CONFIG_VALUE,
          "'" + text + "' is not a time of the day",
          "write it like 17:00");
      return Optional.empty();
    }
  }
}
