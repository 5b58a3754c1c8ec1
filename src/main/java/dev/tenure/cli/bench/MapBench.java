package dev.tenure.cli.bench;

import dev.tenure.cli.Installation;
import dev.tenure.id.FlowId;
import dev.tenure.policy.Standing;
import dev.tenure.source.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What it takes to decide about one person: scope, dates, and a map of 15 attributes with lookups,
/// a regular expression, a phone number, transliteration, a date and a unique value.
final class MapBench {
  private static final int PEOPLE = 20_000;
  private static final double MICROS_MAX = 50;
  private static final String NAME = "decide and map a person, 15 attributes";
  private static final List<String> TITLES = List.of("Agent", "Team Lead", "Head of Service");
  private static final List<String> DEPARTMENTS = List.of("Sales", "Customer Service", "Field");
  private static final List<String> GIVEN = List.of("Zoë", "Jürgen", "Anna", "Ольга", "Peter");

  private MapBench() {}

  /// The median of the runs, each over all people; the first run is not counted.
  static List<Figure> measure(Installation installation, int runs) throws IOException {
    try (var scratch = Scratch.make()) {
      var config = write(scratch.path());
      try (var place = installation.open(config, scratch.path().resolve("data"), "bench")) {
        var flow = place.flow(new FlowId("people"));
        var people = new ArrayList<Person>();
        flow.source().read(people::add);
        var micros = new ArrayList<Double>();
        for (int run = 0; run <= runs; run++) micros.add(run(flow::standing, people));
        var counted = micros.subList(1, micros.size()).stream().sorted().toList();
        return List.of(Figure.atMost(NAME, counted.get(counted.size() / 2), MICROS_MAX, "µs"));
      }
    }
  }

  private static double run(Function<Person, Standing> policy, List<Person> people) {
    long begun = System.nanoTime();
    long in = people.stream().map(policy).filter(s -> s instanceof Standing.InScope).count();
    double took = (System.nanoTime() - begun) / 1e3 / people.size();
    if (in != people.size()) throw new IllegalStateException(in + " of all are in scope");
    return took;
  }

  private static Path write(Path folder) throws IOException {
    var rows = new StringBuilder("id,given,family,title,dept,phone,hired,groups\n");
    for (int i = 0; i < PEOPLE; i++) {
      rows.append(
          "E%d,%s,Nachname%d,%s,%s,030 901820%02d,%s,Cloud\n"
              .formatted(
                  i,
                  pick(GIVEN, i),
                  i,
                  pick(TITLES, i),
                  pick(DEPARTMENTS, i),
                  i % 100,
                  "2024-03-%02d".formatted(1 + i % 28)));
    }
    Files.writeString(folder.resolve("people.csv"), rows);
    return Files.writeString(folder.resolve("tenure.yaml"), CONFIGURATION);
  }

  private static String pick(List<String> some, int at) {
    return some.get(at % some.size());
  }

  private static final String CONFIGURATION =
      """
      sources:
        hr: {csv: {file: people.csv, key: id, groups: {column: groups}}}
      organizations:
        acme: {profile: standard}
      targets:
        acme: {organization: acme}
      tables:
        divisions: {Sales: EMEA, Customer Service: Care, Field: EMEA}
        roles: {Agent: Agent, Team Lead: [Agent, Supervisor], Head of Service: Supervisor}
      flows:
        people:
          source: hr
          target: acme
          scope: {groups: Cloud, when: 'title != "External"'}
          effective: {start: hired, zone: '"Europe/Berlin"', prehire: 7d}
          map:
            userName:
              value: 'lower(transliterate(given, "de") + "." + family) + "@example.com"'
              alternatives: ['lower(transliterate(given, "de") + "." + family) + "{n}@example.com"']
            displayName: 'given + " " + family'
            name.givenName: given
            name.familyName: family
            'emails[type eq "work"].value': 'lower(normalise(given)) + "." + key + "@example.com"'
            'phoneNumbers[type eq "work"].value': 'phone(phone, "DE")'
            title: 'titleCase(title)'
            employeeNumber: 'padLeft(digits(key), 8, "0")'
            department: dept
            division: 'lookup("divisions", dept)'
            costCenter: 'regexReplace(family, "[^0-9]", "")'
            nickName: 'coalesce([left(given, 3), family])'
            roles: 'lookupAll("roles", title)'
            userType: 'switch(title, {"Agent": "Agent", "Team Lead": "Lead"}, "Other")'
            locale: 'formatDate(date(hired), "yyyy") < "2000" ? "en" : "de"'
      """;
}
