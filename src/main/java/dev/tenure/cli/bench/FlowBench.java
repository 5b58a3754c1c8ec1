package dev.tenure.cli.bench;

import dev.tenure.cli.Installation;
import dev.tenure.cli.Workplace;
import dev.tenure.cli.quickstart.Company;
import dev.tenure.cli.quickstart.CompanyDirectory;
import dev.tenure.config.Secret;
import dev.tenure.deliver.Progress;
import dev.tenure.flow.CycleReport;
import dev.tenure.id.FlowId;
import dev.tenure.source.ldap.LoopbackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The sample company over LDAP into an organization without a rate limit, into a new one in each
/// run: reading, planning and creating, and a plan afterwards that finds nothing to do. The first
/// run, in which the JVM is cold, is what a user of the command line waits for; it counts.
final class FlowBench {
  private static final String PASSWORD = "bench-bench-bench";
  private static final long SEED = 42;
  private static final String PLAN = "1 plan: compare";
  private static final String CREATE = "2 create over SCIM";
  private final Installation installation;
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

  FlowBench(Installation installation) {
    this.installation = installation;
  }

  List<Measured> measure(int size, int runs) throws IOException, InterruptedException {
    var company = Company.generate(size, SEED);
    var content = CompanyDirectory.content(company, new Secret(PASSWORD));
    try (var scratch = Scratch.make();
        var directory = LoopbackDirectory.start(0, content);
        var workplace = open(scratch.path(), directory.url(), runs)) {
      for (int run = 1; run <= runs; run++) run(workplace, new FlowId("people-" + run));
    }
    double thousands = size / 1_000.0;
    return seconds.entrySet().stream()
        .map(e -> new Measured(e.getKey(), e.getValue(), atMost(e.getKey(), thousands)))
        .toList();
  }

  private static double atMost(String name, double thousands) {
    return switch (name) {
      case PLAN -> 0.5 * thousands;
      case CREATE -> 5.0 * thousands;
      default -> 0;
    };
  }

  private void run(Workplace workplace, FlowId id) throws InterruptedException {
    var flow = workplace.flow(id);
    var planned = workplace.cycle().plan(flow);
    note("1 plan: read people", planned, "source");
    note("1 plan: read accounts", planned, "target");
    note(PLAN, planned, "plan");
    note("1 plan: save", planned, "save");
    var report = workplace.cycle().apply(flow, planned.number().orElseThrow(), Progress.NONE);
    if (report.done() != planned.plan().changes().size()) {
      throw new IllegalStateException("not everything was created: " + report.problems());
    }
    note(CREATE, report.took());
    var again = workplace.cycle().plan(flow);
    if (!again.isEmpty()) throw new IllegalStateException("the second plan is not empty");
    note("3 plan again: read people", again, "source");
    note("3 plan again: read accounts", again, "target");
    note("3 plan again: compare", again, "plan");
  }

  private void note(String name, CycleReport report, String step) {
    note(name, report.steps().getOrDefault(step, Duration.ZERO));
  }

  private void note(String name, Duration took) {
    seconds.computeIfAbsent(name, _ -> new ArrayList<>()).add(took.toNanos() / 1e9);
  }

  private Workplace open(Path folder, String ldap, int runs) throws IOException {
    Files.writeString(folder.resolve("password"), PASSWORD);
    var config = folder.resolve("tenure.yaml");
    Files.writeString(config, configuration(ldap, runs));
    return installation.serve(config, folder.resolve("data"), 0);
  }

  private static String configuration(String ldap, int runs) {
    var targets = new StringBuilder("targets:\n");
    var organizations = new StringBuilder("organizations:\n");
    var flows = new StringBuilder("flows:\n");
    for (int run = 1; run <= runs; run++) {
      targets.append("  bench-%d: {organization: bench-%d}\n".formatted(run, run));
      organizations.append("  bench-%d: {profile: standard}\n".formatted(run));
      flows.append(flow(run));
    }
    return source(ldap) + targets + organizations + flows;
  }

  private static String source(String ldap) {
    return """
    sources:
      company:
        ldap:
          url: %s
          bind: "%s"
          password: ${file:password}
          people: {base: "%s"}
          groups: {base: "%s"}
          key: employeeNumber
    """
        .formatted(ldap, CompanyDirectory.BIND, Company.PEOPLE, Company.GROUPS);
  }

  private static String flow(int run) {
    return """
      people-%d:
        source: company
        target: bench-%d
        map:
          userName: mail
          displayName: displayName
          "name.givenName": givenName
          "name.familyName": sn
          'emails[type eq "work"].value': mail
          title: title
          employeeNumber: employeeNumber
          department: departmentNumber
          roles: title
    """
        .formatted(run, run)
        .indent(2);
  }
}
