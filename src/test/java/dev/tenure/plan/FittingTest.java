package dev.tenure.plan;

import static dev.tenure.plan.Rules.USER;
import static dev.tenure.plan.Rules.in;
import static dev.tenure.plan.Rules.link;
import static dev.tenure.plan.Rules.ours;
import static dev.tenure.plan.Rules.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.policy.Standing;
import dev.tenure.problem.Code;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.target.Account;
import dev.tenure.target.Keeping;
import dev.tenure.target.Keepings;
import dev.tenure.target.Request;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the target says that it does not keep.
class FittingTest {
  private static final String NICK = "nickName";

  private static Keepings saying(String attribute, Keeping keeping) {
    var said = Map.of(attribute, keeping);
    return ref -> said.getOrDefault(ref.toString(), Keeping.KEPT);
  }

  private static Plan plan(Keepings said, Standing person, Account... accounts) {
    var world =
        new World(List.of(person), true, List.of(accounts), List.of(link("E1", "1"))).saying(said);
    return new Planner(USER, policy("externalId")).plan(world);
  }

  private static Standing ann(String... attributes) {
    return in("E1", "ann@x", attributes);
  }

  private static Account account(String more) {
    return ours("1", "E1", "ann@x", more);
  }

  private static String operations(Plan plan) {
    assertThat(plan.changes()).hasSize(1);
    var request = (Request.Patch) plan.changes().getFirst().request();
    return PatchRequest.render(request.operations()).path("Operations").toString();
  }

  @Test
  void whatTheTargetDoesNotKnowIsLeftAndTold() {
    var said = saying(NICK, Keeping.UNKNOWN);
    var plan = plan(said, ann(NICK, "\"Annie\"", "title", "\"Lead\""), account(""));
    assertThat(operations(plan)).contains("title").doesNotContain(NICK);
    assertThat(plan.changes().getFirst().reasons())
        .extracting(Change.Reason::attribute)
        .containsExactly("title");
    assertThat(plan.findings())
        .singleElement()
        .satisfies(f -> {
          assertThat(f.code()).isEqualTo(Code.TARGET_ATTRIBUTE);
          assertThat(f.details())
              .containsEntry("attribute", NICK)
              .containsEntry("count", "1")
              .containsEntry("examples", "E1");
        });
  }

  @Test
  void nothingIsLeftToDoWhereOnlyThatDiffers() {
    var plan = plan(saying(NICK, Keeping.UNKNOWN), ann(NICK, "\"Annie\""), account(""));
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.findings()).hasSize(1);
  }

  @Test
  void whatAnAccountShowsTheTargetKnows() {
    var shown = account(",\"nickName\":\"Nan\"");
    var plan = plan(saying(NICK, Keeping.UNKNOWN), ann(NICK, "\"Annie\""), shown);
    assertThat(operations(plan)).contains("Annie");
    assertThat(plan.findings()).isEmpty();
  }

  @Test
  void whatNobodyMayWriteIsNeverSent() {
    var shown = account(",\"nickName\":\"Nan\"");
    var plan = plan(saying(NICK, Keeping.READ_ONLY), ann(NICK, "\"Annie\""), shown);
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.findings()).hasSize(1);
  }

  @Test
  void whatCannotBeChangedIsSetOnce() {
    var said = saying(NICK, Keeping.IMMUTABLE);
    assertThat(operations(plan(said, ann(NICK, "\"Annie\""), account("")))).contains("Annie");
    var shown = account(",\"nickName\":\"Nan\"");
    assertThat(plan(said, ann(NICK, "\"Annie\""), shown).changes()).isEmpty();
  }

  @Test
  void whatIsNotShownIsSetForNewAccountsAndForThoseThatAreOpenedAgain() {
    var said = saying(NICK, Keeping.UNSEEN);
    assertThat(plan(said, ann(NICK, "\"Annie\""), account("")).changes()).isEmpty();
    var locked = Rules.account("1", account("").resource().json().put("active", false).toString());
    assertThat(operations(plan(said, ann(NICK, "\"Annie\""), locked))).contains("Annie");
  }

  @Test
  void whatIsNotKnownIsNotEvenSentToWhoIsOpenedAgain() {
    var locked = Rules.account("1", account("").resource().json().put("active", false).toString());
    var plan = plan(saying(NICK, Keeping.UNKNOWN), ann(NICK, "\"Annie\""), locked);
    assertThat(operations(plan)).contains("active").doesNotContain("Annie");
  }

  @Test
  void aPartOfAListIsLeftToo() {
    var phone = "phoneNumbers[type eq \"work\"].value";
    var said = saying("phoneNumbers.value", Keeping.UNKNOWN);
    var plan = plan(said, ann(phone, "\"123\""), account(""));
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.findings().getFirst().details()).containsEntry("attribute", phone);
  }

  @Test
  void aCreationIsSentWholeAndSaysWhatItSendsInVain() {
    var plan = plan(saying(NICK, Keeping.UNKNOWN), ann(NICK, "\"Annie\""));
    var create = (Request.Create) plan.changes().getFirst().request();
    assertThat(create.account().text(NICK)).contains("Annie");
    assertThat(plan.findings()).extracting(f -> f.code()).containsExactly(Code.TARGET_ATTRIBUTE);
  }

  @Test
  void nobodyIsAskedWhereNothingDiffers() {
    Keepings never =
        ref -> {
          throw new AssertionError("asked about " + ref);
        };
    var same = account(",\"nickName\":\"Annie\"");
    assertThat(plan(never, ann(NICK, "\"Annie\""), same).changes()).isEmpty();
  }
}
