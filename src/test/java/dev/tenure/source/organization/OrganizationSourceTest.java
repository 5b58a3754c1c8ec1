package dev.tenure.source.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.problem.Code;
import dev.tenure.scim.schema.Schema;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.source.Expectation;
import dev.tenure.source.HostedOrganization;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.source.Source.ReadOutcome;
import dev.tenure.source.SourceContract;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.Times;
import dev.tenure.source.scim.Keying;
import dev.tenure.source.scim.UserAttributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OrganizationSourceTest implements SourceContract {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static OrganizationSource source(HostedOrganization organization, String key, String origin) {
    var attributes = UserAttributes.of(Schemas.standard().user());
    var expected = origin.isEmpty() ? Optional.<String>empty() : Optional.of(origin);
    var config =
        new OrganizationSourceConfig(
            organization.id(), new Keying(attributes, key, expected), Expectation.SOMEBODY);
    var roster = organization.server().organizations().roster();
    return new OrganizationSource(config, roster, Times.real(), 50);
  }

  @Override
  public Source source(List<Sample> people) {
    return source(HostedOrganization.of(server).with(people), "employeeNumber", "");
  }

  @Override
  public Source failingInTheMiddle(List<Sample> people) {
    return new Failing(source(people));
  }

  /// Its connection to the database ends after some people.
  private record Failing(Source source) implements Source {
    private static final String END =
        """
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction'\
        """;

    @Override
    public SourceSchema schema() {
      return source.schema();
    }

    @Override
    public ReadOutcome read(Consumer<Person> people) {
      var given = new int[1];
      return source.read(person -> {
        people.accept(person);
        if (++given[0] == 60) {
          server.database().jdbi().useHandle(h -> h.createQuery(END).mapTo(Boolean.class).list());
        }
      });
    }
  }

  @Test
  void groupsAreNestedAndThePathIsKept() {
    var acme = HostedOrganization.of(server);
    var ada = acme.user("ada@example.com", "");
    var sales = acme.group("Sales", List.of(ada));
    acme.group("All Staff", List.of(acme.group("EMEA", List.of(sales))));
    assertThat(Read.of(source(acme, "id", "")).people())
        .singleElement()
        .satisfies(person -> {
          assertThat(person.key().value()).isEqualTo(ada);
          assertThat(person.groups())
              .containsEntry("All Staff", List.of("Sales", "EMEA", "All Staff"));
        });
  }

  @Test
  void peopleOfAnotherSourceOfTruthAreCountedAndLeftOut() {
    var acme = HostedOrganization.of(server);
    acme.user("ours@example.com", origin("corp"));
    acme.user("nobodys@example.com", "");
    acme.user("theirs@example.com", origin("other"));
    acme.user("theirs2@example.com", origin("other"));
    var read = Read.of(source(acme, "userName", "corp"));
    assertThat(read.people().stream().map(p -> p.key().value()))
        .containsExactlyInAnyOrder("ours@example.com", "nobodys@example.com");
    assertThat(read.outcome().findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.code()).isEqualTo(Code.SOURCE_FOREIGN);
          assertThat(finding.message()).startsWith("2 users");
        });
    var all = Read.of(source(acme, "userName", ""));
    assertThat(all.people()).hasSize(4).anyMatch(p -> p.first("sourceOrg").equals("other"));
  }

  private static String origin(String name) {
    return "\"" + Schema.ORIGIN + "\": {\"sourceOrg\": \"" + name + "\"}";
  }

  @Test
  void aReadIsHeldAgainstTheLastCompleteOne() {
    var acme = HostedOrganization.of(server);
    acme.user("ada@example.com", "");
    var source = source(acme, "id", "");
    var config =
        new OrganizationSourceConfig(
            acme.id(),
            new Keying(UserAttributes.of(Schemas.standard().user()), "id", Optional.empty()),
            new Expectation(1, 0.5, () -> OptionalLong.of(3)));
    var roster = server.organizations().roster();
    assertThat(Read.of(new OrganizationSource(config, roster, Times.real())).reason())
        .contains(Code.SOURCE_SHRUNK);
    assertThat(Read.of(source).outcome()).isInstanceOf(ReadOutcome.Complete.class);
  }
}
