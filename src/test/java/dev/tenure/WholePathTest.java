package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.Office.Staff;
import dev.tenure.audit.AuditEntry;
import dev.tenure.flow.CycleReport;
import dev.tenure.plan.Lane;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.schema.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// From a real directory over LDAP, through a real PostgreSQL, into an organization over HTTP.
class WholePathTest {
  private static final Staff JUERGEN = new Staff("1", "Jürgen", "Groß", "Verkauf", "Seller");
  private static final Staff ELIF = new Staff("2", "Elif", "Çelik", "Kundendienst", "Agent");
  private static final Staff ZOE = new Staff("3", "Zoë", "Ångström", "Kundendienst", "Team Lead");
  private static final Staff OLA = new Staff("4", "Óla", "Łukasz", "Verkauf", "Seller");
  private static final Staff INES = new Staff("5", "Inês", "Conceição", "Kundendienst", "Agent");
  private static final Staff TUAN = new Staff("6", "Tuấn", "Nguyễn", "Verkauf", "Seller");
  private static final Staff COOK = new Staff("90", "Carl", "Cook", "Küche", "Cook");

  private final Office office = Office.open();
  private final Site site = office.seenBy(Site.with(Office.YAML));

  @AfterEach
  void close() {
    site.close();
    office.close();
  }

  private Work work() {
    return Work.at(site);
  }

  private void hireAll() {
    office.hire("Sales", JUERGEN, OLA, TUAN).hire("Service EMEA", ELIF, ZOE, INES);
    office.hire("Canteen", COOK);
  }

