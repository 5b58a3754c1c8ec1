package dev.tenure.source.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.source.Replica;
import dev.tenure.testkit.Samba;
import dev.tenure.testkit.Slapd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The examples of `docs/directories.md`, on real directories: only addresses are exchanged.
class DirectoriesGuideTest {
  /// The block of YAML with this text in it.
  private static String example(String with) throws IOException {
    var page = Files.readString(Path.of("docs/directories.md"));
    return Pattern.compile("(?s)```yaml\n(.*?)```")
        .matcher(page)
        .results()
        .map(r -> r.group(1))
        .filter(block -> block.contains(with))
        .findFirst()
        .orElseThrow();
  }

  private static LdapSource source(String yaml, String name, String password) {
    var environment = Map.of("DIRECTORY_PASSWORD", password);
    var config = Sections.config(yaml, environment, "sources", name, "ldap");
    return new LdapSource(config, InstantSource.system());
  }

  @Test
  void activeDirectory() throws IOException {
    try (var samba = Samba.start()) {
      samba.load(
          """
          dn: OU=People,DC=corp,DC=example
          objectClass: organizationalUnit

          dn: OU=Groups,DC=corp,DC=example
          objectClass: organizationalUnit

          dn: CN=Ann,OU=People,DC=corp,DC=example
          objectClass: user
          sAMAccountName: ann
          userAccountControl: 544

          dn: CN=Sales EMEA,OU=Groups,DC=corp,DC=example
          objectClass: group
          sAMAccountName: emea
          member: CN=Ann,OU=People,DC=corp,DC=example

          dn: CN=Sales,OU=Groups,DC=corp,DC=example
          objectClass: group
          sAMAccountName: sales
          member: CN=Sales EMEA,OU=Groups,DC=corp,DC=example
          """);
      var yaml =
          example("corp-ca.pem")
              .replace("ldaps://dc1.corp.example", "ldaps://127.77.2.1") // nobody listens there
              .replace("ldaps://dc2.corp.example", samba.tlsUrl())
              .replace("corp-ca.pem", samba.ca().toString());
      var source = source(yaml, "corp", Samba.PASSWORD);
      var replica = Replica.of(source);
      var ann = replica.with("sAMAccountName", "ann");
      assertThat(ann.groups())
          .containsEntry("Sales EMEA", List.of("Sales EMEA"))
          .containsEntry("Sales", List.of("Sales EMEA", "Sales"));
      assertThat(replica.cursor().value()).startsWith("dirsync seen ");
    }
  }

  @Test
  void openLdap() throws IOException {
    var lines =
        List.of(
            "syncprov-sessionlog 10000",
            "index entryCSN eq",
            "index member,uniqueMember,memberUid eq",
            "access to * by dn.exact=\"cn=reader,dc=example,dc=com\" read by anonymous auth");
    var page = Files.readString(Path.of("docs/directories.md"));
    assertThat(page).contains("syncprov-sessionlog 10000", lines.get(2));
    try (var slapd = Slapd.start(new Slapd.Wish(lines, Optional.empty()))) {
      var company = new Company(slapd);
      company.add("ann");
      company.add("bob");
      company.replace("bob", "employeeType", "Terminated");
      company.replace("ann", "carLicense", "A-1\ncarLicense: A-2");
      company.group("Cloud", "groupOfUniqueNames", "uniqueMember", company.dn("ann"));
      slapd.load(
          """
          dn: cn=reader,dc=example,dc=com
          objectClass: person
          cn: reader
          sn: reader
          userPassword: pw
          """);
      var yaml = example("ou=people").replace("ldap://ldap.example.com", slapd.url());
      var replica = Replica.of(source(yaml, "staff", "pw"));
      assertThat(replica.cursor().value()).startsWith("syncrepl ");
      assertThat(replica.with("uid", "bob").disabled()).isTrue();
      assertThat(replica.with("uid", "ann").groups()).containsOnlyKeys("Cloud");
      assertThat(replica.with("uid", "ann").attributes())
          .containsEntry("carLicense", List.of("A-1", "A-2"));
      company.replace("ann", "title", "Lead");
      assertThat(replica.take(source(yaml, "staff", "pw"))).hasSize(1);
    }
  }
}
