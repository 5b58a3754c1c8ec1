package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenure.flow.Turn;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Turns of a served flow decide about those whom something concerns, and come to what a plan for
/// everybody would.
class TurnTest {
  private static final String YAML =
      """
      sources:
        hr: {csv: {file: people.csv, key: id, minimumRows: 2}}
      targets:
        acme: {organization: acme}
      organizations:
        acme: {clients: {idp: {token: "${env:ACME_TOKEN}"}}}
      flows:
        people:
          source: hr
          target: acme
          every: 1h
          follow: false
          match: [externalId]
          map:
            userName: mail
            title: title
            department: dept
            manager: account(manager)
          guard: {leavers: 2}
      """;

  private static final String HEAD = "id,mail,title,dept,manager\n";
  private static final String ANN = "E1,ann@x.org,Agent,Sales,\n";
  private static final String BOB = "E2,bob@x.org,Agent,Sales,\n";
  private static final String CYD = "E3,cyd@x.org,Lead,Sales,\n";

  private Site site;
  private Work work;

  @BeforeEach
  void begin() throws InterruptedException {
    site = Site.with(YAML);
    work = hr(ANN + BOB + CYD).open();
    assertThat(turn().about()).isEmpty();
    assertThat(titles()).containsOnlyKeys("ann@x.org", "bob@x.org", "cyd@x.org");
  }

  @AfterEach
  void end() {
    work.close();
    site.close();
  }

  private TurnTest hr(String rows) {
    site.file("people.csv", HEAD + rows);
    return this;
  }

  private Work open() {
    return Work.at(site);
  }

  private void reopen() {
    work.close();
    work = open();
  }

  private Turn turn() throws InterruptedException {
    return work.place().cycle().turn(work.flow(), true);
  }

  /// A turn that asks neither end.
  private Turn between() throws InterruptedException {
    return work.place().cycle().turn(work.flow(), false);
  }

  /// The turn after that one, when somebody is due again.
  private Turn after(Turn turn) throws InterruptedException {
    Thread.sleep(Duration.between(Instant.now(), turn.nextDue().orElseThrow()).plusMillis(1));
    return between();
  }

  /// The userNames of the organization with their titles; only of those who are active.
  private Map<String, String> titles() {
    return work.acme().users().stream()
        .filter(u -> u.path("active").asBoolean(true))
        .collect(
            Collectors.toMap(
                u -> u.path("userName").asString(""), u -> u.path("title").asString("")));
  }

  private void patch(String userName, String path, String value) {
    var id = work.acme().user(userName).path("id").asString("");
    var answer =
        work.acme()
            .send(
                "PATCH",
                "/scim/v2/Users/" + id,
                """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations":[{"op":"replace","path":"%s","value":"%s"}]}\
                """
                    .formatted(path, value));
    assertThat(answer.status()).isEqualTo(200);
  }

  private static Set<PersonKey> people(String... keys) {
    return Stream.of(keys).map(PersonKey::new).collect(Collectors.toSet());
  }

  private static List<String> changed(Turn turn) {
    return turn.report().orElseThrow().plan().changes().stream()
        .map(Change::person)
        .map(PersonKey::value)
        .toList();
  }

  private static List<Code> findings(Turn turn) {
    return turn.report().orElseThrow().plan().findings().stream().map(Problem::code).toList();
  }

  @Test
  void nobodyIsDecidedOnWhereNothingChanged() throws InterruptedException {
    var turn = turn();
    assertThat(turn.about()).contains(Set.of());
    assertThat(turn.report().orElseThrow().counts().inScope()).isEqualTo(3);
    assertThat(between().report()).isEmpty();
  }

  @Test
  void whoChangedIsDecidedOnAndNobodyElse() throws InterruptedException {
    hr(ANN.replace("Agent", "Lead") + BOB + CYD);
    var turn = turn();
    assertThat(turn.about()).contains(people("E1"));
    assertThat(changed(turn)).containsExactly("E1");
    assertThat(titles()).containsEntry("ann@x.org", "Lead");
  }

  @Test
  void whoIsGoneLeavesAndWhoComesBackReturns() throws InterruptedException {
    hr(ANN + BOB);
    assertThat(changed(turn())).containsExactly("E3");
    assertThat(titles()).doesNotContainKey("cyd@x.org");
    hr(ANN + BOB + CYD);
    assertThat(changed(turn())).containsExactly("E3");
    assertThat(titles()).containsEntry("cyd@x.org", "Lead");
    assertThat(work.acme().users()).hasSize(3);
  }

  @Test
  void driftIsSeenByTheNextSweep() throws InterruptedException {
    patch("bob@x.org", "title", "King");
    assertThat(turn().about()).contains(Set.of());
    site.replacing("follow: false", "follow: false\n    sweep: 0s");
    reopen();
    assertThat(changed(turn())).containsExactly("E2");
    patch("bob@x.org", "title", "Emperor");
    var turn = turn();
    assertThat(turn.about()).contains(people("E2"));
    assertThat(titles()).containsEntry("bob@x.org", "Agent");
  }

  @Test
  void anAccountThatVanishedIsMadeAgainAfterTheNextSweep() throws InterruptedException {
    site.replacing("follow: false", "follow: false\n    sweep: 0s");
    reopen();
    turn();
    var id = work.acme().user("bob@x.org").path("id").asString("");
    assertThat(work.acme().send("DELETE", "/scim/v2/Users/" + id, "").status()).isEqualTo(204);
    assertThat(changed(turn())).containsExactly("E2");
    assertThat(titles()).containsKey("bob@x.org");
  }

