package dev.tenure.source.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenure.config.Secret;
import dev.tenure.problem.Problem;
import dev.tenure.remote.Trust;
import dev.tenure.source.SourceContract.Read;
import java.io.StringReader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopbackDirectoryTest {
  private static final String BASE = "dc=acme,dc=example";
  private static final String READER = "cn=reader," + BASE;

  private static LoopbackDirectory start(int port, int people) {
    var ldif = new StringBuilder("dn: " + BASE + "\nobjectClass: domain\ndc: acme\n\n");
    for (int i = 0; i < people; i++) {
      ldif.append(
          "dn: uid=p%d,%s\nobjectClass: inetOrgPerson\nuid: p%d\ncn: P %d\nsn: P\n"
              .formatted(i, BASE, i, i));
      ldif.append("userAccountControl: " + (i % 2 == 0 ? 512 : 514) + "\nanything: goes\n\n");
    }
    return LoopbackDirectory.start(
        port,
        new LoopbackDirectory.Content(
            BASE, READER, new Secret("pw"), new StringReader(ldif.toString())));
  }

  private static LdapSource source(LoopbackDirectory directory) {
    return new LdapSource(
        new LdapConfig(
            List.of(LdapUrl.parse(directory.url()).orElseThrow()),
            false,
            Trust.context(Optional.empty()),
            Optional.of(new LdapConfig.Login(READER, new Secret("pw"))),
            new LdapConfig.Place(BASE, Optional.of("(objectClass=inetOrgPerson)")),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.of("(userAccountControl:1.2.840.113556.1.4.803:=2)"),
            Set.of(),
            LdapConfig.Changes.AUTO,
            100,
            Duration.ofSeconds(5)),
        InstantSource.system());
  }

  @Test
  void everyEntryHasAStableKeyAndTheBitOfActiveDirectoryDisables() {
    try (var directory = start(0, 1_000)) {
      var people = Read.of(source(directory)).people();
      assertThat(people).hasSize(1_000);
      assertThat(people.stream().filter(p -> p.disabled())).hasSize(500);
      var keys = new HashSet<>(people.stream().map(p -> p.key()).toList());
      assertThat(keys).hasSize(1_000);
      assertThat(Read.of(source(directory)).people().stream().map(p -> p.key()))
          .containsExactlyInAnyOrderElementsOf(keys);
    }
  }

  @Test
  void aDirectoryThatTellsNoChangesHasNoFeed() {
    try (var directory = start(0, 1)) {
      assertThat(source(directory).feed()).isEmpty();
    }
  }

  @Test
  void changesComeAtTheNextRead() {
    try (var directory = start(0, 3)) {
      directory.change(
          """
          dn: uid=p0,dc=acme,dc=example
          changetype: delete

          dn: uid=p1,dc=acme,dc=example
          changetype: modify
          replace: title
          title: Team Lead

          dn: uid=new,dc=acme,dc=example
          changetype: add
          objectClass: inetOrgPerson
          uid: new
          cn: New
          sn: New
          """);
      var people = Read.of(source(directory)).people();
      assertThat(people.stream().map(p -> p.first("uid")))
          .containsExactlyInAnyOrder("p1", "p2", "new");
      assertThat(people.stream().map(p -> p.first("title"))).contains("Team Lead");
    }
  }

  @Test
  void aPortInUseIsSaid() {
    try (var directory = start(0, 1)) {
      var port = LdapUrl.parse(directory.url()).orElseThrow().port();
      assertThatThrownBy(() -> start(port, 1))
          .isInstanceOf(Problem.Found.class)
          .hasMessageContaining("PORT_IN_USE");
    }
  }

  @Test
  void theBinaryGuidOfActiveDirectoryBecomesItsUsualText() {
    byte[] guid = new byte[16];
    for (int i = 0; i < 16; i++) guid[i] = (byte) (0xF0 + i);
    assertThat(LdapKey.guid(guid)).isEqualTo("f3f2f1f0-f5f4-f7f6-f8f9-fafbfcfdfeff");
    assertThat(LdapKey.bytes(LdapKey.guid(guid))).isEqualTo(guid);
  }
}
