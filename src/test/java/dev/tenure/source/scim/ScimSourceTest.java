package dev.tenure.source.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.problem.Code;
import dev.tenure.scim.schema.Schema;
import dev.tenure.source.HostedOrganization;
import dev.tenure.source.Source;
import dev.tenure.source.SourceContract;
import dev.tenure.source.Times;
import dev.tenure.testkit.CuttingProxy;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Against a started organization, in both forms of paging.
class ScimSourceTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ScimSource source(HostedOrganization organization, String more) {
    return source(organization, server.address("").getPort(), more);
  }

  private static ScimSource source(HostedOrganization organization, int port, String more) {
    var url = "url: 'http://127.0.0.1:%d/%s/scim/v2'".formatted(port, organization.id());
    var config = Scim.config(url + ", token: '${env:TOKEN}'" + more, organization.token());
    return new ScimSource(config, Times.real());
  }

  abstract static class Paged implements SourceContract {
    private static final String KEY = ", key: employeeNumber, pageSize: 7, paging: ";
    private final List<AutoCloseable> opened = new java.util.ArrayList<>();
    private final String paging;

    Paged(String paging) {
      this.paging = paging;
    }

    @AfterEach
    void close() throws Exception {
      for (var one : opened) one.close();
    }

    @Override
    public Source source(List<Sample> people) {
      var organization = HostedOrganization.of(server).with(people);
      var source = ScimSourceTest.source(organization, KEY + paging);
      opened.add(source);
      return source;
    }

    /// The connection is cut in the middle of the users.
    @Override
    public Source failingInTheMiddle(List<Sample> people) {
      var organization = HostedOrganization.of(server).with(people);
      var proxy = new CuttingProxy(server.address("").getPort(), 70_000);
      var source = ScimSourceTest.source(organization, proxy.port(), KEY + paging);
      opened.add(proxy);
      opened.add(source);
      return source;
    }
  }

  @Nested
  class ByIndex extends Paged {
    ByIndex() {
      super("index");
    }
  }

  @Nested
  class ByCursor extends Paged {
    ByCursor() {
      super("cursor");
    }
  }

  @Test
  void aUserIsFlatToExpressionsAndItsGroupsHaveTheirPaths() {
    var acme = HostedOrganization.of(server);
    var ada =
        acme.user(
            "ada@example.com",
            """
            "name": {"givenName": "Ada", "familyName": "L"}, "title": "Head", "emails": [
              {"value": "home@x.org", "type": "home"}, {"value": "ada@x.org", "type": "work"}],
            "phoneNumbers": [{"value": "+491", "type": "mobile"}],
            "addresses": [{"type": "work", "locality": "Berlin"}],
            "%s": {"department": "Sales", "manager": {"value": "7", "displayName": "Boss"}},
            "%s": {"sourceOrg": "corp"}
            """
                .formatted(Schema.ENTERPRISE, Schema.ORIGIN));
    var sales = acme.group("Sales", List.of(ada));
    acme.group("Staff", List.of(sales));
    try (var source =
        source(
            acme,
            ", attributes: {given: name.givenName, unit: '%s:department'}"
                .formatted(Schema.ENTERPRISE))) {
      var person = SourceContract.Read.of(source).people().getFirst();
      assertThat(person.key().value()).isEqualTo(ada);
      assertThat(person.attributes())
          .containsEntry("userName", List.of("ada@example.com"))
          .containsEntry("name_givenName", List.of("Ada"))
          .containsEntry("mail", List.of("ada@x.org"))
          .containsEntry("emails", List.of("ada@x.org", "home@x.org"))
          .containsEntry("emails_home", List.of("home@x.org"))
          .containsEntry("phoneNumbers_mobile", List.of("+491"))
          .containsEntry("addresses_work_locality", List.of("Berlin"))
          .containsEntry("department", List.of("Sales"))
          .containsEntry("manager", List.of("7"))
          .containsEntry("sourceOrg", List.of("corp"))
          .containsEntry("given", List.of("Ada"))
          .containsEntry("unit", List.of("Sales"));
      assertThat(person.attributes().keySet())
          .isSubsetOf(source.schema().attributes().keySet())
          .allMatch(name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"));
      assertThat(person.groups())
          .containsEntry("Staff", List.of("Sales", "Staff"))
          .containsEntry("Sales", List.of("Sales"));
    }
    for (var groups : List.of("each", "users")) {
      try (var source = source(acme, ", groups: " + groups)) {
        var person = SourceContract.Read.of(source).people().getFirst();
        assertThat(person.groups()).as(groups).containsOnlyKeys("Sales", "Staff");
      }
    }
  }

  @Test
  void peopleOfAnotherSourceOfTruthAreCountedAndLeftOut() {
    var acme = HostedOrganization.of(server);
    acme.user("ours@x.org", "");
    acme.user("theirs@x.org", "\"%s\": {\"sourceOrg\": \"b\"}".formatted(Schema.ORIGIN));
    try (var source = source(acme, ", sourceOrg: a")) {
      var read = SourceContract.Read.of(source);
      assertThat(read.people()).hasSize(1);
      assertThat(read.findings()).containsExactly(Code.SOURCE_FOREIGN);
    }
  }

  @Test
  void aTokenCanBeGotByClientCredentials() {
    var acme = HostedOrganization.of(server);
    acme.user("ada@x.org", "");
    var base = server.address("").toString();
    var oauth =
        """
        url: '%s/%s/scim/v2', oauth: {url: '%s/%s/oauth/token', client: %s.viewer,
          secret: '${env:TOKEN}'}\
        """
            .formatted(base, acme.id(), base, acme.id(), acme.id());
    var config = Scim.config(oauth, TestServer.SECRET);
    try (var source = new ScimSource(config, Times.real())) {
      assertThat(SourceContract.Read.of(source).people()).hasSize(1);
    }
    var wrong = Scim.config(oauth, "wrong");
    try (var source = new ScimSource(wrong, Times.real())) {
      var read = SourceContract.Read.of(source);
      assertThat(read.reason()).contains(Code.SOURCE_REFUSED);
      assertThat(read.outcome().toString()).doesNotContain("wrong");
    }
  }

  @Test
  void whatIsWrongWithTheSectionIsTold() {
    assertThat(Scim.problems("url: 'ftp://x', token: '${env:TOKEN}', key: emails, pageSize: 0"))
        .hasSizeGreaterThanOrEqualTo(3);
    assertThat(Scim.problems("url: 'https://x', token: '${env:TOKEN}', key: employeNumber"))
        .singleElement()
        .asString()
        .startsWith("CONFIG_REFERENCE")
        .contains("employeeNumber");
    assertThat(Scim.problems("url: 'https://x'")).hasSize(1);
    assertThat(Scim.problems("url: 'https://x', token: '${env:TOKEN}'")).isEmpty();
  }
}
