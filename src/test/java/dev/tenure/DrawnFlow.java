package dev.tenure;

import dev.tenure.config.Configuration;
import dev.tenure.database.Database;
import dev.tenure.deliver.SimulatedTime;
import dev.tenure.flow.Flow;
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
import java.util.Random;

/// The rules of a flow as they stand in a file, for a source and a target of the test's own.
record DrawnFlow(Flow rules) {
  private static final String YAML =
      """
      sources:
        hr: {csv: {file: people.csv, key: id}}
      targets:
        acme: {scim: {url: "https://acme.invalid/scim/v2", token: "${env:TOKEN}"}}
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
      """;

  static DrawnFlow read(Database database, Path folder) throws IOException {
    Files.writeString(folder.resolve("people.csv"), "id,mail,title,dept\n");
    Files.writeString(folder.resolve("tenure.yaml"), YAML);
    var file = Configuration.load(folder.resolve("tenure.yaml"), _ -> "secret");
    var settings = SettingsReader.read(file);
    var time = new SimulatedTime();
    var organizations = new Organizations(database, time, new Random(1));
    var parts = new FlowAssembly.Parts(organizations, database, new Meter());
    var assembly = new FlowAssembly(parts, URI.create("https://acme.invalid"), time);
    return new DrawnFlow(assembly.flow(settings.flows().getFirst()));
  }

  SourceSchema schema() {
    return rules.source().schema();
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
        rules.fingerprint(),
        rules.organization(),
        rules.bought(),
        rules.seats(),
        clock);
  }
}
