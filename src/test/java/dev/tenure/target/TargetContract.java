package dev.tenure.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.AccountId;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.patch.PathParser;
import dev.tenure.target.Target.ReadOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What every target does. A new adapter gets all of it at once; it starts without accounts.
public interface TargetContract {
  Target target();

  /// Whether accounts have versions that a change may be bound to.
  default boolean keepsVersions() {
    return true;
  }

  /// A joiner of that name, as a planner would write it.
  static Request.Create joiner(String name) {
    return new Request.Create(
        resource(
            """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s@example.com",
             "externalId":"key of \\"%s\\"","active":true,"title":"Agent","displayName":"A name",
             "emails":[{"value":"%s@example.com","type":"work"}]}\
            """
                .formatted(name, name, name)));
  }

  static Resource resource(String json) {
    return Resource.of((ObjectNode) ScimJson.read(json));
  }

  /// Sends what must succeed with an account.
  default Account done(Request request) {
    return account(target().send(request));
  }

  static Account account(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).account().orElseThrow();
  }

  default Request.Patch replacing(Account account, String path, String json) {
    var operation =
        new PatchOperation.Replace(
            PathParser.parse(path, target().userType(), Reading.STRICT), ScimJson.read(json));
    return new Request.Patch(account.id(), List.of(operation), account.version());
  }

  /// Everybody, and that there was everybody.
  default List<Account> everybody() {
    var accounts = new ArrayList<Account>();
    var outcome = target().read(accounts::add);
    assertThat(outcome).isEqualTo(new ReadOutcome.Complete(accounts.size()));
    return accounts;
  }

  @Test
  default void readsEveryAccountOnceAndInactiveOnesToo() {
    var made = new HashSet<AccountId>();
    for (var i = 0; i < 25; i++) made.add(done(joiner("p" + i)).id());
    var left = done(joiner("left"));
    done(replacing(left, "active", "false"));
    made.add(left.id());
    var read = everybody();
    assertThat(read).hasSize(26);
    assertThat(read.stream().map(Account::id).collect(Collectors.toSet())).isEqualTo(made);
    assertThat(read.stream().filter(a -> a.resource().view().path("active").asBoolean(true)))
        .hasSize(25);
  }

  /// As one request where the target takes so many, else one by one.
  default List<Outcome> together(Request... some) {
    var requests = List.of(some);
    return target().togetherMax() >= requests.size()
        ? target().together(requests)
        : requests.stream().map(target()::send).toList();
  }

  @Test
  default void whatGoesTogetherStandsOrFallsByItself() {
    var ann = done(joiner("ann"));
    var dan = done(joiner("dan"));
    done(replacing(dan, "title", "\"Lead\""));
    var outcomes =
        together(
            joiner("bob"),
            joiner("ann"),
            replacing(ann, "title", "\"Lead\""),
            replacing(dan, "title", "\"Head\""),
            joiner("cyd"));
    assertThat(account(outcomes.getFirst()).resource().text("userName"))
        .contains("bob@example.com");
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Refused.class);
    var changed = account(outcomes.get(2));
    assertThat(changed.id()).isEqualTo(ann.id());
    assertThat(changed.resource().text("title")).contains("Lead");
    assertThat(outcomes.get(3))
        .isInstanceOf(keepsVersions() ? Outcome.Stale.class : Outcome.Done.class);
    assertThat(account(outcomes.get(4)).resource().text("userName")).contains("cyd@example.com");

    var read = everybody();
    assertThat(read).hasSize(4).contains(changed, account(outcomes.getFirst()));
    var another = replacing(changed, "title", "\"Agent\"");
    assertThat(account(together(another, joiner("eve")).getFirst()).resource().text("title"))
        .contains("Agent");
  }

  @Test
  default void anEmptyTargetIsReadWhole() {
    assertThat(everybody()).isEmpty();
  }

  @Test
  default void whatIsMadeIsAsItIsReadAfterwards() {
    var made = done(joiner("ann"));
    assertThat(made.resource().text("userName")).contains("ann@example.com");
    assertThat(made.resource().text("externalId")).contains("key of \"ann\"");
    assertThat(everybody()).singleElement().isEqualTo(made);
  }

  @Test
  default void aPatchChangesWhatItNamesAndGivesANewVersion() {
    var made = done(joiner("ann"));
    var changed = done(replacing(made, "title", "\"Lead\""));
    assertThat(changed.resource().text("title")).contains("Lead");
    assertThat(changed.resource().text("userName")).contains("ann@example.com");
    if (keepsVersions()) assertThat(changed.version()).isNotEqualTo(made.version());
    else assertThat(changed.version()).isEmpty();
  }

  @Test
  default void aStaleVersionChangesNothing() {
    var made = done(joiner("ann"));
    done(replacing(made, "title", "\"Lead\""));
    var outcome = target().send(replacing(made, "title", "\"Head\""));
    assertThat(outcome).isInstanceOf(keepsVersions() ? Outcome.Stale.class : Outcome.Done.class);
    assertThat(everybody().getFirst().resource().text("title"))
        .contains(keepsVersions() ? "Lead" : "Head");
  }

  @Test
  default void aUserNameThatIsTakenIsRefused() {
    done(joiner("ann"));
    assertThat(target().send(joiner("ann"))).isInstanceOf(Outcome.Refused.class);
    assertThat(everybody()).hasSize(1);
  }

  @Test
  default void aNonsensicalChangeIsRefused() {
    var made = done(joiner("ann"));
    assertThat(target().send(replacing(made, "active", "\"perhaps\"")))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  default void aMissingAccountIsStaleToAPatchAndDeletedToADelete() {
    var made = done(joiner("ann"));
    var delete = new Request.Delete(made.id(), made.version());
    var deleted = new Outcome.Done(Optional.empty(), Optional.empty());
    assertThat(withoutReference(target().send(delete))).isEqualTo(deleted);
    assertThat(withoutReference(target().send(delete))).isEqualTo(deleted);
    assertThat(target().send(replacing(made, "title", "\"Lead\"")))
        .isInstanceOf(Outcome.Stale.class);
    assertThat(everybody()).isEmpty();
  }

  private static Outcome withoutReference(Outcome outcome) {
    return outcome instanceof Outcome.Done(var account, _)
        ? new Outcome.Done(account, Optional.empty())
        : outcome;
  }

  @Test
  default void anEarlierCreationIsFoundWhetherActiveOrNot() {
    var create = joiner("ann");
    assertThat(target().find(create)).isInstanceOf(Outcome.Done.class);
    assertThat(((Outcome.Done) target().find(create)).account()).isEmpty();
    var made = done(create);
    assertThat(account(target().find(create))).isEqualTo(made);
    done(replacing(made, "active", "false"));
    assertThat(account(target().find(create)).id()).isEqualTo(made.id());
  }

  @Test
  default void somebodyElsesUserNameIsNotAnEarlierCreation() {
    done(joiner("ann"));
    var other =
        new Request.Create(resource("{\"userName\":\"ann@example.com\",\"externalId\":\"other\"}"));
    assertThat(((Outcome.Done) target().find(other)).account()).isEmpty();
  }
}
