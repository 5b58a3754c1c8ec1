package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.deliver.ChangeState;
import dev.tenure.flow.CycleReport;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// UserNames and email addresses that change hands, and managers who manage each other, are done by
/// one plan that is applied once, in organizations that let nobody have what somebody else has.
class NamesChangeHandsTest {
  private static final String YAML =
      """
      sources:
        hr: {csv: {file: people.csv, key: id}}
      targets:
        acme: {organization: acme}
      organizations:
        acme: {profile: PROFILE, unique: [externalId, workEmail], \
      clients: {idp: {token: "${env:ACME_TOKEN}"}}}
      flows:
        people:
          source: hr
          target: acme
          match: [externalId, {on: userName, adopt: true}]
          map:
            userName: mail
            displayName: mail
            'emails[type eq "work"].value': mail
            title: title
            manager: account(manager)
      """;

  @ParameterizedTest
  @ValueSource(strings = {"standard", "genesys"})
  void inOneApply(String profile) throws InterruptedException {
    try (var site = Site.with(YAML.replace("PROFILE", profile))) {
      people(site, "a,ann,x,b", "b,bob,x,a", "c,cy,x,", "d,dan,x,", "e,eve,x,");
      try (var work = Work.at(site)) {
        work.apply(work.plan());
        work.apply(work.plan());
        // a and b swap; c takes d's, d takes e's, e takes c's; a new one comes; they manage anew
        people(site, "a,bob,x,b", "b,ann,x,a", "c,dan,x,d", "d,eve,y,c", "e,cy,x,", "f,fay,x,");
        rest(work, apply(work));
        // chains: a newcomer takes the old name of f, who takes that of b, who takes a new one
        people(
            site,
            "a,bob,x,b",
            "b,ben,x,a",
            "c,dan,x,d",
            "d,eve,y,c",
            "e,cy,x,",
            "f,ann,z,",
            "g,fay,x,");
        rest(work, apply(work));
        assertThat(names(work))
            .isEqualTo(
                Map.of(
                    "a",
                    "bob@x.org",
                    "b",
                    "ben@x.org",
                    "c",
                    "dan@x.org",
                    "d",
                    "eve@x.org",
                    "e",
                    "cy@x.org",
                    "f",
                    "ann@x.org",
                    "g",
                    "fay@x.org"));
      }
    }
  }

  private static CycleReport apply(Work work) throws InterruptedException {
    var planned = work.plan();
    assertThat(planned.plan().findings()).isEmpty();
    var applied = work.apply(planned);
    assertThat(applied.problems()).isEmpty();
    assertThat(applied.plan().counts()).containsOnlyKeys(ChangeState.DONE);
    return planned;
  }

  private static void rest(Work work, CycleReport before) throws InterruptedException {
    assertThat(before.plan().changes()).isNotEmpty();
    assertThat(work.plan().plan().changes()).isEmpty();
  }

  private static Map<String, String> names(Work work) {
    var names = new TreeMap<String, String>();
    for (var user : work.acme().users()) {
      names.put(user.path("externalId").asString(), user.path("userName").asString());
    }
    return names;
  }

  private static void people(Site site, String... rows) {
    var text = new StringBuilder("id,mail,title,manager\n");
    for (var row : rows) {
      var cells = row.split(",", -1);
      text.append("%s,%s@x.org,%s,%s%n".formatted(cells[0], cells[1], cells[2], cells[3]));
    }
    site.file("people.csv", text.toString());
  }
}
