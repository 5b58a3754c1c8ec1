package dev.tenure.source.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Secret;
import dev.tenure.problem.Code;
import dev.tenure.remote.Trust;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.source.Source.ReadOutcome;
import dev.tenure.source.SourceContract;
import dev.tenure.source.SourceSchema.Arity;
import dev.tenure.source.ldap.LdapConfig.Changes;
import dev.tenure.source.ldap.LdapConfig.Login;
import dev.tenure.source.ldap.LdapConfig.Place;
import dev.tenure.testkit.CuttingProxy;
import dev.tenure.testkit.Slapd;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// On a real OpenLDAP server.
class LdapSourceTest implements SourceContract {
  private static final String PEOPLE = "ou=people," + Slapd.BASE;
  private static final String GROUPS = "ou=groups," + Slapd.BASE;
  private static final String FRAME =
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

      dn: cn=Cloud,ou=groups,dc=example,dc=com
      objectClass: groupOfNames
      cn: Cloud
      member: cn=nobody
      """;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    for (var closeable : open.reversed()) closeable.close();
  }

  private Slapd slapd(String... limits) {
    var slapd = Slapd.start(new Slapd.Wish(List.of(limits), Optional.empty()));
    open.add(slapd);
    return slapd;
  }

  private Slapd slapdFor(String certificateName) {
    var slapd = Slapd.start(new Slapd.Wish(List.of(), Optional.of(certificateName)));
    open.add(slapd);
    return slapd.load(ldif(SourceContract.samples(3)));
  }

  private CuttingProxy proxy(Slapd slapd, long answerBytesMax) {
    var proxy = new CuttingProxy(slapd.port(), answerBytesMax);
    open.add(proxy);
    return proxy;
  }

  private static Source source(String... urls) {
    return source(config(Optional.empty(), false, Slapd.PASSWORD, urls));
  }

  private static LdapSource source(LdapConfig config) {
    return new LdapSource(config, InstantSource.system());
  }

  private static LdapConfig config(
      Optional<Path> trust, boolean startTls, String password, String... urls) {
    return new LdapConfig(
        List.of(urls).stream().map(u -> LdapUrl.parse(u).orElseThrow()).toList(),
        startTls,
        Trust.context(trust),
        Optional.of(new Login(Slapd.ROOT, new Secret(password))),
        new Place(PEOPLE, Optional.of("(objectClass=inetOrgPerson)")),
        Optional.of(
            new LdapConfig.Groups(
                new Place(GROUPS, Optional.empty()), "cn", Optional.empty(), Optional.empty())),
        Optional.of("employeeNumber"),
        Map.of("carLicense", Arity.MANY),
        Optional.of("(employeeType=Terminated)"),
        Set.of(),
        Changes.AUTO,
        10,
        Duration.ofSeconds(5));
  }

  /// Group members are spelled otherwise than the entries' DNs.
  private static String ldif(List<Sample> people) {
    var text = new StringBuilder(FRAME);
    var entries = new StringBuilder();
    for (int i = 0; i < people.size(); i++) {
      var p = people.get(i);
      if (!p.groups().isEmpty())
        text.append("member: UID=U" + i + ", OU=People, dc=example,dc=com\n");
      entries.append(
          "\ndn: uid=u%d,%s\nobjectClass: inetOrgPerson\nuid: u%d\ncn: P %d\nsn: P\nmail: %s\n"
              .formatted(i, PEOPLE, i, i, p.mail()));
      if (!p.key().isEmpty()) entries.append("employeeNumber: " + p.key() + "\n");
      entries.append("employeeType: " + (p.disabled() ? "Terminated" : "Staff") + "\n");
    }
    return text + entries.toString();
  }

  @Override
  public Source source(List<Sample> people) {
    return source(slapd().load(ldif(people)).url());
  }

  @Override
  public Source failingInTheMiddle(List<Sample> people) {
    var slapd = slapd().load(ldif(people));
    return source("ldap://127.0.0.1:" + proxy(slapd, 30_000).port());
  }

  private static ReadOutcome.Incomplete incomplete(Source source) {
    return (ReadOutcome.Incomplete) Read.of(source).outcome();
  }

  @Test
  void aWrongPasswordIsRefusedAndShownToNobody() {
    var url = slapd().load(ldif(SourceContract.samples(1))).url();
    var config = config(Optional.empty(), false, "hunter2-hunter2", url);
    var reason = incomplete(source(config)).reason();
    assertThat(reason.code()).isEqualTo(Code.SOURCE_REFUSED);
    assertThat(reason.line()).contains(Slapd.ROOT).doesNotContain("hunter2");
    assertThat(config.toString()).doesNotContain("hunter2");
  }

  @Test
  void serversThatDoNotAnswerAreAllNamed() {
    var reason = incomplete(source("ldap://127.0.0.1:1", "ldap://127.0.0.1:2")).reason();
    assertThat(reason.code()).isEqualTo(Code.SOURCE_UNREACHABLE);
    assertThat(reason.message()).contains("127.0.0.1:1", "127.0.0.1:2");
  }

  @Test
  void theNextServerIsAskedWhereOneDoesNotAnswer() {
    var url = slapd().load(ldif(SourceContract.samples(4))).url();
    assertThat(Read.of(source("ldap://127.0.0.1:1", url)).people()).hasSize(4);
  }

  @Test
  void aSizeLimitMakesTheReadIncompleteAndSaysHowManyWereRead() {
    var slapd = slapd("limits anonymous size=25").load(ldif(SourceContract.samples(60)));
    var login = config(Optional.empty(), false, "", slapd.url());
    var anonymous =
        new LdapConfig(
            login.urls(),
            false,
            login.tls(),
            Optional.empty(),
            login.people(),
            login.groups(),
            login.key(),
            Map.of(),
            login.disabled(),
            Set.of(),
            Changes.AUTO,
            10,
            login.timeout());
    var outcome = incomplete(source(anonymous));
    assertThat(outcome.reason().code()).isEqualTo(Code.SOURCE_INCOMPLETE);
    assertThat(outcome.reason().message()).contains("after " + outcome.people());
    assertThat(outcome.people()).isBetween(1L, 59L);
  }

  @Test
  void noPersonIsGivenWhereTheGroupsCannotBeRead() {
    var slapd = slapd().load(ldif(SourceContract.samples(200)));
    var read = Read.of(source("ldap://127.0.0.1:" + proxy(slapd, 600).port()));
    assertThat(read.outcome()).isInstanceOf(ReadOutcome.Incomplete.class);
    assertThat(read.people()).isEmpty();
  }

  @Test
  void aMissingBaseIsIncomplete() {
    assertThat(incomplete(source(slapd().url())).reason().code()).isEqualTo(Code.SOURCE_INCOMPLETE);
  }

  @Test
  void nestedGroupsHaveTheirPathAndCyclesEnd() {
    var slapd = slapd().load(ldif(SourceContract.samples(2)));
    slapd.load(
        """
        dn: cn=All,ou=groups,dc=example,dc=com
        objectClass: groupOfNames
        cn: All
        member: cn=EMEA,ou=groups,dc=example,dc=com

