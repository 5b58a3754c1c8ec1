package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.testkit.Samba;
import dev.tenure.testkit.Slapd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The book is done, page by page, as its readers would.
class BookTest {
  /// Pages that need nothing but Tenure.
  private static final String ALONE = "start.md";

  private static Path page(String name) {
    return Path.of("docs", name);
  }

  @Test
  void tenMinutesWithOwnPeople() throws IOException, InterruptedException {
    try (var walk = BookWalk.alone()) {
      walk.walk(page(ALONE));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "guides/entra-in-front.md",
        "guides/okta-in-front.md",
        "guides/ping-in-front.md",
        "guides/csv.md",
        "guides/multi-organization.md",
        "security.md"
      })
  void guides(String name) throws IOException, InterruptedException {
    try (var site = Site.with("");
        var walk = BookWalk.beside(site)) {
      walk.walk(page(name));
    }
  }

  /// With an own data directory and PostgreSQL: there is something to back up.
  @Test
  void operations() throws IOException, InterruptedException {
    try (var walk = BookWalk.alone()) {
      walk.walk(page("operations.md"));
    }
  }

  private static final String DOMAIN =
      """
      dn: OU=People,DC=corp,DC=example
      objectClass: organizationalUnit

      dn: OU=Groups,DC=corp,DC=example
      objectClass: organizationalUnit

      dn: CN=Ann,OU=People,DC=corp,DC=example
      objectClass: user
      sAMAccountName: ann
      displayName: Ann Lee
      mail: ann@corp.example
      title: Agent
      department: Sales
      userAccountControl: 544

      dn: CN=Bo,OU=People,DC=corp,DC=example
      objectClass: user
      sAMAccountName: bo
      displayName: Bo Ek
      mail: bo@corp.example
      title: Team Lead
      department: Service
      userAccountControl: 544

      dn: CN=Sales EMEA,OU=Groups,DC=corp,DC=example
      objectClass: group
      sAMAccountName: emea
      member: CN=Ann,OU=People,DC=corp,DC=example

      dn: CN=Genesys_Cloud_Users,OU=Groups,DC=corp,DC=example
      objectClass: group
      sAMAccountName: gcu
      member: CN=Sales EMEA,OU=Groups,DC=corp,DC=example
      member: CN=Bo,OU=People,DC=corp,DC=example
      """;

  @Test
  void activeDirectory() throws IOException, InterruptedException {
    try (var samba = Samba.start();
        var site = Site.with("");
        var walk = BookWalk.beside(site)) {
      samba.load(DOMAIN);
      walk.variable("DIRECTORY_PASSWORD", Samba.PASSWORD)
          .variable("DIRECTORY_ADMIN", admin(samba.url(), Samba.ADMIN, Samba.PASSWORD))
          .instead("ldaps://dc1.corp.example", "ldaps://127.77.2.1") // nobody listens there
          .instead("ldaps://dc2.corp.example", samba.tlsUrl());
      Files.copy(samba.ca(), walk.folder().resolve("corp-ca.pem"));
      walk.walk(page("guides/active-directory.md"));
    }
  }

  /// How the directory's administrator changes something.
  private static String admin(String url, String name, String password) {
    return String.join(" ", "ldapmodify", "-x", "-H", url, "-D", name, "-w", password);
  }

  private static final String TREE =
      """
      dn: dc=example,dc=com
      objectClass: organization
      objectClass: dcObject
      o: Example
      dc: example

      dn: ou=people,dc=example,dc=com
      objectClass: organizationalUnit
      ou: people

      dn: ou=groups,dc=example,dc=com
      objectClass: organizationalUnit
      ou: groups

      dn: cn=reader,dc=example,dc=com
      objectClass: person
      cn: reader
      sn: reader
      userPassword: pw

      dn: uid=ann,ou=people,dc=example,dc=com
      objectClass: inetOrgPerson
      uid: ann
      cn: Ann Lee
      sn: Lee
      mail: ann@example.com
      title: Agent

      dn: uid=bob,ou=people,dc=example,dc=com
      objectClass: inetOrgPerson
      uid: bob
      cn: Bob Ray
      sn: Ray
      mail: bob@example.com
      title: Agent

      dn: cn=Genesys_Cloud_Users,ou=groups,dc=example,dc=com
      objectClass: groupOfNames
      cn: Genesys_Cloud_Users
      member: uid=ann,ou=people,dc=example,dc=com
      member: uid=bob,ou=people,dc=example,dc=com
      """;

  @Test
  void openLdap() throws IOException, InterruptedException {
    var lines =
        List.of(
            "syncprov-sessionlog 10000",
            "index entryCSN eq",
            "index member,uniqueMember,memberUid eq",
            "access to * by dn.exact=\"cn=reader,dc=example,dc=com\" read by anonymous auth");
    var page = page("guides/openldap.md");
    assertThat(Files.readString(page)).contains(lines.get(0), lines.get(2));
    try (var slapd = Slapd.start(new Slapd.Wish(lines, Optional.empty()));
        var site = Site.with("");
        var walk = BookWalk.beside(site)) {
      slapd.load(TREE);
      walk.variable("DIRECTORY_PASSWORD", "pw")
          .variable("DIRECTORY_ADMIN", admin(slapd.url(), Slapd.ROOT, Slapd.PASSWORD))
          .instead("ldap://ldap.example.com", slapd.url());
      walk.walk(page);
    }
  }

  private static final String CLOUD =
      """
      organizations:
        cloud:
          profile: genesys
          divisions: [Home, Sales]
          licences: {CX1: {seats: 10}, CX2: {seats: 10}}
          roles: {Agent: {licence: CX1}, Supervisor: {licence: CX2}}
          clients:
            tenure: {secret: "${env:GENESYS_SECRET}"}
            idp: {token: "${env:ACME_TOKEN}"}
      """;

  private static final String FORMER =
      """
      {"userName": "%s", "displayName": "%s", "externalId": "%s", "active": true,
       "roles": [{"value": "Agent"}]}\
      """;

  /// The real service is not to be had in a test: the hosted profile, of which Tenure knows nothing
  /// but its address, answers for it.
  @ParameterizedTest
  @ValueSource(strings = {"guides/genesys-cloud.md", "guides/from-entra-provisioning.md"})
  void genesysCloud(String name) throws IOException, InterruptedException {
    var secret = "the-secret-of-the-client-tenure";
    try (var cloud = Site.with(CLOUD).variable("GENESYS_SECRET", secret);
        var place = cloud.serve();
        var site = Site.with("");
        var walk = BookWalk.beside(site)) {
      var calls = Site.calls(place, "cloud");
      calls.create(FORMER.formatted("ada@example.com", "Ada Lovelace", "OLD-1"));
      calls.create(FORMER.formatted("grace.old@example.com", "Grace Hopper", "OLD-2"));
      calls.create(FORMER.formatted("gone@example.com", "Nobody Now", "OLD-3"));
      walk.variable("GENESYS_CLIENT", "cloud.tenure")
          .variable("GENESYS_SECRET", secret)
          .instead("region: eu-central-1", "url: " + place.base())
          .instead("https://login.mypurecloud.de", place.base().toString())
          .instead("https://api.mypurecloud.de", place.base().toString());
      walk.walk(page(name));
    }
  }
}
