package dev.tenure.target.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.AccountId;
import dev.tenure.organization.Lifecycle.Recreation;
import dev.tenure.target.Budget;
import dev.tenure.target.Group;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.TargetContract;
import dev.tenure.testkit.Relay.Stub;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Groups that SCIM cannot make are made by platform calls, each once.
class GroupMakingTest {
  private static final String MAKE = "POST /api/v2/groups";
  private final GenesysOrganization organization = new GenesysOrganization(Recreation.RESTORE);
  private final GenesysTarget target = organization.target(Budget.UNLIMITED);

  @AfterEach
  void end() {
    target.close();
    organization.close();
  }

  private AccountId made(String name) {
    return TargetContract.account(target.send(TargetContract.joiner(name))).id();
  }

  private List<Group> groups() {
    var groups = new ArrayList<Group>();
    target.groups(_ -> true, groups::add);
    return groups;
  }

  @Test
  void aGroupThatIsMissingIsMadeWithItsMembers() {
    var ann = made("ann");
    var bob = made("bob");
    var outcome = target.send(new Request.CreateGroup("Agents of Berlin", List.of(ann, bob)));
    assertThat(((Outcome.Done) outcome).reference()).isPresent();
    var group = assertThat(groups()).singleElement().actual();
    assertThat(group.name()).isEqualTo("Agents of Berlin");
    assertThat(group.members()).containsExactlyInAnyOrder(ann, bob);
  }

  @Test
  void aGroupOfThatNameIsJoinedAndNotMadeAgain() {
    var ann = made("ann");
    target.send(new Request.CreateGroup("Agents", List.of()));
    assertThat(target.send(new Request.CreateGroup("agents", List.of(ann))))
        .isInstanceOf(Outcome.Done.class);
    assertThat(groups()).singleElement().extracting(Group::members).isEqualTo(List.of(ann));
    assertThat(organization.relay().requests(MAKE)).hasSize(1);
  }

  @Test
  void aCreationWhoseAnswerIsLostIsLookedUpBeforeItIsRepeated() {
    var ann = made("ann");
    var create = new Request.CreateGroup("Agents", List.of(ann));
    organization.relay().lose(MAKE);
    assertThat(target.send(create)).isInstanceOf(Outcome.Unknown.class);
    assertThat(target.send(create)).isInstanceOf(Outcome.Done.class);
    assertThat(groups()).singleElement().extracting(Group::members).isEqualTo(List.of(ann));
    assertThat(organization.relay().requests(MAKE)).hasSize(1);
  }

  @Test
  void aNameThatIsTakenButNotYetFoundIsLookedForAgain() {
    organization.relay().stub(MAKE, new Stub(409, "{\"code\":\"general.conflict\"}"));
    assertThat(target.send(new Request.CreateGroup("Agents", List.of())))
        .isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void aClientWithoutTheRightIsTold() {
    organization.relay().stub(MAKE, new Stub(403, "{\"code\":\"missing.permissions\"}"));
    assertThat(target.send(new Request.CreateGroup("Agents", List.of())))
        .isInstanceOf(Outcome.Refused.class);
  }
}
