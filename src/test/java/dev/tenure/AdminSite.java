package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.AdminCalls.Place;
import dev.tenure.access.Role;
import dev.tenure.audit.AuditLog.Search;
import dev.tenure.cli.Workplace;
import dev.tenure.testkit.ScimCalls;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A server with three people, a flow `people` to the organization `acme`, and a token of the admin
/// API for each role, named like the role.
final class AdminSite implements AutoCloseable {
  static final String HEADER = "id,mail,department,title\n";
  static final String ANN = "E1,ann@example.com,Sales,Agent\n";
  static final String BOB = "E2,bob@example.com,Support,Agent\n";
  static final String CARA = "E3,cara@example.com,Support,\n";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(20);
  static final String YAML =
      """
      server: {port: 0}
      sources:
        hr: {csv: {file: people.csv, key: id, minimumRows: 1}}
      targets:
        acme: {organization: acme}
      organizations:
        acme:
          clients: {idp: {token: "${env:ACME_TOKEN}"}}
          licences: {CX1: {seats: 10, price: 75.00}}
          roles: {Agent: {licence: CX1}}
      flows:
        people:
          source: hr
          target: acme
          every: 1h
          match: [externalId, userName]
          map: {userName: mail, title: title, department: department, roles: title}
          guard: {leavers: 0}
      """;

  private final Site site;
  private final Map<Role, String> tokens = new EnumMap<>(Role.class);
  private @Nullable Workplace place;

  private AdminSite(Site site) {
    this.site = site;
  }

  static AdminSite open() {
    return of(YAML);
  }

  /// With this configuration.
  static AdminSite of(String yaml) {
    return new AdminSite(Site.with(yaml)).people(HEADER + ANN + BOB + CARA);
  }

  /// What the source has from now on.
  AdminSite people(String rows) {
    site.file("people.csv", rows);
    return this;
  }

  Site site() {
    return site;
  }

  void serve() {
    place = site.serve();
    for (var role : Role.values()) {
      var made = place().adminTokens().create(role.word(), role, Optional.empty());
      tokens.put(role, made.secret().reveal());
    }
  }

  Workplace place() {
    return Objects.requireNonNull(place);
  }

  ScimCalls.Answer ask(Role role, String method, String template, String path, String body) {
    return new AdminCalls(place().base(), token(role)).ask(method, new Place(template, path), body);
  }

  String token(Role role) {
    return Objects.requireNonNull(tokens.get(role));
  }

  ScimCalls.Answer get(String template, String path) {
    return ask(Role.VIEWER, "GET", template, path, "");
  }

  /// How far the job is that was begun.
  ScimCalls.Answer job(ScimCalls.Answer begun) {
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
    return get("/jobs/{job}", "/jobs/" + begun.text("/id"));
  }

  /// The job as it ended: `done` or `failed`.
  ScimCalls.Answer ended(ScimCalls.Answer begun, String state) {
    var job = until(() -> job(begun), answer -> !answer.text("/state").equals("running"));
    assertThat(job.text("/state")).as(job.body()).isEqualTo(state);
    return job;
  }

  /// The answer as soon as it is so; after a minute, as it is then.
  static ScimCalls.Answer until(Supplier<ScimCalls.Answer> ask, Predicate<ScimCalls.Answer> isSo) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    var answer = ask.get();
    while (!isSo.test(answer) && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE.toNanos());
      answer = ask.get();
    }
    return answer;
  }

  /// Makes the flow's plan and sends it.
  void planAndApply() {
    run("plan", "people");
    run("apply", "people");
  }

  Site.Ran run(String... words) {
    var ran = site.run(words);
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    return ran;
  }

  /// Nobody else works on the flow until this is closed.
  Connection locked(String flow) throws SQLException {
    var connection = site.connect();
    try (var lock =
        connection.prepareStatement("select pg_advisory_lock(hashtextextended(?, 7))")) {
      lock.setString(1, "flow/" + flow);
      lock.execute();
    }
    return connection;
  }

  /// Who did what, as the log has it.
  List<String> audited(String log) {
    return place().audit().search(Search.newest(log, 200)).stream()
        .map(e -> e.actor() + " " + e.action())
        .toList();
  }

  @Override
  public void close() {
    if (place != null) place.close();
    site.close();
  }
}
