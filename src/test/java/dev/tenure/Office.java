package dev.tenure;

import dev.tenure.testkit.Slapd;
import java.util.List;
import java.util.Optional;

/// A company in a real OpenLDAP. `Genesys_Cloud_Users` holds the groups `Sales` and `Service`;
/// `Service` holds `Service EMEA`: who is in one of these three is in scope.
final class Office implements AutoCloseable {
  static final String PEOPLE = "ou=people," + Slapd.BASE;
  private static final String GROUPS = "ou=groups," + Slapd.BASE;
  private static final String FRAME =
      """
      dn: %1$s
      objectClass: organization
      objectClass: dcObject
      o: Example
      dc: example

      dn: ou=people,%1$s
      objectClass: organizationalUnit
      ou: people

      dn: ou=groups,%1$s
      objectClass: organizationalUnit
      ou: groups

      """
          .formatted(Slapd.BASE);

  private final Slapd slapd;

  /// Somebody; `id` is the employee number.
  record Staff(String id, String given, String family, String department, String title) {
    String mail() {
      return "e" + id + "@example.com";
    }

    String dn() {
      return "uid=e" + id + "," + PEOPLE;
    }
  }

  private Office(Slapd slapd) {
    this.slapd = slapd;
  }

  /// With its groups, and nobody in it. `limits` are further lines of slapd's configuration.
  static Office open(String... limits) {
    var office = new Office(Slapd.start(new Slapd.Wish(List.of(limits), Optional.empty())));
    office.load(
        FRAME
            + group("Sales", "cn=nobody")
            + group("Service EMEA", "cn=nobody")
            + group("Service", groupDn("Service EMEA"))
            + group("Genesys_Cloud_Users", groupDn("Sales"), groupDn("Service"))
            + group("Canteen", "cn=nobody"));
    return office;
  }

  private static String group(String name, String... members) {
    var text = new StringBuilder("dn: " + groupDn(name) + "\nobjectClass: groupOfNames\n");
    for (var member : members) text.append("member: ").append(member).append('\n');
    return text.append('\n').toString();
  }

  private static String groupDn(String name) {
    return "cn=" + name + "," + GROUPS;
  }

  /// Hires these people into one group.
  Office hire(String group, Staff... staff) {
    var text = new StringBuilder();
    for (var one : staff) {
      text.append("dn: ").append(one.dn()).append("\nobjectClass: inetOrgPerson\n");
      text.append("uid: e%s\nemployeeNumber: %s\nmail: %s\n".formatted(one.id, one.id, one.mail()));
      text.append("cn: %s %s\n".formatted(one.given, one.family));
      text.append("displayName: %s %s\n".formatted(one.given, one.family));
      text.append("givenName: %s\nsn: %s\n".formatted(one.given, one.family));
      text.append("departmentNumber: %s\ntitle: %s\n\n".formatted(one.department, one.title));
    }
    text.append("dn: ").append(groupDn(group)).append("\nchangetype: modify\nadd: member\n");
    for (var one : staff) text.append("member: ").append(one.dn()).append('\n');
    return load(text.toString());
  }

  /// Gives somebody's attribute another value.
  Office set(Staff one, String attribute, String value) {
    return load(
        "dn: %s\nchangetype: modify\nreplace: %s\n%s: %s\n"
            .formatted(one.dn(), attribute, attribute, value));
  }

  Office disable(Staff one) {
    return set(one, "employeeType", "Terminated");
  }

  Office takeOut(Staff one, String group) {
    return load(
        "dn: %s\nchangetype: modify\ndelete: member\nmember: %s\n"
            .formatted(groupDn(group), one.dn()));
  }

  Office join(Staff one, String group) {
    return load(
        "dn: %s\nchangetype: modify\nadd: member\nmember: %s\n"
            .formatted(groupDn(group), one.dn()));
  }

  /// Deletes somebody; their memberships stay behind, as they do in many directories.
  Office delete(Staff one) {
    return load("dn: " + one.dn() + "\nchangetype: delete\n");
  }

  Office load(String ldif) {
    slapd.load(ldif);
    return this;
  }

  int port() {
    return slapd.port();
  }

  /// Points the site's configuration here.
  Site seenBy(Site site) {
    return site.variable("LDAP_URL", slapd.url()).variable("LDAP_PASSWORD", Slapd.PASSWORD);
  }

  /// The configuration that leads from this directory to the organization `acme`.
  static final String YAML =
      """
      sources:
        company:
          ldap:
            url: "${env:LDAP_URL}"
            bind: cn=admin,dc=example,dc=com
            password: "${env:LDAP_PASSWORD}"
            people: {base: "ou=people,dc=example,dc=com", filter: (objectClass=inetOrgPerson)}
            groups: {base: "ou=groups,dc=example,dc=com", filter: (objectClass=groupOfNames)}
            key: employeeNumber
            disabled: (employeeType=Terminated)
            pageSize: 10
            timeout: 5s
      targets:
        acme: {organization: acme}
      organizations:
        acme:
          profile: standard
          divisions: [Home, Customer Care, Sales]
          licences:
            CX1: {seats: 100, price: 75.00}
            CX2: {seats: 100, price: 115.00}
            CX3: {seats: 100, price: 155.00}
          roles:
            Seller: {licence: CX1}
            Agent: {licence: CX2}
            Supervisor: {licence: CX3}
          clients:
            idp: {token: "${env:ACME_TOKEN}"}
        other:
          clients:
            idp: {token: "${env:ACME_TOKEN}"}
      tables:
        divisions: {Verkauf: Sales, Kundendienst: Customer Care}
        roles: {Seller: Seller, Agent: Agent, Team Lead: [Agent, Supervisor]}
      flows:
        people:
          source: company
          target: acme
          every: 1h
          sourceOrg: company
          scope: {groups: Genesys_Cloud_Users}
          match: [externalId, userName]
          map:
            userName: mail
            displayName: displayName
            "name.givenName": givenName
            "name.familyName": sn
            'emails[type eq "work"].value': mail
            title: title
            department: departmentNumber
            division: 'lookup("divisions", departmentNumber)'
            roles: 'lookupAll("roles", title)'
          guard: {leavers: 5, share: 10%}
      """;

  @Override
  public void close() {
    slapd.close();
  }
}
