package dev.tenure.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Dialects;
import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.message.Oddity;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every recorded shape is answered as its provider needs it, and leaves the state that it means;
/// strict reading takes it, too, or refuses it and changes nothing; and what is odd about it is
/// recognised.
class RecordedShapesTest {
  private static TestServer server;
  private static int number;

  @BeforeAll
  static void start() {
    server = Places.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static List<Shape> shapes() {
    return Shape.all();
  }

  @Test
  void everyProviderHasTheWholeLifeOfAUser() {
    var providers =
        shapes().stream()
            .collect(
                Collectors.groupingBy(
                    Shape::provider,
                    Collectors.mapping(s -> s.name().split("/", 2)[1], Collectors.toSet())));
    assertThat(providers)
        .containsOnlyKeys(
            "entra", "entra-2020", "okta", "okta-wizard", "ping", "onelogin", "jumpcloud");
    providers.forEach((provider, names) -> {
      assertThat(names)
          .as(provider)
          .contains("create", "deactivate", "reactivate", "group-push", "member-remove")
          .contains("update")
          .anyMatch(name -> name.startsWith("connection-test"));
    });
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void tolerantReadingUnderstandsIt(Shape recorded) {
    var admin = server.scim(Places.TOLERANT);
    var cast = Cast.in(admin, ++number, recorded.given());
    var shape = recorded.with(cast.names());
    var client = "idp-" + number;
    var answer = send(Places.client(server, Places.TOLERANT, client), shape);
    Expectation.hold(shape.lines("tolerant"), answer);
    after(shape, admin);
    assertThat(oddities(Places.TOLERANT, client)).isEqualTo(wanted(shape));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void strictReadingTakesItOrChangesNothing(Shape recorded) {
    var admin = server.scim(Places.STRICT);
    var cast = Cast.in(admin, ++number, recorded.given());
    var shape = recorded.with(cast.names());
    var before = cast.state();
    var answer = send(admin, shape);
    if (shape.lines("strict").isEmpty()) {
      Expectation.hold(shape.lines("tolerant"), answer);
      after(shape, admin);
    } else {
      Expectation.hold(shape.lines("strict"), answer);
      if (answer.status() >= 400) assertThat(cast.state()).isEqualTo(before);
    }
  }

  private static void after(Shape shape, Calls admin) {
    shape
        .sections()
        .forEach((section, lines) -> {
          if (section.startsWith("after ")) {
            Expectation.hold(lines, admin.get(section.substring("after ".length())));
          }
        });
    if (shape.method().equals("DELETE")) {
      assertThat(admin.get(shape.path().replace("?", "")).status()).isEqualTo(404);
    }
  }

  private static Answer send(Calls calls, Shape shape) {
    return new Calls(server, calls.prefix(), calls.token(), shape.headers())
        .send(shape.method(), shape.path(), shape.body());
  }

  private static Set<String> oddities(OrganizationId organization, String client) {
    var dialects = server.organizations().dialects();
    dialects.flush();
    return server.organizations().clients().show(organization, client).seen().stream()
        .flatMap(seen -> seen.habits().stream())
        .map(Dialects.Habit::oddity)
        .map(Oddity::word)
        .collect(Collectors.toSet());
  }

  private static Set<String> wanted(Shape shape) {
    return shape.lines("seen").stream()
        .flatMap(line -> Stream.of(line.split(", ")))
        .collect(Collectors.toSet());
  }
}