        dn: cn=EMEA,ou=groups,dc=example,dc=com
        objectClass: groupOfNames
        cn: EMEA
        member: cn=cloud,OU=groups,dc=example,dc=com
        member: cn=All,ou=groups,dc=example,dc=com
        """);
    var person = Read.of(source(slapd.url())).people().getFirst();
    assertThat(person.groups())
        .containsEntry("Cloud", List.of("Cloud"))
        .containsEntry("EMEA", List.of("Cloud", "EMEA"))
        .containsEntry("All", List.of("Cloud", "EMEA", "All"));
  }

  @Test
  void entryUuidIsAKeyAndFurtherAttributesAreRead() {
    var slapd = slapd().load(ldif(SourceContract.samples(1)));
    slapd.load(
        """
        dn: uid=u0,ou=people,dc=example,dc=com
        changetype: modify
        add: carLicense
        carLicense: A-1
        carLicense: A-2
        """);
    var person = Read.of(source(slapd.url())).people().getFirst();
    assertThat(person.attributes()).containsEntry("carLicense", List.of("A-1", "A-2"));
    assertThat(person.first("entryUUID")).hasSize(36);
  }

  @Test
  void startTlsAndLdapsAreTrustedByTheirOwnCaOnly() {
    var slapd = slapdFor("IP:127.0.0.1");
    var ca = Optional.of(slapd.ca());
    assertThat(people(config(ca, true, Slapd.PASSWORD, slapd.url()))).hasSize(3);
    assertThat(people(config(ca, false, Slapd.PASSWORD, slapd.tlsUrl()))).hasSize(3);
    var other = slapdFor("IP:127.0.0.1");
    for (var config : bothWays(Optional.of(other.ca()), slapd)) {
      assertThat(incomplete(source(config)).reason().code()).isEqualTo(Code.SOURCE_TLS);
    }
    for (var config : bothWays(Optional.empty(), slapd)) {
      assertThat(incomplete(source(config)).reason().code()).isEqualTo(Code.SOURCE_TLS);
    }
  }

  /// Asked as `localhost`: the SDK takes any trusted certificate for the address 127.0.0.1.
  @Test
  void aCertificateForAnotherHostIsNotTaken() {
    var slapd = slapdFor("DNS:dc1.example.com");
    for (var config : bothWays(Optional.of(slapd.ca()), slapd)) {
      var url = config.urls().getFirst();
      var named = new LdapUrl(url.tls(), "localhost", url.port()).toString();
      var elsewhere = config(Optional.of(slapd.ca()), config.startTls(), Slapd.PASSWORD, named);
      assertThat(incomplete(source(elsewhere)).reason().code()).isEqualTo(Code.SOURCE_TLS);
    }
  }

  @Test
  void aServerWithoutTlsIsNotGivenThePassword() {
    var slapd = slapd().load(ldif(SourceContract.samples(1)));
    var config = config(Optional.empty(), true, Slapd.PASSWORD, slapd.url());
    assertThat(incomplete(source(config)).reason().code()).isEqualTo(Code.SOURCE_TLS);
  }

  private static List<Person> people(LdapConfig config) {
    return Read.of(source(config)).people();
  }

  private static List<LdapConfig> bothWays(Optional<Path> trust, Slapd slapd) {
    return List.of(
        config(trust, true, Slapd.PASSWORD, slapd.url()),
        config(trust, false, Slapd.PASSWORD, slapd.tlsUrl()));
  }

  @Test
  void urlsAreOfLdapAndHaveTheirPorts() {
    assertThat(LdapUrl.parse("https://example.com")).isEmpty();
    assertThat(LdapUrl.parse("ldap://example.com/dc=x")).isEmpty();
    assertThat(LdapUrl.parse("ldap://example.com"))
        .contains(new LdapUrl(false, "example.com", 389));
    assertThat(LdapUrl.parse("ldaps://[::1]")).map(LdapUrl::toString).contains("ldaps://[::1]:636");
  }
}