  private static String division(JsonNode user) {
    return user.path(Schema.ENTERPRISE).path("division").asString("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "genesys"})
  void peopleBecomeAccountsAndTheSecondPlanIsEmpty(String profile) throws Exception {
    site.replacing("profile: standard", "profile: " + profile);
    hireAll();
    try (var work = work()) {
      var planned = work.plan();
      assertThat(Work.lanes(planned)).hasSize(6).doesNotContainKey(COOK.id());
      assertThat(planned.plan().findings()).isEmpty();
      assertThat(planned.counts()).isEqualTo(new CycleReport.Counts(7, 6, 1, 0, true));
      assertThat(work.acme().users()).isEmpty();
      assertThat(work.apply(planned).done()).isEqualTo(6);
      assertThat(work.acme().users()).hasSize(6);
      var zoe = work.acme().user(ZOE.mail());
      assertThat(zoe.at("/name/familyName").stringValue()).isEqualTo("Ångström");
      assertThat(zoe.path("externalId").stringValue()).isEqualTo(ZOE.id());
      assertThat(zoe.path("active").booleanValue()).isTrue();
      assertThat(division(zoe)).isEqualTo("Customer Care");
      assertThat(zoe.path("roles").findValuesAsString("value"))
          .containsExactlyInAnyOrder("Agent", "Supervisor");
      assertThat(zoe.path(Schema.ORIGIN).path("sourceOrg").stringValue()).isEqualTo("company");
      assertThat(work.acme().user(TUAN.mail()).at("/name/givenName").stringValue())
          .isEqualTo("Tuấn");
      assertThat(work.plan().plan().changes()).isEmpty();
      assertThat(Site.calls(work.place(), "other").users()).isEmpty();
    }
  }

  @Test
  void everyChangeHasItsRowsInBothLogs() throws Exception {
    hireAll();
    try (var work = work()) {
      work.apply(work.plan());
      var sent = work.audit("flow/people");
      assertThat(sent).extracting(AuditEntry::action).contains("plan.made", "plan.applied");
      var done = sent.stream().filter(e -> e.action().equals("change.done")).toList();
      assertThat(done)
          .extracting(e -> e.person().orElse(""))
          .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6");
      var made =
          work.audit("organization/acme").stream()
              .filter(e -> e.action().startsWith("user."))
              .toList();
      assertThat(made).hasSize(6).allMatch(e -> e.action().equals("user.created"));
      assertThat(made)
          .extracting(AuditEntry::subject)
          .containsExactlyInAnyOrderElementsOf(done.stream().map(AuditEntry::subject).toList());
      assertThat(made).allMatch(e -> e.actor().equals("flow people"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "genesys"})
  void leaversOfThreeKindsAreLockedOutAndTheirSeatsAreFree(String profile) throws Exception {
    site.replacing("profile: standard", "profile: " + profile);
    hireAll();
    try (var work = work()) {
      work.apply(work.plan());
      var before = work.seats();
      var sessions =
          List.of(JUERGEN, ELIF, ZOE, OLA).stream()
              .collect(Collectors.toMap(s -> s, s -> work.acme().session(s.mail())));
      office.disable(JUERGEN).takeOut(ELIF, "Service EMEA").delete(ZOE);
      var planned = work.plan();
      assertThat(Work.lanes(planned))
          .isEqualTo(Map.of("1", Lane.LEAVER, "2", Lane.LEAVER, "3", Lane.LEAVER));
      assertThat(sessions.values()).allMatch(work.acme()::lives);
      assertThat(work.apply(planned).done()).isEqualTo(3);
      for (var left : List.of(JUERGEN, ELIF, ZOE)) {
        assertThat(work.acme().user(left.mail()).path("active").booleanValue()).isFalse();
        assertThat(lives(work, sessions, left)).isFalse();
      }
      assertThat(lives(work, sessions, OLA)).isTrue();
      assertThat(before.getOrDefault("CX1", 0L) - work.seats().getOrDefault("CX1", 0L)).isOne();
      assertThat(before.getOrDefault("CX3", 0L) - work.seats().getOrDefault("CX3", 0L)).isOne();
      assertThat(work.plan().plan().changes()).isEmpty();
      assertThat(work.audit("organization/acme"))
          .filteredOn(e -> e.action().equals("user.deactivated"))
          .hasSize(3)
          .allMatch(e -> e.detail().path("sessionsEnded").intValue() == 1);
    }
  }

  private static boolean lives(Work work, Map<Staff, String> sessions, Staff staff) {
    return work.acme().lives(sessions.getOrDefault(staff, ""));
  }

  @Test
  void moversJoinersAndReturnersAreToldApart() throws Exception {
    hireAll();
    try (var work = work()) {
      work.apply(work.plan());
      office.disable(INES);
      work.apply(work.plan());
      office
          .set(OLA, "title", "Agent")
          .set(ELIF, "title", "Team Lead")
          .set(TUAN, "displayName", "Anh Tuấn Nguyễn")
          .set(INES, "employeeType", "Staff")
          .hire("Sales", new Staff("7", "Nils", "Neu", "Verkauf", "Seller"));
      var planned = work.plan();
      assertThat(Work.lanes(planned))
          .containsEntry(OLA.id(), Lane.MOVER_DOWN)
          .containsEntry(ELIF.id(), Lane.MOVER)
          .containsEntry(TUAN.id(), Lane.COSMETIC)
          .containsEntry(INES.id(), Lane.JOINER)
          .containsEntry("7", Lane.JOINER)
          .hasSize(5);
      assertThat(work.apply(planned).done()).isEqualTo(5);
      assertThat(work.acme().user(OLA.mail()).path("roles").findValuesAsString("value"))
          .containsExactly("Agent");
      assertThat(work.acme().user(INES.mail()).path("active").booleanValue()).isTrue();
      assertThat(work.plan().plan().changes()).isEmpty();
      assertThat(work.acme().users()).hasSize(7);
    }
  }

  @Test
  void anUnmappedDepartmentIsAFindingAndTouchesNobodyElse() throws Exception {
    hireAll();
    office.set(OLA, "departmentNumber", "Salez");
    try (var work = work()) {
      var planned = work.plan();
      assertThat(planned.plan().findings())
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(Code.MAP_NO_ENTRY);
            assertThat(finding.details())
                .containsEntry("person", OLA.id())
                .containsEntry("value", "Salez")
                .containsEntry("table", "divisions")
                .containsEntry("rule", "division");
            assertThat(finding.remedy()).contains("divisions");
          });
      assertThat(work.apply(planned).done()).isEqualTo(5);
      office.set(ZOE, "departmentNumber", "Salez").set(TUAN, "title", "Agent");
      assertThat(Work.lanes(work.plan())).containsOnlyKeys(TUAN.id());
      office.set(OLA, "departmentNumber", "Verkauf");
      assertThat(Work.lanes(work.plan())).containsOnlyKeys(TUAN.id(), OLA.id());
    }
  }

  @Test
  void anAccountThatIsThereIsFoundByItsUserName() throws Exception {
    hireAll();
    try (var work = work()) {
      var id = work.acme().create("{\"userName\":\"" + OLA.mail().toUpperCase(Locale.ROOT) + "\"}");
      var planned = work.plan();
      assertThat(planned.plan().links()).hasSize(1);
      assertThat(work.apply(planned).done()).isEqualTo(6);
      assertThat(work.acme().users()).hasSize(6);
      var ola = work.acme().user(OLA.mail());
      assertThat(ola.path("id").stringValue()).isEqualTo(id);
      assertThat(ola.path("externalId").stringValue()).isEqualTo(OLA.id());
      assertThat(work.plan().plan().changes()).isEmpty();
    }
  }

  @Test
  void anotherExternalIdTwoHitsAndAForeignSourceAreNeverWritten() throws Exception {
    site.replacing("[externalId, userName]", "[externalId, title, userName]");
    site.replacing("Team Lead: [Agent", "Chief: Agent, Boss: Agent, Team Lead: [Agent");
    hireAll();
    office.set(ZOE, "title", "Chief");
    try (var work = work()) {
      work.acme().create(user(JUERGEN.mail(), ",\"externalId\":\"somebody else\""));
      work.acme().create(user("a@example.com", ",\"title\":\"Chief\""));
      work.acme().create(user("b@example.com", ",\"title\":\"Chief\""));
      work.acme().create(user(OLA.mail(), foreign("headquarters")));
      work.acme().create(user("c@example.com", foreign("headquarters")));
      var before = work.acme().users();
      var planned = work.plan();
      assertThat(planned.plan().findings())
          .extracting(Problem::code)
          .containsExactlyInAnyOrder(
              Code.MATCH_CONFLICT, Code.MATCH_CONFLICT, Code.ACCOUNT_FOREIGN);
      assertThat(Work.lanes(planned)).containsOnlyKeys(ELIF.id(), INES.id(), TUAN.id());
      assertThat(work.apply(planned).done()).isEqualTo(3);
      assertThat(work.acme().users()).containsAll(before).hasSize(8);
    }
  }

  /// An account that was ours until another source of truth took it is left alone, even when its
  /// person leaves.
  @Test
  void anAccountThatAnotherSourceTookIsNotOursAnyMore() throws Exception {
    hireAll();
    try (var work = work()) {
      work.apply(work.plan());
      var id = work.acme().user(OLA.mail()).path("id").stringValue();
      var patched = work.acme().send("PATCH", "/scim/v2/Users/" + id, takenBy("headquarters"));
      assertThat(patched.status()).isEqualTo(200);
      office.delete(OLA).disable(TUAN);
      var planned = work.plan();
      assertThat(Work.lanes(planned)).isEqualTo(Map.of(TUAN.id(), Lane.LEAVER));
      assertThat(planned.plan().findings())
          .extracting(Problem::code)
          .containsExactly(Code.ACCOUNT_FOREIGN);
      work.apply(planned);
      assertThat(work.acme().user(OLA.mail()).path("active").booleanValue()).isTrue();
    }
  }

  private static String user(String userName, String more) {
    return "{\"userName\":\"" + userName + "\"" + more + "}";
  }

  private static String takenBy(String source) {
    return """
    {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [
      {"op": "replace", "path": "%s:sourceOrg", "value": "%s"}]}
    """
        .formatted(Schema.ORIGIN, source);
  }

  private static String foreign(String source) {
    return ",\"" + Schema.ORIGIN + "\":{\"sourceOrg\":\"" + source + "\"}";
  }
}
