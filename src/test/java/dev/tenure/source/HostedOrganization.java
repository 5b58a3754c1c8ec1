package dev.tenure.source;

import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Deactivation;
import dev.tenure.organization.Profile;
import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.schema.Schema;
import dev.tenure.source.SourceContract.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// An organization of its own in a started server, written over its SCIM endpoint.
public record HostedOrganization(TestServer server, OrganizationId id, Calls calls) {
  private static final AtomicInteger MADE = new AtomicInteger();

  public static HostedOrganization of(TestServer server) {
    var id = new OrganizationId("made" + MADE.incrementAndGet());
    server
        .organizations()
        .declare(List.of(TestServer.config(id, Profile.STANDARD, Deactivation.LOCK)));
    return new HostedOrganization(server, id, server.scim(id));
  }

  /// With these people, whose key is their `employeeNumber`.
  public HostedOrganization with(List<Sample> people) {
    var members = new LinkedHashMap<String, List<String>>();
    for (var person : people) {
      var id = user(person);
      person.groups().forEach(g -> members.computeIfAbsent(g, _ -> new ArrayList<>()).add(id));
    }
    members.forEach(this::group);
    return this;
  }

  /// Makes the user of a sample; its id.
  public String user(Sample sample) {
    var number = sample.key().isEmpty() ? "" : ", \"employeeNumber\": \"" + sample.key() + "\"";
    return user(
        sample.mail(),
        """
        "active": %s, "emails": [{"value": "%s", "type": "work"}], "%s": {"department": "x"%s}\
        """
            .formatted(!sample.disabled(), sample.mail(), Schema.ENTERPRISE, number));
  }

  /// Makes a user with these further members; its id.
  public String user(String userName, String members) {
    var more = members.isEmpty() ? "" : ", " + members;
    return made("/Users", "{\"userName\": \"" + userName + "\"" + more + "}");
  }

  /// Makes a group; its id.
  public String group(String name, List<String> members) {
    return made(
        "/Groups", "{\"displayName\": \"" + name + "\", \"members\": " + values(members) + "}");
  }

  private String made(String path, String body) {
    var answer = calls.post(path, body);
    if (answer.status() != 201) throw new AssertionError(answer.response().body());
    return answer.id();
  }

  public void join(String group, List<String> members) {
    calls.change(
        "/Groups/" + group,
        "{\"op\": \"add\", \"path\": \"members\", \"value\": " + values(members) + "}");
  }

  public void leave(String group, String member) {
    calls.change(
        "/Groups/" + group,
        "{\"op\": \"remove\", \"path\": \"members[value eq \\\"" + member + "\\\"]\"}");
  }

  public void set(String path, String attribute, String json) {
    calls.change(
        path, "{\"op\": \"replace\", \"path\": \"" + attribute + "\", \"value\": " + json + "}");
  }

  private static String values(List<String> ids) {
    return ids.stream()
        .map(i -> "{\"value\": \"" + i + "\"}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  /// A token that may read it.
  public String token() {
    return server.organizations().credentials().issue(id, "reader", Duration.ofHours(1)).reveal();
  }
}
