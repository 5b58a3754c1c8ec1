package dev.tenure.target.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Secret;
import dev.tenure.organization.Lifecycle.Recreation;
import dev.tenure.scim.OriginMark;
import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.schema.Schema;
import dev.tenure.target.Account;
import dev.tenure.target.Budget;
import dev.tenure.target.Request;
import dev.tenure.target.Target;
import dev.tenure.target.TargetContract;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The mark of a source of truth in an organization whose users have no `sourceOrg`.
class MarkingTest {
  private final GenesysOrganization organization = new GenesysOrganization(Recreation.REFUSE);
  private final GenesysTarget target = organization.target(Budget.UNLIMITED);

  @AfterEach
  void end() {
    target.close();
    organization.close();
  }

  private Account made(String name, String more) {
    var create =
        new Request.Create(
            TargetContract.resource(
                """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s@x.org",
                 "displayName":"%s","externalId":"key of %s","active":true%s}\
                """
                    .formatted(name, name, name, more)));
    return TargetContract.account(target.send(create));
  }

  private static String origin(String sourceOrg) {
    return ",\"" + Schema.ORIGIN + "\":{\"sourceOrg\":\"" + sourceOrg + "\"}";
  }

  private Account read(Account account) {
    var all = new ArrayList<Account>();
    assertThat(target.read(all::add)).isInstanceOf(Target.ReadOutcome.Complete.class);
    return all.stream().filter(a -> a.id().equals(account.id())).findFirst().orElseThrow();
  }

  /// As the organization itself has the user.
  private JsonNode stored(Account account) {
    return organization.platform().get("/scim/v2/Users/" + account.id().value()).json();
  }

  private Account patched(Account account, String operation) {
    var body =
        ScimJson.read(
            "{\"schemas\":[\"" + PatchRequest.SCHEMA + "\"],\"Operations\":[" + operation + "]}");
    var operations = PatchRequest.read(body, target.userType(), Reading.STRICT);
    var patch = new Request.Patch(account.id(), operations, account.version());
    return TargetContract.account(target.send(patch));
  }

  @Test
  void twoPeopleBearTheMarkOfOneSource() {
    var ann = made("ann", origin("head office/EMEA"));
    var bob = made("bob", origin("head office/EMEA"));
    assertThat(Target.sourceOrg(ann)).contains("head office/EMEA");
    assertThat(Target.sourceOrg(read(ann))).contains("head office/EMEA");
    assertThat(Target.sourceOrg(read(bob))).contains("head office/EMEA");
    assertThat(read(ann).resource().view().toString()).doesNotContain(OriginMark.AUTHORITY);
  }

  @Test
  void whoHasNoMarkGetsItAndLosesIt() {
    var ann = made("ann", "");
    assertThat(Target.sourceOrg(ann)).isEmpty();
    var path = Schema.ORIGIN + ":sourceOrg";
    var marked = patched(ann, "{\"op\":\"replace\",\"path\":\"" + path + "\",\"value\":\"hr\"}");
    assertThat(Target.sourceOrg(marked)).contains("hr");
    assertThat(marked.resource().text("externalId")).contains("key of ann");
    var without = patched(marked, "{\"op\":\"remove\",\"path\":\"" + path + "\"}");
    assertThat(Target.sourceOrg(without)).isEmpty();
    assertThat(without.version()).isNotEqualTo(Optional.empty());
  }

  @Test
  void aSourceSeesTheMarkAsTheOrganizationHasIt() {
    var user = stored(made("ann", origin("hr")));
    assertThat(user.path(Schema.ORIGIN).isMissingNode()).isTrue();
    assertThat(OriginMark.sourceOrg(user)).contains("hr");
  }

  /// Costly to read, and nevertheless read where there may be a mark.
  @Test
  void marksAreReadWhereTheFlowHasOne() {
    var config =
        GenesysTargetConfig.at(
                URI.create("https://cloud.invalid"), "id", new Secret("x"), Duration.ofSeconds(1))
            .writing(Set.of());
    var ids = Schema.GENESYS_USER + ":externalIds";
    assertThat(config.spared()).contains(ids);
    assertThat(config.marked().spared()).doesNotContain(ids).hasSize(config.spared().size() - 1);
  }

  @Test
  void whatSomebodyElseWroteThereIsNoMark() {
    assertThat(OriginMark.sourceOrg(ids("key"))).isEmpty();
    assertThat(OriginMark.sourceOrg(ids("/key"))).isEmpty();
    assertThat(OriginMark.sourceOrg(ids("a%2Fb/key/of"))).contains("a/b");
  }

  private static JsonNode ids(String value) {
    return ScimJson.read(
        "{\"%s\":{\"externalIds\":[{\"authority\":\"%s\",\"value\":\"%s\"}]}}"
            .formatted(Schema.GENESYS_USER, OriginMark.AUTHORITY, value));
  }
}
