package dev.tenure.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A client that behaves as the provisioning engine of an identity provider: it looks before it
/// creates, remembers ids, waits when it is told to, links what a 409 says is there, and makes
/// again what a 404 says is gone.
abstract class Engine {
  static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
  static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
  private static final int TRIES = 10;
  private final Calls calls;
  private final Map<String, String> linked = new HashMap<>();
  private final Map<String, String> groups = new HashMap<>();
  private int pauses;

  Engine(Calls calls) {
    this.calls = calls;
  }

  /// Somebody in the provider's own directory.
  record Person(
      String key, String userName, String family, String department, String role, String manager) {
    Person in(String newDepartment, String newRole) {
      return new Person(key, userName, family, newDepartment, newRole, manager);
    }
  }

  /// Asks whether the endpoint is there, as the provider's own button does.
  abstract void connect();

  /// The user that the provider would find for this person.
  abstract Optional<String> find(Person person);

  abstract Answer create(Person person);

  abstract Answer update(String id, Person person);

  abstract Answer activity(String id, Person person, boolean active);

  /// What becomes of who has left for good; false where the user just stays inactive.
  abstract boolean remove(String id);

  abstract Optional<String> findGroup(String name);

  abstract String createGroup(String name);

  abstract Answer addMember(String group, String name, String id);

  abstract Answer removeMember(String group, String name, String id);

  /// Brings a person into the application, or up to date; gives the id.
  final String provision(Person person) {
    var id = linked.get(person.key());
    if (id == null) return joined(person);
    var answer = update(id, person);
    if (answer.status() == 404) {
      linked.remove(person.key());
      return joined(person);
    }
    assertThat(answer.status()).as(answer.response().body()).isIn(200, 204);
    return id;
  }

  private String joined(Person person) {
    var found = find(person);
    if (found.isEmpty()) {
      var made = create(person);
      if (made.status() == 201) return link(person, made.id());
      assertThat(made.status()).as(made.response().body()).isEqualTo(409);
      assertThat(made.text("/scimType")).isEqualTo("uniqueness");
      found = search("/Users", "userName eq \"" + person.userName() + "\"");
    }
    var id = link(person, found.orElseThrow());
    assertThat(update(id, person).status()).isIn(200, 204);
    return id;
  }

  private String link(Person person, String id) {
    linked.put(person.key(), id);
    return id;
  }

  final void disable(Person person) {
    assertThat(activity(id(person), person, false).status()).isIn(200, 204);
  }

  final void enable(Person person) {
    assertThat(activity(id(person), person, true).status()).isIn(200, 204);
  }

  final boolean leave(Person person) {
    return remove(id(person));
  }

  final String id(Person person) {
    return Optional.ofNullable(linked.get(person.key())).orElseThrow();
  }

  /// Pushes a group, where it is not there yet, and puts the person into it; gives the group's id.
  final String join(String group, Person person) {
    var id = groups.computeIfAbsent(group, n -> findGroup(n).orElseGet(() -> createGroup(n)));
    assertThat(addMember(id, group, id(person)).status()).isIn(200, 204);
    return id;
  }

  final void quit(String group, Person person) {
    var id = Optional.ofNullable(groups.get(group)).orElseThrow();
    assertThat(removeMember(id, group, id(person)).status()).isIn(200, 204);
  }

  /// How often it was told to wait.
  final int pauses() {
    return pauses;
  }

  /// Waits as long as `Retry-After` says, in whole seconds, and sends the same again.
  final Answer send(String method, String path, String body) {
    for (int tries = 1; ; tries++) {
      var answer = calls.send(method, path, body);
      if (answer.status() != 429 || tries == TRIES) return answer;
      pauses++;
      pause(Duration.ofSeconds(Integer.parseInt(answer.header("Retry-After"))));
    }
  }

  private static void pause(Duration told) {
    try {
      Thread.sleep(told);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// The only hit of a filter; a list with more is one that no engine can use.
  final Optional<String> search(String resource, String filter) {
    var answer = send("GET", resource + "?filter=" + encoded(filter), "");
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.total()).isBetween(0L, 1L);
    return answer.total() == 0 ? Optional.empty() : Optional.of(answer.text("/Resources/0/id"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  final String made(Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer.id();
  }

  static String patch(String... operations) {
    return """
    {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [%s]}\
    """
        .formatted(String.join(", ", operations));
  }
}
