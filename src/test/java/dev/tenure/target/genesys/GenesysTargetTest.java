package dev.tenure.target.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Secret;
import dev.tenure.organization.Lifecycle.Recreation;
import dev.tenure.problem.Code;
import dev.tenure.scim.schema.Schema;
import dev.tenure.target.Account;
import dev.tenure.target.Budget;
import dev.tenure.target.Outcome;
import dev.tenure.target.Target;
import dev.tenure.target.TargetContract;
import dev.tenure.testkit.Relay.Stub;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Genesys Cloud as a hosted organization plays it, over HTTP: what every target does, and how its
/// tokens are got.
class GenesysTargetTest implements TargetContract {
  private static final String TOKEN = "POST /oauth/token";
  private final GenesysOrganization organization = new GenesysOrganization(Recreation.REFUSE);
  private final GenesysTarget target = organization.target(Budget.UNLIMITED);

  @Override
  public Target target() {
    return target;
  }

  @AfterEach
  void end() {
    target.close();
    organization.close();
  }

  @Test
  void oneTokenServesManyRequests() {
    done(TargetContract.joiner("ann"));
    done(TargetContract.joiner("bob"));
    assertThat(everybody()).hasSize(2);
    assertThat(organization.relay().requests(TOKEN)).hasSize(1);
  }

  @Test
  void aTokenThatWasEndedIsReplacedByAnother() {
    done(TargetContract.joiner("ann"));
    organization
        .relay()
        .stub("POST /api/v2/scim/v2/Users", new Stub(401, "{\"code\":\"bad.credentials\"}"));
    assertThat(target.send(TargetContract.joiner("bob"))).isInstanceOf(Outcome.Barred.class);
    organization.relay().unstub("POST /api/v2/scim/v2/Users");
    done(TargetContract.joiner("bob"));
    assertThat(organization.relay().requests(TOKEN)).hasSize(2);
  }

  @Test
  void aSecretThatIsRefusedBarsAndSettlesNothing() {
    try (var other = organization.target(Budget.UNLIMITED, "no secret of anybody")) {
      var outcome = other.send(TargetContract.joiner("ann"));
      assertThat(outcome).isInstanceOf(Outcome.Barred.class);
      var problem = ((Outcome.Barred) outcome).problem();
      assertThat(problem.code()).isEqualTo(Code.TARGET_REFUSED);
      assertThat(problem.line()).doesNotContain("no secret of anybody");
      var read = other.read(_ -> {});
      assertThat(read).isInstanceOf(Target.ReadOutcome.Incomplete.class);
    }
    assertThat(everybody()).isEmpty();
  }

  @Test
  void aLogInThatFailsIsTriedAgain() {
    organization.relay().stub(TOKEN, new Stub(503, ""));
    assertThat(target.send(TargetContract.joiner("ann"))).isInstanceOf(Outcome.Busy.class);
    organization.relay().unstub(TOKEN);
    done(TargetContract.joiner("ann"));
  }

  @Test
  void everyAnswerHasTheNumberThatTheVendorAsksFor() {
    var made = (Outcome.Done) target.send(TargetContract.joiner("ann"));
    assertThat(made.reference()).isPresent();
    var refused = target.send(TargetContract.joiner("ann"));
    assertThat(((Outcome.Refused) refused).problem().details()).containsKey("reference");
    organization
        .relay()
        .stub("POST /api/v2/scim/v2/Users", new Stub(429, "{\"contextId\":\"c-1\"}"));
    assertThat(((Outcome.Busy) target.send(TargetContract.joiner("bob"))).reference())
        .contains("c-1");
  }

  @Test
  void wholeReadsDoWithoutWhatIsCostlyAndNoRuleWrites() {
    var url = URI.create("https://example.com");
    var config =
        GenesysTargetConfig.at(url, "client", new Secret("a"), Duration.ofSeconds(1))
            .writing(Set.of(Schema.ENTERPRISE + ":division", "userName"));
    assertThat(config.spared())
        .contains(Schema.ENTERPRISE + ":manager", Schema.GENESYS_USER + ":routingSkills")
        .doesNotContain(Schema.ENTERPRISE + ":division");
    var made = done(TargetContract.joiner("ann"));
    var skilled =
        organization
            .platform()
            .patch(
                "/users/" + made.id().value() + "/routingskills/bulk",
                "[{\"id\":\"%s\",\"proficiency\":3}]"
                    .formatted(
                        organization
                            .platform()
                            .get("/routing/skills?name=Chess")
                            .text("/entities/0/id")));
    assertThat(skilled.status()).isEqualTo(200);
    try (var sparing = organization.sparing()) {
      var all = new ArrayList<Account>();
      sparing.read(all::add);
      assertThat(all).singleElement().satisfies(a -> assertThat(skills(a)).isZero());
      sparing.look(new Target.Look.ById(made.id()), a -> assertThat(skills(a)).isOne());
    }
  }

  private static int skills(Account account) {
    return account.resource().view().path(Schema.GENESYS_USER).path("routingSkills").size();
  }

  @Test
  void aRegionHasAHostForLogInAndOneForAllElse() {
    assertThat(Region.EU_CENTRAL_1.login()).hasToString("https://login.mypurecloud.de");
    assertThat(Region.EU_CENTRAL_1.api()).hasToString("https://api.mypurecloud.de");
  }
}
