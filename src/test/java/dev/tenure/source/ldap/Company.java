package dev.tenure.source.ldap;

import dev.tenure.source.FeedContract.World;
import dev.tenure.source.Source;
import dev.tenure.testkit.Slapd;
import java.util.function.Supplier;

/// People and groups in an OpenLDAP server.
final class Company {
  private static final String PEOPLE = "ou=people," + Slapd.BASE;
  private static final String GROUPS = "ou=groups," + Slapd.BASE;
  private final Slapd slapd;

  Company(Slapd slapd) {
    this.slapd = slapd;
    slapd.load(
        """
        dn: dc=example,dc=com
        objectClass: organization
        objectClass: dcObject
        o: Example
        dc: example
        """);
    for (var unit : new String[] {"people", "groups", "former", "readers"}) {
      slapd.load(
          "dn: ou="
              + unit
              + ","
              + Slapd.BASE
              + "\nobjectClass: organizationalUnit\nou: "
              + unit
              + "\n");
    }
    group("Everybody", "groupOfNames", "member", "cn=nobody");
  }

  int port() {
    return slapd.port();
  }

  String url() {
    return slapd.url();
  }

  String dn(String name) {
    return "uid=" + name + "," + PEOPLE;
  }

  String groupDn(String name) {
    return "cn=" + name + "," + GROUPS;
  }

  private static String yaml(String url) {
    return """
    url: "%s"
    bind: "%s"
    password: "${env:SLAPD_PASSWORD}"
    groups: {base: "%s"}
    pageSize: 50
    timeout: 5s
    """
        .formatted(url, Slapd.ROOT, GROUPS);
  }

  private static String people(String filter) {
    return "people: {base: \"" + PEOPLE + "\", filter: \"" + filter + "\"}\n";
  }

  Source source() {
    return source(slapd.url());
  }

  Source source(String url) {
    return source(url, "(objectClass=inetOrgPerson)");
  }

  Source source(String url, String filter) {
    return Sections.source(yaml(url) + people(filter));
  }

  Source sourceOfReader() {
    var text = yaml(slapd.url()) + people("(objectClass=inetOrgPerson)");
    return Sections.source(text.replace(Slapd.ROOT, "uid=reader,ou=readers," + Slapd.BASE));
  }

  Source sourceByMemberOf() {
    var text = yaml(slapd.url()) + people("(objectClass=inetOrgPerson)");
    return Sections.source(text.replace(GROUPS + "\"}", GROUPS + "\", memberOf: memberOf}"));
  }

  void reader() {
    slapd.load(
        "dn: uid=reader,ou=readers,%s\nobjectClass: inetOrgPerson\nuid: reader\ncn: r\nsn: r\n"
                .formatted(Slapd.BASE)
            + "userPassword: "
            + Slapd.PASSWORD
            + "\n");
  }

  void add(String name) {
    slapd.load(
        "dn: %s\nobjectClass: inetOrgPerson\nuid: %s\ncn: %s\nsn: P\nmail: %s@example.com\n"
            .formatted(dn(name), name, name, name));
  }

  void delete(String name) {
    slapd.load("dn: " + dn(name) + "\nchangetype: delete\n");
  }

  void replace(String name, String attribute, String value) {
    slapd.load(
        "dn: "
            + dn(name)
            + "\nchangetype: modify\nreplace: "
            + attribute
            + "\n"
            + attribute
            + ": "
            + value
            + "\n");
  }

  /// From among the people to this unit, or back with `ou=people`.
  void move(String rdn, String unit) {
    var from = unit.equals("ou=people") ? "ou=former" : "ou=people";
    slapd.load(
        "dn: %s,%s,%s\nchangetype: modrdn\nnewrdn: %s\ndeleteoldrdn: 1\nnewsuperior: %s,%s\n"
            .formatted(rdn, from, Slapd.BASE, rdn, unit, Slapd.BASE));
  }

  void group(String name, String kind, String attribute, String member, String... more) {
    var lines = new StringBuilder("dn: " + groupDn(name) + "\nobjectClass: " + kind + "\ncn: ");
    lines.append(name).append("\n").append(attribute).append(": ").append(member).append("\n");
    for (var line : more) lines.append(line).append("\n");
    slapd.load(lines.toString());
  }

  void deleteGroup(String name) {
    slapd.load("dn: " + groupDn(name) + "\nchangetype: delete\n");
  }

  void renameGroup(String name, String to) {
    slapd.load(
        "dn: " + groupDn(name) + "\nchangetype: modrdn\nnewrdn: cn=" + to + "\ndeleteoldrdn: 1\n");
  }

  void member(String group, String change, String attribute, String member) {
    slapd.load(
        "dn: %s\nchangetype: modify\n%s: %s\n%s: %s\n"
            .formatted(groupDn(group), change, attribute, attribute, member));
  }

  World world(Supplier<String> cutting) {
    return new World() {
      @Override
      public Source source() {
        return Company.this.source();
      }

      @Override
      public Source breaking() {
        return Company.this.source(cutting.get());
      }

      @Override
      public void add(String name) {
        Company.this.add(name);
      }

      @Override
      public void mail(String name, String mail) {
        replace(name, "mail", mail);
      }

      @Override
      public void remove(String name) {
        delete(name);
      }
    };
  }
}
