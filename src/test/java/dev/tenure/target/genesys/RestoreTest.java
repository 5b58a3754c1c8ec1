package dev.tenure.target.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.AccountId;
import dev.tenure.organization.Lifecycle.Recreation;
import dev.tenure.problem.Code;
import dev.tenure.target.Account;
import dev.tenure.target.Budget;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.TargetContract;
import dev.tenure.testkit.Relay.Stub;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A joiner whose address a deleted user has: that one is restored, whatever is lost on the way,
/// and nobody is made twice.
class RestoreTest {
  private final GenesysOrganization organization = new GenesysOrganization(Recreation.REFUSE);
  private final GenesysTarget target = organization.target(Budget.UNLIMITED);

  @AfterEach
  void end() {
    target.close();
    organization.close();
  }

  private AccountId deleted(Request.Create create) {
    var made = TargetContract.account(target.send(create)).id();
    assertThat(target.send(new Request.Delete(made, Optional.empty())))
        .isInstanceOf(Outcome.Done.class);
    assertThat(organization.user(made).text("/state")).isEqualTo("deleted");
    return made;
  }

  private static Request.Create back(String name, String more) {
    return new Request.Create(
        TargetContract.resource(
            """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s@example.com",
             "displayName":"Ann Again","active":true,"title":"Lead"%s}\
            """
                .formatted(name, more)));
  }

  private long count() {
    var all = new ArrayList<Account>();
    target.read(all::add);
    return all.size();
  }

  @Test
  void aDeletedUserIsRestoredAndWrittenAsWanted() {
    var former = deleted(TargetContract.joiner("ann"));
    var create =
        back("ann", ",\"externalId\":\"key of \\\"ann\\\"\",\"roles\":[{\"value\":\"Agent\"}]");
    var account = TargetContract.account(target.send(create));
    assertThat(account.id()).isEqualTo(former);
    assertThat(account.resource().text("title")).contains("Lead");
    assertThat(account.resource().text("displayName")).contains("Ann Again");
    assertThat(account.resource().view().path("roles")).hasSize(1);
    assertThat(account.isActive()).isTrue();
    assertThat(count()).isOne();
  }

  @Test
  void anAddressThatIsTakenByAnActiveUserStaysTaken() {
    TargetContract.account(target.send(TargetContract.joiner("ann")));
    var outcome = target.send(back("ann", ",\"externalId\":\"other\""));
    assertThat(((Outcome.Refused) outcome).problem().code()).isEqualTo(Code.MATCH_CONFLICT);
    assertThat(organization.relay().requests("PATCH /api/v2/users")).isEmpty();
  }

  /// What Ann left must not be Bob's because he was given her address.
  @Test
  void aDeletedUserOfSomebodyElseStaysDeleted() {
    var former = deleted(TargetContract.joiner("ann"));
    var outcome = target.send(back("ann", ",\"externalId\":\"key of bob\""));
    var problem = ((Outcome.Refused) outcome).problem();
    assertThat(problem.code()).isEqualTo(Code.MATCH_CONFLICT);
    assertThat(problem.details()).containsEntry("deleted", former.value());
    assertThat(organization.user(former).text("/state")).isEqualTo("deleted");
    assertThat(count()).isZero();
  }

  @Test
  void whereTheIdsOfDeletedUsersCanBeReadSomebodyElsesIsNotTouched() {
    var former = deleted(TargetContract.joiner("ann"));
    organization
        .relay()
        .stub(
            "GET /api/v2/users/" + former.value() + "/externalid",
            new Stub(
                200,
                """
                [{"authorityName":"x-pc:scimv2:v1:client","externalKey":"key of ann"}]\
                """));
    var outcome = target.send(back("ann", ",\"externalId\":\"key of bob\""));
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(organization.relay().requests("PATCH /api/v2/users")).isEmpty();
  }

  @Test
  void aRestoreWhoseAnswerIsLostIsFoundAndNotRepeated() {
    var former = deleted(TargetContract.joiner("ann"));
    var create = back("ann", ",\"externalId\":\"key of \\\"ann\\\"\"");
    organization.relay().lose("PATCH /api/v2/users/" + former.value());
    assertThat(target.send(create)).isInstanceOf(Outcome.Unknown.class);
    assertThat(TargetContract.account(target.find(create)).id()).isEqualTo(former);
    assertThat(organization.relay().requests("PATCH /api/v2/users")).hasSize(1);
    assertThat(count()).isOne();
  }

  /// Who was made by hand had no externalId, so that the restored one has none by which to be
  /// known.
  @Test
  void aRestoreWithoutExternalIdWhoseAnswerIsLostIsFoundToo() {
    var former = deleted(back("ann", ""));
    var create = back("ann", ",\"externalId\":\"E1\"");
    organization.relay().lose("PATCH /api/v2/users/" + former.value());
    assertThat(target.send(create)).isInstanceOf(Outcome.Unknown.class);
    assertThat(TargetContract.account(target.find(create)).id()).isEqualTo(former);
    assertThat(count()).isOne();
  }

  @Test
  void aUserOfThatAddressWithARoleIsNoRestoredOne() {
    TargetContract.account(target.send(back("ann", ",\"roles\":[{\"value\":\"Agent\"}]")));
    var found = (Outcome.Done) target.find(back("ann", ",\"externalId\":\"E1\""));
    assertThat(found.account()).isEmpty();
  }

  /// The user is back and ours; what is wrong with the wish is told when it is planned again.
  @Test
  void aRestoredUserThatCannotBeWrittenAsWantedIsOursAsItIs() {
    var former = deleted(TargetContract.joiner("ann"));
    organization.relay().stub("PATCH /api/v2/scim/v2/Users/" + former.value(), new Stub(400, ""));
    var create = back("ann", ",\"externalId\":\"key of \\\"ann\\\"\"");
    var account = TargetContract.account(target.send(create));
    assertThat(account.id()).isEqualTo(former);
    assertThat(account.resource().text("title")).contains("Agent");
  }
}
