package dev.tenure.target.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.AccountId;
import dev.tenure.organization.Lifecycle.Recreation;
import dev.tenure.organization.TestServer;
import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.target.Budget;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target.Ending;
import dev.tenure.target.TargetContract;
import dev.tenure.testkit.Relay.Stub;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What goes on after an account is locked is ended by platform calls, and may be ended twice.
class EndingsTest {
  private final GenesysOrganization organization = new GenesysOrganization(Recreation.REFUSE);
  private final GenesysTarget target = organization.target(Budget.UNLIMITED);
  private AccountId ann;

  @BeforeEach
  void annComes() {
    ann = TargetContract.account(target.send(TargetContract.joiner("ann"))).id();
  }

  @AfterEach
  void end() {
    target.close();
    organization.close();
  }

  private String first(String path) {
    return organization.platform().get(path).text("/entities/0/id");
  }

  private void grant(String role, String division) {
    var pair =
        "{\"grants\":[{\"roleId\":\"%s\",\"divisionId\":\"%s\"}]}"
            .formatted(
                first("/authorization/roles?name=" + role),
                first("/authorization/divisions?name=" + division));
    var answer =
        organization.platform().post("/authorization/subjects/" + ann.value() + "/bulkadd", pair);
    assertThat(answer.status()).isEqualTo(204);
  }

  private int grants() {
    var subject = organization.platform().get("/authorization/subjects/" + ann.value());
    return subject.json().path("grants").size();
  }

  @Test
  void sessionsEndAndThatThereAreNoneIsFine() {
    var sessions = organization.server().organizations().sessions();
    var user = UUID.fromString(ann.value());
    var session =
        sessions.register(TestServer.CLOUD, user, "app", Duration.ofHours(1)).orElseThrow();
    assertThat(sessions.introspect(TestServer.CLOUD, session.token())).isPresent();
    assertThat(target.end(Ending.SESSIONS, ann)).isInstanceOf(Outcome.Done.class);
    assertThat(sessions.introspect(TestServer.CLOUD, session.token())).isEmpty();
    assertThat(target.end(Ending.SESSIONS, ann)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void rolesEndInEveryDivision() {
    grant("Agent", "Home");
    grant("Supervisor", "Sales");
    assertThat(grants()).isEqualTo(2);
    assertThat(target.end(Ending.GRANTS, ann)).isInstanceOf(Outcome.Done.class);
    assertThat(grants()).isZero();
    assertThat(target.end(Ending.GRANTS, ann)).isInstanceOf(Outcome.Done.class);
  }

  /// A removal of none is no request of SCIM: nobody says how the service takes it.
  @Test
  void whatTheAccountDoesNotShowIsNotRemovedByScim() {
    var body =
        """
        {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[
          {"op":"replace","path":"active","value":false},
          {"op":"remove","path":"roles","value":[]}]}\
        """;
    var operations = PatchRequest.read(ScimJson.read(body), target.userType(), Reading.STRICT);
    var patch = new Request.Patch(ann, operations, Optional.empty());
    assertThat(Endings.sent(patch).operations()).containsExactly(operations.getFirst());
    assertThat(target.send(patch)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void rolesThatStayAlthoughTheTargetSaysOtherwiseAreSeen() {
    grant("Agent", "Home");
    organization
        .relay()
        .stub("POST /api/v2/authorization/subjects/" + ann.value(), new Stub(204, ""));
    assertThat(target.end(Ending.GRANTS, ann)).isInstanceOf(Outcome.Unknown.class);
    assertThat(grants()).isOne();
  }

  @Test
  void anAnswerThatIsLostIsNotTakenForOne() {
    organization.relay().lose("DELETE /api/v2/tokens");
    assertThat(target.end(Ending.SESSIONS, ann)).isInstanceOf(Outcome.Unknown.class);
    assertThat(target.end(Ending.SESSIONS, ann)).isInstanceOf(Outcome.Done.class);
  }
}
