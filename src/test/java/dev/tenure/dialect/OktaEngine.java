package dev.tenure.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Okta: looks by `userName`, reads the user and PUTs it back with its changes, PATCHes activity
/// without a path, names the group again at each change of its members, never deletes a user.
final class OktaEngine extends Engine {
  OktaEngine(Calls calls) {
    super(calls.with("User-Agent", "Okta SCIM Client 1.0.0"));
  }

  @Override
  void connect() {
    var answer = send("GET", "/Users?startIndex=1&count=2", "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("totalResults").isIntegralNumber()).isTrue();
  }

  @Override
  Optional<String> find(Person person) {
    var filter = encoded("userName eq \"" + person.userName() + "\"");
    var answer = send("GET", "/Users?filter=" + filter + "&startIndex=1&count=100", "");
    assertThat(answer.status()).isEqualTo(200);
    return answer.total() == 0 ? Optional.empty() : Optional.of(answer.text("/Resources/0/id"));
  }

  @Override
  Answer create(Person p) {
    return send(
        "POST",
        "/Users",
        """
        {"schemas": ["%1$s", "%2$s"], "userName": "%3$s", "externalId": "%4$s", "active": true,
         "name": {"familyName": "%5$s"}, "displayName": "%5$s", "locale": "en-US",
         "emails": [{"primary": true, "value": "%3$s", "type": "work"}], "groups": [],
         "password": "1mz050nq", "roles": [{"value": "%7$s", "display": "%7$s"}],
         "%2$s": {"department": "%6$s"}}
        """
            .formatted(
                CORE, ENTERPRISE, p.userName(), p.key(), p.family(), p.department(), p.role()));
  }

  @Override
  Answer update(String id, Person p) {
    var read = send("GET", "/Users/" + id, "");
    if (read.status() != 200) return read;
    var user = (ObjectNode) read.json();
    user.put("externalId", p.key());
    user.withObject("/name").put("familyName", p.family());
    user.putArray("roles").addObject().put("value", p.role()).put("display", p.role());
    user.withObject("/" + ENTERPRISE).put("department", p.department());
    return send("PUT", "/Users/" + id, user.toString());
  }

  @Override
  Answer activity(String id, Person person, boolean active) {
    return active(id, active);
  }

  private Answer active(String id, boolean active) {
    var operation = "{\"op\":\"replace\",\"value\":{\"active\":" + active + "}}";
    return send("PATCH", "/Users/" + id, patch(operation));
  }

  @Override
  boolean remove(String id) {
    assertThat(active(id, false).status()).isEqualTo(200);
    return false;
  }

  @Override
  Optional<String> findGroup(String name) {
    return search("/Groups", "displayName eq \"" + name + "\"");
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
    return members(
        group,
        name,
        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + id + "\"}]}");
  }

  @Override
  Answer removeMember(String group, String name, String id) {
    return members(
        group, name, "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + id + "\\\"]\"}");
  }

  private Answer members(String group, String name, String operation) {
    var named =
        "{\"op\":\"replace\",\"value\":{\"id\":\"%s\",\"displayName\":\"%s\"}}"
            .formatted(group, name);
    return send("PATCH", "/Groups/" + group, patch(named, operation));
  }
}
