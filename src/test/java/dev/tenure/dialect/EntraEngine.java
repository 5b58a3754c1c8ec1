package dev.tenure.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import java.util.Optional;
import java.util.UUID;

/// Entra ID: matches by `externalId`, PATCHes one attribute at a time with `op` in capitals and
/// booleans as text, lists members to remove them, deletes in the end.
final class EntraEngine extends Engine {
  EntraEngine(Calls calls) {
    super(calls);
  }

  @Override
  void connect() {
    var nobody = encoded("userName eq \"" + UUID.randomUUID() + "\"");
    var answer = send("GET", "/Users?filter=" + nobody, "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.total()).isZero();
  }

  @Override
  Optional<String> find(Person person) {
    return search("/Users", "externalId eq \"" + person.key() + "\"");
  }

  @Override
  Answer create(Person p) {
    return send(
        "POST",
        "/Users",
        """
        {"schemas": ["%1$s", "%2$s"], "externalId": "%3$s", "userName": "%4$s", "active": true,
         "displayName": "%5$s", "emails": [{"primary": true, "type": "work", "value": "%4$s"}],
         "meta": {"resourceType": "User"}, "name": {"familyName": "%5$s"}, "title": null,
         "roles": [{"primary": true, "type": "WindowsAzureActiveDirectoryRole", "value": "%7$s"}],
         "%2$s": {"department": "%6$s"%8$s}}
        """
            .formatted(
                CORE,
                ENTERPRISE,
                p.key(),
                p.userName(),
                p.family(),
                p.department(),
                p.role(),
                p.manager().isEmpty() ? "" : ", \"manager\": \"" + p.manager() + "\""));
  }

  @Override
  Answer update(String id, Person p) {
    return send(
        "PATCH",
        "/Users/" + id,
        patch(
            replace("externalId", p.key()),
            replace("name.familyName", p.family()),
            replace("emails[type eq \\\"work\\\"].value", p.userName()),
            replace("roles[primary eq \\\"True\\\"].value", p.role()),
            replace(ENTERPRISE + ":department", p.department())));
  }

  private static String replace(String path, String value) {
    return "{\"op\": \"Replace\", \"path\": \"%s\", \"value\": \"%s\"}".formatted(path, value);
  }

  @Override
  Answer activity(String id, Person person, boolean active) {
    return send("PATCH", "/Users/" + id, patch(replace("active", active ? "True" : "False")));
  }

  @Override
  boolean remove(String id) {
    assertThat(send("DELETE", "/Users/" + id, "").status()).isEqualTo(204);
    return true;
  }

  @Override
  Optional<String> findGroup(String name) {
    var filter = encoded("displayName eq \"" + name + "\"");
    var answer = send("GET", "/Groups?excludedAttributes=members&filter=" + filter, "");
    assertThat(answer.response().body()).doesNotContain("\"members\"");
    return answer.total() == 0 ? Optional.empty() : Optional.of(answer.text("/Resources/0/id"));
  }

  @Override
  String createGroup(String name) {
    return made(
        send(
            "POST",
            "/Groups",
            """
            {"schemas": ["%s",
               "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
             "externalId": "%s", "displayName": "%s", "meta": {"resourceType": "Group"}}
            """
                .formatted(GROUP, UUID.randomUUID(), name)));
  }

  @Override
  Answer addMember(String group, String name, String id) {
    return members("Add", group, id);
  }

  @Override
  Answer removeMember(String group, String name, String id) {
    return members("Remove", group, id);
  }

  private Answer members(String op, String group, String id) {
    return send(
        "PATCH",
        "/Groups/" + group,
        patch(
            """
            {"op": "%s", "path": "members", "value": [{"$ref": null, "value": "%s"}]}
            """
                .formatted(op, id)));
  }
}
