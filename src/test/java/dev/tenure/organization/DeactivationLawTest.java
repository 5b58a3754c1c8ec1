package dev.tenure.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/// Who is not active has no session and no seat, whoever else writes at the same moment.
class DeactivationLawTest {
  private static final int CASES = 60;
  private static final int THREADS = 16;
  private static TestServer server;
  private static Calls acme;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    acme = server.acme();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void deactivationEndsSessionsFreesSeatsAndIsAudited() {
    var user = agent("once@example.com");
    var sessions = acme.at("/acme");
    var begun = sessions.post("/sessions", "{\"user\": \"" + user + "\", \"application\": \"x\"}");
    var form = "token=" + begun.text("/token");
    assertThat(sessions.post("/introspect", form).text("/username")).isEqualTo("once@example.com");
    assertThat(
            count("select count(*) from seat where organization = 'acme' and user_id = :u", user))
        .isOne();

    acme.change(user(user), "{\"op\": \"replace\", \"path\": \"active\", \"value\": false}");

    assertThat(sessions.post("/introspect", form).json().toString())
        .isEqualTo("{\"active\":false}");
    assertThat(sessions.post("/sessions", "{\"user\": \"" + user + "\"}").status()).isEqualTo(409);
    assertThat(
            count("select count(*) from seat where organization = 'acme' and user_id = :u", user))
        .isZero();
    assertThat(
            count(
                "select count(*) from audit_entry where log = 'organization/acme'"
                    + " and subject = cast(:u as text) and action = 'user.deactivated'"
                    + " and detail ->> 'sessionsEnded' = '1'"
                    + " and detail ->> 'seatsFreed' like '%CX2%'"
                    + " and actor = 'test' and person = 'once@example.com'",
                user))
        .isOne();

    acme.change(user(user), "{\"op\": \"replace\", \"path\": \"active\", \"value\": true}");
    assertThat(
            count("select count(*) from seat where organization = 'acme' and user_id = :u", user))
        .isOne();
    assertThat(sessions.post("/introspect", form).json().path("active").asBoolean(true)).isFalse();
  }

  @Test
  void withDeletionAnInactiveUserIsGone() {
    var other = server.scim(TestServer.OTHER);
    var user = other.post("/Users", "{\"userName\": \"gone@example.com\"}").id();
    var begun = other.at("/other").post("/sessions", "{\"user\": \"" + user + "\"}");
    var answer =
        other.change(user(user), "{\"op\": \"replace\", \"path\": \"active\", \"value\": false}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(other.get(user(user)).status()).isEqualTo(404);
    var form = "token=" + begun.text("/token");
    assertThat(other.at("/other").post("/introspect", form).json().path("active").asBoolean(true))
        .isFalse();
  }

  @Test
  void noRaceLeavesASessionOrASeatToAnInactiveUser() throws Exception {
    long seed = Long.getLong("law.seed", 20_261_124L);
    var random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      var user = UUID.fromString(agent("race" + i + "@example.com"));
      var tokens = new ConcurrentLinkedQueue<dev.tenure.config.Secret>();
      var work = new ArrayList<Callable<Object>>();
      for (int thread = 0; thread < THREADS; thread++) {
        work.add(step(random, user, tokens));
      }
      work.add(() -> deactivate(user));
      together(work);
      deactivate(user);
      assertThat(tokens)
          .as("law.seed=%d, case %d", seed, i)
          .noneMatch(
              t -> server.organizations().sessions().introspect(TestServer.ACME, t).isPresent());
      assertThat(server.organizations().sessions().list(TestServer.ACME, user)).isEmpty();
      assertThat(
              count(
                  "select count(*) from seat where organization = 'acme' and user_id = :u",
                  user.toString()))
          .as("law.seed=%d, case %d", seed, i)
          .isZero();
    }
  }

  private static Callable<Object> step(
      RandomGenerator random, UUID user, ConcurrentLinkedQueue<dev.tenure.config.Secret> tokens) {
    var role = random.nextBoolean() ? "Agent" : "Supervisor";
    return switch (random.nextInt(3)) {
      case 0 -> () -> roles(user, role);
      case 1 -> () -> deactivate(user);
      default ->
          () ->
              server
                  .organizations()
                  .sessions()
                  .register(TestServer.ACME, user, "app", Duration.ofHours(1))
                  .map(begun -> tokens.add(begun.token()));
    };
  }

  private static Object deactivate(UUID user) {
    return change(user, "active", JsonNodeFactory.instance.booleanNode(false));
  }

  private static Object roles(UUID user, String role) {
    var roles = JsonNodeFactory.instance.arrayNode();
    roles.addObject().put("value", role);
    return change(user, "roles", roles);
  }

  private static Object change(UUID user, String name, tools.jackson.databind.JsonNode value) {
    var organization = server.organizations().find(TestServer.ACME).orElseThrow();
    return server
        .organizations()
        .users()
        .change(
            new Endpoint(organization, ""),
            user,
            new Precondition.None(),
            before -> {
              var json = before.json();
              json.set(name, value);
              return Resource.of(json);
            });
  }

  @Test
  void aNameIsGivenOnceHoweverManyAskForIt() throws Exception {
    var organization = server.organizations().find(TestServer.ACME).orElseThrow();
    for (int i = 0; i < 20; i++) {
      var json = JsonNodeFactory.instance.objectNode().put("userName", "Same" + i + "@example.com");
      List<Callable<Object>> work = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        work.add(() -> created(organization, Resource.of(json)));
      }
      assertThat(together(work).stream().filter("created"::equals)).hasSize(1);
    }
  }

  private static Object created(Organization organization, Resource user) {
    try {
      server.organizations().users().create(new Endpoint(organization, ""), user);
      return "created";
    } catch (ScimException e) {
      return e.status();
    }
  }

  private static List<Object> together(List<Callable<Object>> work) throws Exception {
    var barrier = new CyclicBarrier(work.size());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Object>> futures = new ArrayList<>();
      for (var task : work) {
        futures.add(
            threads.submit(() -> {
              barrier.await();
              return task.call();
            }));
      }
      var results = new ArrayList<Object>();
      for (var future : futures) results.add(future.get());
      return results;
    }
  }

  private static String agent(String userName) {
    var answer =
        acme.post(
            "/Users", "{\"userName\": \"" + userName + "\", \"roles\": [{\"value\": \"Agent\"}]}");
    assertThat(answer.status()).isEqualTo(201);
    return answer.id();
  }

  private static String user(String id) {
    return "/Users/" + id;
  }

  private static long count(String sql, String user) {
    return server
        .database()
        .jdbi()
        .withHandle(
            h -> h.createQuery(sql).bind("u", UUID.fromString(user)).mapTo(long.class).one());
  }
}
