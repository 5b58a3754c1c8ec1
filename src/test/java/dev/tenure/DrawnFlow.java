package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Configuration;
import dev.tenure.database.Database;
import dev.tenure.deliver.SimulatedTime;
import dev.tenure.flow.Fingerprint;
import dev.tenure.flow.Flow;
import dev.tenure.flow.Flows;
import dev.tenure.id.FlowId;
import dev.tenure.metric.Meter;
import dev.tenure.organization.Organizations;
import dev.tenure.source.Source;
import dev.tenure.source.SourceSchema;
import dev.tenure.target.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;

/// The rules of a flow as they stand in a file, for a source and a target of the test's own.
record DrawnFlow(Flow rules, Fingerprint fingerprint) {
  private static final String YAML =
      """
      sources:
        hr: {csv: {file: people.csv, key: id}}
      targets:
        acme:
          scim: {url: "https://acme.invalid/scim/v2", token: "${env:TOKEN}", groupChunk: 3}
      flows:
        people:
          source: hr
          target: acme
          every: 1m
          sourceOrg: hr
          scope: {when: 'dept != "Canteen"'}
          match: [externalId, {on: userName, adopt: true}]
          deliver: {concurrency: 1, batch: 3, attempts: 6}
          map:
            userName: mail
            displayName: mail
            title: title
          groups: {value: '["All", "Title " + title]', manage: [All, "Title *"], missing: create}
          leaver:
            outOfScope: [deactivate, revoke-sessions, remove-groups]
            goneFromSource: [deactivate, revoke-sessions, remove-groups]
      """;

  static DrawnFlow read(Database database, Path folder) throws IOException {
    return read(database, folder, YAML);
  }

  /// From that file with something in it replaced.
  static DrawnFlow other(Database database, Path folder, String text, String by)
      throws IOException {
    assertThat(YAML).contains(text);
    return read(database, folder, YAML.replace(text, by));
  }

  private static DrawnFlow read(Database database, Path folder, String yaml) throws IOException {
    Files.writeString(folder.resolve("people.csv"), "id,mail,title,dept\n");
    Files.writeString(folder.resolve("tenure.yaml"), yaml);
    var file = Configuration.load(folder.resolve("tenure.yaml"), _ -> "secret");
    var settings = SettingsReader.read(file);
    var time = new SimulatedTime();
    var organizations = new Organizations(database, time, new Random(1));
    var parts = new FlowAssembly.Parts(organizations, database, new Meter());
    var assembly = new FlowAssembly(parts, URI.create("https://acme.invalid"), time);
    var rules = assembly.flow(settings.flows().getFirst(), new Flows(List.of()));
    return new DrawnFlow(rules, rules.fingerprint());
  }

  SourceSchema schema() {
    return rules.source().schema();
  }

  /// The same rules in other words, or with ends that are said to be others.
  DrawnFlow by(Fingerprint fingerprint) {
    return new DrawnFlow(rules, fingerprint);
  }

  Flow between(Source source, Target target, FlowId id, Clock clock) {
    return new Flow(
        id,
        source,
        rules.policy(),
        rules.planner(),
        rules.keys(),
        target,
        rules.config(),
        fingerprint,
        rules.organization(),
        rules.bought(),
        rules.seats(),
        rules.shared(),
        clock);
  }
}
