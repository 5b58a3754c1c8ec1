package dev.tenure.plan;

import static dev.tenure.plan.Rules.USER;
import static dev.tenure.plan.Rules.account;
import static dev.tenure.plan.Rules.in;
import static dev.tenure.plan.Rules.left;
import static dev.tenure.plan.Rules.link;
import static dev.tenure.plan.Rules.mapped;
import static dev.tenure.plan.Rules.onCreate;
import static dev.tenure.plan.Rules.ours;
import static dev.tenure.plan.Rules.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired;
import dev.tenure.policy.GuardLimits;
import dev.tenure.policy.LeaverPolicy;
import dev.tenure.policy.Standing;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.target.Account;
import dev.tenure.target.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final PlanPolicy POLICY = policy("externalId", "userName", "emails.value!");

  private static Plan plan(List<Standing> standings, List<Account> accounts, Link... links) {
    return plan(POLICY, new World(standings, true, accounts, List.of(links)));
  }

  private static Plan plan(PlanPolicy policy, World world) {
    return new Planner(USER, policy).plan(world);
  }

  private static String operations(Change change) {
    return PatchRequest.render(((Request.Patch) change.request()).operations())
        .path("Operations")
        .toString();
  }

  @Test
  void aJoinerGetsTheWholeAccountAndEachAttributeIsExplained() {
    var plan =
        plan(
            List.of(
                in(
                    "E1",
                    "ann@x",
                    "emails[type eq \"work\"].value",
                    "\"ann@x\"",
                    "emails[type eq \"work\"].primary",
                    "true",
                    "division",
                    "\"Sales\"",
                    "nickName",
                    "null",
                    "roles",
                    "[{\"value\":\"Agent\"}]")),
            List.of());
    var change = plan.changes().getFirst();
    assertThat(change.lane()).isEqualTo(Lane.JOINER);
    var body = ((Request.Create) change.request()).account().view();
    assertThat(body.path("emails").toString())
        .isEqualTo("[{\"value\":\"ann@x\",\"primary\":true,\"type\":\"work\"}]");
    assertThat(body.path("schemas")).hasSize(3);
    assertThat(body.has("nickName")).isFalse();
    assertThat(change.reasons()).hasSize(9);
    assertThat(change.reasons().getFirst().because()).contains("member of Staff");
  }

  @Test
  void allDifferencesOfAnAccountAreOnePatchWithAReasonEach() {
    var plan =
        plan(
            List.of(in("E1", "ann@x", "title", "\"Lead\"", "nickName", "null")),
            List.of(ours("7", "E1", "ann@x", ",\"title\":\"Agent\",\"nickName\":\"Annie\"")),
            link("E1", "7"));
    var change = plan.changes().getFirst();
    assertThat(plan.changes()).hasSize(1);
    assertThat(change.lane()).isEqualTo(Lane.MOVER);
    assertThat(change.reasons())
        .containsExactly(
            new Change.Reason("title", "Agent", "Lead", "rule of title"),
            new Change.Reason("nickName", "Annie", "", "rule of nickName"));
    assertThat(((Request.Patch) change.request()).ifMatch()).contains("W/\"1\"");
  }

  @Test
  void whatMeansTheSameIsNoDifference() {
    var same =
        in(
            "E1",
            "Ann@X",
            "roles",
            "[{\"value\":\"A\"},{\"value\":\"b\"}]",
            "emails[type eq \"work\"].value",
            "\"ann@X\"",
            "nickName",
            "null");
    var more =
        """
        ,"roles":[{"value":"B","display":"Bee"},{"value":"a","primary":true}],"nickName":"",
        "emails":[{"type":"home","value":"z@x"},{"type":"work","value":"ANN@x"}]\
        """;
    var plan = plan(List.of(same), List.of(ours("7", "E1", "ann@x", more)), link("E1", "7"));
    assertThat(plan.changes()).isEmpty();
  }

  @Test
  void aCorrectedLetterCaseOfANameIsADifference() {
    var plan =
        plan(
            List.of(in("E1", "ann@x", "displayName", "\"Ann McCoy\"")),
            List.of(ours("7", "E1", "ann@x", ",\"displayName\":\"ANN MCCOY\"")),
            link("E1", "7"));
    assertThat(plan.changes()).singleElement().extracting(Change::lane).isEqualTo(Lane.COSMETIC);
  }

  @Test
  void aMissingElementOfAListIsAddedWholeAndAPresentOneIsChangedInPlace() {
    var wanted =
        in(
            "E1",
            "ann@x",
            "addresses[type eq \"work\"].locality",
            "\"Köln\"",
            "addresses[type eq \"work\"].country",
            "\"DE\"",
            "emails[type eq \"work\"].value",
            "\"new@x\"",
            "phoneNumbers[type eq \"fax\"].value",
            "null");
    var more =
        """
        ,"emails":[{"type":"work","value":"old@x"}],
        "phoneNumbers":[{"type":"fax","value":"1"},{"type":"work","value":"2"}]\
        """;
    var plan = plan(List.of(wanted), List.of(ours("7", "E1", "ann@x", more)), link("E1", "7"));
    assertThat(operations(plan.changes().getFirst()))
        .isEqualTo(
            """
            [{"op":"add","path":"addresses","value":[{"locality":"Köln","country":"DE",\
            "type":"work"}]},\
            {"op":"replace","path":"emails[type eq \\"work\\"].value","value":"new@x"},\
            {"op":"remove","path":"phoneNumbers[type eq \\"fax\\"]"}]\
            """);
  }

  @Test
  void whatIsSetOnCreationOnlyIsTheTargetsAfterwards() {
    var desired = in("E1", "ann@x").desired();
    var mapped = new ArrayList<>(desired.attributes());
    mapped.add(onCreate(mapped("preferredLanguage", "\"de\"")));
    Standing person = new Standing.InScope(new Desired(desired.person(), mapped, "all"));
    var accounts = List.of(ours("7", "E1", "ann@x", ",\"preferredLanguage\":\"en\""));
    assertThat(plan(List.of(person), accounts, link("E1", "7")).changes()).isEmpty();
    var created = plan(List.of(person), List.of()).changes().getFirst();
    assertThat(((Request.Create) created.request()).account().text("preferredLanguage"))
        .contains("de");
  }

  @Test
  void losingARoleIsMoreUrgentThanGainingOne() {
    var more = ",\"roles\":[{\"value\":\"Agent\"}]";
    var plan =
        plan(
            List.of(
                in("E1", "a@x", "roles", "[{\"value\":\"Agent\"},{\"value\":\"Lead\"}]"),
                in("E2", "b@x", "roles", "[{\"value\":\"Lead\"}]"),
                left("E3")),
            List.of(
                ours("1", "E1", "a@x", more),
                ours("2", "E2", "b@x", more),
                ours("3", "E3", "c@x", more)),
            link("E1", "1"),
            link("E2", "2"),
            link("E3", "3"));
    assertThat(plan.changes().stream().map(Change::lane))
        .containsExactly(Lane.LEAVER, Lane.MOVER_DOWN, Lane.MOVER);
  }

  @Test
  void aReHireGetsTheFullDesiredStateAgain() {
    var accounts =
        List.of(
            account(
                "7",
                """
                {"externalId":"E1","userName":"ann@x","active":false,"title":"Agent",
                 "urn:ietf:params:scim:schemas:extension:genesys:2.0:User":{"sourceOrg":"corp"}}\
                """));
    var plan = plan(List.of(in("E1", "ann@x", "title", "\"Agent\"")), accounts, link("E1", "7"));
    var change = plan.changes().getFirst();
    assertThat(change.lane()).isEqualTo(Lane.JOINER);
    assertThat(((Request.Patch) change.request()).operations()).hasSize(5);
    assertThat(change.reasons()).extracting(Change.Reason::attribute).containsExactly("", "active");
    assertThat(PlanSummary.of(plan).reactivated()).isEqualTo(1);
  }

  @Test
  void aMatchIsLinkedAndMadeAsDesired() {
    var found = account("7", "{\"userName\":\"ANN@x\"}");
    var plan = plan(List.of(in("E1", "ann@x")), List.of(found));
    assertThat(plan.links()).containsExactly(link("E1", "7"));
    assertThat(plan.changes()).singleElement().extracting(Change::name).isEqualTo("ANN@x");
  }

  @Test
  void theSameEmailWithAnotherExternalIdIsAPlainConflictUnlessTheRuleAdopts() {
    var other =
        account(
            "7", "{\"externalId\":\"X9\",\"userName\":\"x\",\"emails\":[{\"value\":\"Ann@x\"}]}");
    Standing ann = in("E1", "ann@x", "emails[type eq \"work\"].value", "\"ann@x\"");
    var world = new World(List.of(ann), true, List.of(other), List.of());
    var strict = plan(policy("externalId", "emails.value"), world);
    assertThat(strict.changes()).isEmpty();
    assertThat(strict.findings())
        .singleElement()
        .extracting(Problem::code)
        .isEqualTo(Code.MATCH_CONFLICT);
    assertThat(strict.findings().getFirst().line())
        .contains("E1", "X9", "emails.value", "account=7", "adopt: true");
    var adopting = plan(policy("externalId", "emails.value!"), world);
    assertThat(adopting.links()).containsExactly(link("E1", "7"));
    assertThat(operations(adopting.changes().getFirst())).contains("externalId");
  }

  @Test
  void twoHitsAreAConflictAndStopNobodyElse() {
    var two =
        List.of(
            account("7", "{\"userName\":\"p\",\"emails\":[{\"value\":\"ann@x\"}]}"),
            account("8", "{\"userName\":\"q\",\"emails\":[{\"value\":\"ann@x\"}]}"));
    var plan =
        plan(
            List.of(
                in("E1", "ann@x", "emails[type eq \"work\"].value", "\"ann@x\""),
                in("E2", "bob@x")),
            two);
    assertThat(plan.changes()).singleElement().extracting(c -> c.person().value()).isEqualTo("E2");
    assertThat(plan.findings().getFirst().details()).containsEntry("accounts", "7 8");
  }

  @Test
  void aForeignAccountIsNeverTouchedEvenWhereItIsLinked() {
    var foreign =
        account(
            "7",
            """
            {"externalId":"E1","userName":"ann@x",
             "urn:ietf:params:scim:schemas:extension:genesys:2.0:User":{"sourceOrg":"other"}}\
            """);
    for (var standing : List.of(in("E1", "new@x"), left("E1"))) {
      var plan = plan(List.of(standing), List.of(foreign), link("E1", "7"));
      assertThat(plan.changes()).isEmpty();
      assertThat(plan.findings()).extracting(Problem::code).containsExactly(Code.ACCOUNT_FOREIGN);
    }
    var unlinked = plan(List.of(in("E1", "ann@x")), List.of(foreign));
    assertThat(unlinked.changes()).isEmpty();
    assertThat(unlinked.links()).isEmpty();
  }

  @Test
  void ofTwoWhoWantOneUserNameTheOneWhoHasItKeepsIt() {
    var plan =
        plan(
            List.of(in("E1", "ann@x", "title", "\"Lead\""), in("E2", "ANN@x"), in("E3", "c@x")),
            List.of(ours("7", "E1", "ann@x", "")),
            link("E1", "7"));
    assertThat(plan.changes()).extracting(c -> c.person().value()).containsExactly("E3", "E1");
    assertThat(plan.findings())
        .singleElement()
        .extracting(f -> f.details().get("person"))
        .isEqualTo("E2");
    var neither = plan(List.of(in("E1", "a@x"), in("E2", "A@x")), List.of());
    assertThat(neither.changes()).isEmpty();
    assertThat(neither.findings()).hasSize(2);
  }

  @Test
  void aUserNameOfAnotherAccountIsNotCreatedAgain() {
    var plan =
        plan(
            policy("externalId"),
            new World(
                List.of(in("E1", "ann@x")),
                true,
                List.of(account("7", "{\"userName\":\"Ann@X\",\"externalId\":\"X9\"}")),
                List.of()));
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.findings().getFirst().line()).contains("E1", "X9", "account=7");
  }

  @Test
  void anAccountThatVanishedIsMadeAgainAndThePlanSaysSo() {
    var plan = plan(List.of(in("E1", "ann@x")), List.of(), link("E1", "7"));
    assertThat(plan.changes().getFirst().reasons().getFirst().because())
        .contains("the account 7 that was theirs is gone");
  }

  @Test
  void whoIsGoneOrLeftIsLockedOnceAndStrangersAreLeftAlone() {
    var accounts =
        List.of(
            ours("1", "E1", "a@x", ""),
            ours("2", "E2", "b@x", ""),
            ours("3", "E3", "c@x", ""),
            account("4", "{\"userName\":\"d@x\"}"),
            account("5", "{\"userName\":\"e@x\",\"externalId\":\"E5\",\"active\":false}"));
    var plan =
        plan(
            List.of(left("E2"), left("E3"), left("E5"), left("E6")),
            accounts,
            link("E1", "1"),
            link("E2", "2"),
            link("E5", "5"));
    assertThat(plan.changes())
        .extracting(c -> c.person().value())
        .containsExactly("E1", "E2", "E3");
    assertThat(plan.changes()).allMatch(c -> c.lane() == Lane.LEAVER);
    assertThat(operations(plan.changes().getFirst()))
        .isEqualTo("[{\"op\":\"replace\",\"path\":\"active\",\"value\":false}]");
    assertThat(plan.links()).containsExactly(link("E3", "3"));
  }

  @Test
  void leaversAreDeletedWhereThePolicySaysSo() {
    var policy = Rules.with(POLICY, LeaverPolicy.DELETE, Rules.OPEN);
    var plan =
        plan(
            policy,
            new World(
                List.of(), true, List.of(ours("1", "E1", "a@x", "")), List.of(link("E1", "1"))));
    assertThat(plan.changes().getFirst().request()).isInstanceOf(Request.Delete.class);
  }

  @Test
  void anIncompleteReadMakesNoLeaverAndSaysHowManyWait() {
    var plan =
        plan(
            POLICY,
            new World(
                List.of(left("E2"), in("E3", "c@x")),
                false,
                List.of(ours("1", "E1", "a@x", ""), ours("2", "E2", "b@x", "")),
                List.of(link("E1", "1"), link("E2", "2"))));
    assertThat(plan.changes()).extracting(Change::lane).containsExactly(Lane.JOINER);
    assertThat(plan.findings().getFirst().code()).isEqualTo(Code.SOURCE_INCOMPLETE);
    assertThat(plan.findings().getFirst().details()).containsEntry("waiting", "2");
  }

  @Test
  void whoseRulesAreUnclearIsNotTouched() {
    var why = new Problem(Code.MAP_NO_ENTRY, "no division", Map.of("person", "E1"), "add it");
    var plan =
        plan(
            List.of(new Standing.Unclear(new PersonKey("E1"), List.of(why))),
            List.of(ours("1", "E1", "a@x", "")),
            link("E1", "1"));
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.findings()).containsExactly(why);
  }

  @Test
  void theGuardHoldsLeaversOnlyWhereBothLimitsAreExceeded() {
    var world =
        new World(
            List.of(in("E9", "z@x")),
            true,
            List.of(ours("1", "E1", "a@x", ""), ours("2", "E2", "b@x", "")),
            List.of(link("E1", "1"), link("E2", "2")));
    var held = plan(limited(new GuardLimits(1, 0.5)), world);
    assertThat(held.changes()).extracting(Change::held).containsExactly(true, true, false);
    assertThat(held.findings().getLast().code()).isEqualTo(Code.GUARD_HELD);
    assertThat(PlanSummary.of(held)).isEqualTo(new PlanSummary(1, 0, 0, 2, 0, 2, 1, 1));
    assertThat(plan(limited(new GuardLimits(2, 0.5)), world).changes()).noneMatch(Change::held);
    assertThat(plan(limited(new GuardLimits(1, 1)), world).changes()).noneMatch(Change::held);
  }

  private static PlanPolicy limited(GuardLimits limits) {
    return Rules.with(POLICY, LeaverPolicy.DEACTIVATE, limits);
  }
}