  @Test
  void whatIsKeptOfATargetMayBeOldAndIsLookedUpWhereItMatters() throws InterruptedException {
    patch("ann@x.org", "displayName", "The Ann");
    patch("ann@x.org", "title", "Queen");
    hr(ANN.replace("Sales", "Service") + BOB + CYD);
    after(turn());
    var ann = work.acme().user("ann@x.org");
    assertThat(ann.toString()).contains("\"Service\"", "\"Agent\"", "\"The Ann\"");
  }

  @Test
  void aNameThatSomebodyElseHasInTheTargetIsFoundOut() throws InterruptedException {
    work.acme()
        .create(
            """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"dan@x.org"}\
            """);
    hr(ANN + BOB + CYD + "E4,dan@x.org,Agent,Sales,\n");
    var turn = after(turn());
    assertThat(turn.about()).contains(people("E4"));
    assertThat(turn.report().orElseThrow().plan().findings())
        .anySatisfy(f -> assertThat(f.details()).containsEntry("person", "E4"));
    assertThat(work.acme().total("userName eq \"dan@x.org\"")).isEqualTo(1);
  }

  @Test
  void manySmallPartsAreHeldLikeOneLargePlan() throws InterruptedException {
    hr(ANN + BOB + CYD + "E4,d@x.org,,,\nE5,e@x.org,,,\nE6,f@x.org,,,\n");
    turn();
    var rows = List.of(ANN, BOB, CYD, "E4,d@x.org,,,\n", "E5,e@x.org,,,\n");
    for (var staying = 5; staying >= 2; staying--) {
      hr(String.join("", rows.subList(0, staying)));
      var turn = turn();
      assertThat(turn.about().orElseThrow()).hasSize(1);
      assertThat(turn.held()).as("%d stay", staying).isEqualTo(staying <= 3);
    }
    assertThat(titles()).hasSize(4);
  }

  @Test
  void aReadThatIsNotWholeMakesNoLeaver() throws InterruptedException {
    hr(ANN.replace("Agent", "Lead"));
    var turn = turn();
    assertThat(findings(turn)).contains(Code.SOURCE_INCOMPLETE);
    assertThat(titles()).hasSize(3).containsEntry("ann@x.org", "Lead");
    hr(ANN + BOB);
    assertThat(changed(turn())).containsExactlyInAnyOrder("E1", "E3");
    assertThat(titles()).hasSize(2).containsEntry("ann@x.org", "Agent");
  }

  @Test
  void otherRulesDecideOnEverybodyAnew() throws InterruptedException {
    site.replacing("title: title", "title: upper(title)");
    reopen();
    var turn = turn();
    assertThat(turn.about()).isEmpty();
    assertThat(titles()).containsEntry("bob@x.org", "AGENT").containsEntry("cyd@x.org", "LEAD");
    reopen();
    assertThat(turn().about()).contains(Set.of());
  }

  @Test
  void whoWaitsForAManagerIsDecidedOnWhenTheManagerComes() throws InterruptedException {
    hr(ANN.replace(",\n", ",E4\n") + BOB + CYD);
    assertThat(turn().about()).contains(people("E1"));
    hr(ANN.replace(",\n", ",E4\n") + BOB + CYD + "E4,boss@x.org,Boss,Sales,\n");
    var turn = turn();
    assertThat(turn.about()).contains(people("E1", "E4"));
    assertThat(after(turn).about()).contains(people("E1"));
    var boss = work.acme().user("boss@x.org").path("id").asString("");
    assertThat(work.acme().user("ann@x.org").toString()).contains(boss);
  }

  /// The turn ends as if it were killed where it first writes such a row.
  private void killedAt(String table, String row) {
    site.sql(
        "create function kill() returns trigger as $$ begin raise 'killed'; end $$"
            + " language plpgsql");
    site.sql(
        "create trigger kill before update on %s for each row when (%s) execute function kill()"
            .formatted(table, row));
    assertThatThrownBy(this::turn).rootCause().hasMessageContaining("killed");
    site.sql("drop function kill cascade");
  }

  @Test
  void whatFailedBeforeATurnWasKilledIsLookedAtByTheNextOne() throws InterruptedException {
    patch("ann@x.org", "displayName", "The Ann");
    hr(ANN.replace("Sales", "Service") + BOB + CYD);
    killedAt("flow_agenda", "new.due_at > now()");
    assertThat(work.acme().user("ann@x.org").toString()).contains("\"Sales\"");
    after(turn());
    assertThat(work.acme().user("ann@x.org").toString()).contains("\"Service\"", "\"The Ann\"");
  }

  @Test
  void aPlanThatWasNotAcceptedBeforeATurnWasKilledIsMadeAgain() throws InterruptedException {
    hr(ANN.replace("Agent", "Lead") + BOB + CYD);
    killedAt("plan", "new.state = 'applying'");
    assertThat(titles()).containsEntry("ann@x.org", "Agent");
    assertThat(changed(between())).containsExactly("E1");
    assertThat(titles()).containsEntry("ann@x.org", "Lead");
  }

  @Test
  void driftIsSeenAgainWhereASweepWasKilled() throws InterruptedException {
    site.replacing("follow: false", "follow: false\n    sweep: 0s");
    reopen();
    turn();
    patch("bob@x.org", "title", "King");
    killedAt("flow_agenda", "new.due_at is not null");
    assertThat(changed(turn())).containsExactly("E2");
    assertThat(titles()).containsEntry("bob@x.org", "Agent");
  }
}
