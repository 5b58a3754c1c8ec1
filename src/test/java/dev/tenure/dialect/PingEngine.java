package dev.tenure.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import java.util.Optional;

/// PingFederate: looks by `userName`, PUTs users, reads all groups to find one, PATCHes members,
/// and deletes where the administrator chose so.
final class PingEngine extends Engine {
  private static final int PAGE = 2;

  PingEngine(Calls calls) {
    super(calls.with("User-Agent", "PingFederate/12.1"));
  }

  @Override
  void connect() {
    assertThat(send("GET", "/ServiceProviderConfig", "").status()).isEqualTo(200);
  }

  @Override
  Optional<String> find(Person person) {
    return search("/Users", "userName eq \"" + person.userName() + "\"");
  }

  @Override
  Answer create(Person person) {
    return send("POST", "/Users", user(person, true));
  }

  @Override
  Answer update(String id, Person person) {
    return send("PUT", "/Users/" + id, user(person, true));
  }

  @Override
  Answer activity(String id, Person person, boolean active) {
    return send("PUT", "/Users/" + id, user(person, active));
  }

  private static String user(Person p, boolean active) {
    return """
    {"schemas": ["%1$s", "%2$s"], "userName": "%3$s", "externalId": "%4$s", "active": %8$s,
     "name": {"familyName": "%5$s"}, "emails": [{"value": "%3$s", "type": "work"}],
     "roles": [{"value": "%7$s"}], "%2$s": {"department": "%6$s"}}
    """
        .formatted(
            CORE, ENTERPRISE, p.userName(), p.key(), p.family(), p.department(), p.role(), active);
  }

  @Override
  boolean remove(String id) {
    assertThat(send("DELETE", "/Users/" + id, "").status()).isEqualTo(204);
    return true;
  }

  @Override
  Optional<String> findGroup(String name) {
    for (int start = 1; ; start += PAGE) {
      var page = send("GET", "/Groups?startIndex=" + start + "&count=" + PAGE, "");
      assertThat(page.status()).isEqualTo(200);
      for (var group : page.json().path("Resources")) {
        if (group.path("displayName").asString("").equals(name)) {
          return Optional.of(group.path("id").asString(""));
        }
      }
      if (start + PAGE > page.total()) return Optional.empty();
    }
  }

  @Override
  String createGroup(String name) {
    return made(
        send(
            "POST",
            "/Groups",
            "{\"schemas\": [\"%s\"], \"displayName\": \"%s\"}".formatted(GROUP, name)));
  }

  @Override
  Answer addMember(String group, String name, String id) {
    return send(
        "PATCH",
        "/Groups/" + group,
        patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + id + "\"}]}"));
  }

  @Override
  Answer removeMember(String group, String name, String id) {
    return send(
        "PATCH",
        "/Groups/" + group,
        patch("{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + id + "\\\"]\"}"));
  }
}
