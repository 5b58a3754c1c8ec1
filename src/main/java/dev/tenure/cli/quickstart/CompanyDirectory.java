package dev.tenure.cli.quickstart;

import dev.tenure.config.Secret;
import dev.tenure.source.ldap.LoopbackDirectory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The sample company as a directory has it: inetOrgPerson entries, a group for each team, a group
/// of teams for each department, and `Genesys_Cloud_Users` over the departments of the contact
/// centre.
public final class CompanyDirectory {
  /// Who may read the directory.
  public static final String BIND = "cn=tenure," + Company.BASE;

  static final String SCOPE = "Genesys_Cloud_Users";

  private CompanyDirectory() {}

  /// The directory's content, and who may read it.
  public static LoopbackDirectory.Content content(Company company, Secret password) {
    var ldif = new StringReader(entries(company));
    return new LoopbackDirectory.Content(Company.BASE, BIND, password, ldif);
  }

  /// All entries, parents first.
  static String entries(Company company) {
    var ldif = new Ldif();
    ldif.entry(Company.BASE).with("objectClass", List.of("top", "domain")).with("dc", "aurora");
    for (var unit : List.of("people", "groups")) {
      ldif.entry("ou=" + unit + "," + Company.BASE)
          .with("objectClass", List.of("top", "organizationalUnit"))
          .with("ou", unit);
    }
    company.employees().forEach(e -> person(ldif.entry(e.dn()), e));
    groups(ldif, company);
    return ldif.toString();
  }

  /// The attributes of one person, after the line that names the entry.
  static Ldif person(Ldif ldif, Employee e) {
    ldif.with("objectClass", List.of("top", "person", "organizationalPerson", "inetOrgPerson"))
        .with("uid", e.uid())
        .with("cn", e.fullName())
        .with("sn", e.family())
        .with("givenName", e.given())
        .with("displayName", e.fullName())
        .with("mail", e.mail())
        .with("employeeNumber", e.employeeNumber())
        .with("employeeType", e.terminated() ? "Terminated" : "Employee")
        .with("departmentNumber", e.department())
        .with("title", e.title())
        .with("l", e.city())
        .with("telephoneNumber", "+49 30 5550 " + (1000 + e.number()));
    e.managerUid().ifPresent(m -> ldif.with("manager", "uid=" + m + "," + Company.PEOPLE));
    return ldif;
  }

  static String groupDn(String name) {
    return "cn=" + name + "," + Company.GROUPS;
  }

  static String team(Employee e) {
    return department(e) + " " + Company.ascii(e.city());
  }

  private static String department(Employee e) {
    return e.department().equals(Company.MISSPELT) ? "Customer Service" : e.department();
  }

  private static void groups(Ldif ldif, Company company) {
    var teams = new TreeMap<String, List<String>>();
    var departments = new TreeMap<String, List<String>>();
    for (var e : company.employees()) {
      var members = teams.computeIfAbsent(team(e), _ -> new ArrayList<>());
      if (members.isEmpty()) {
        departments.computeIfAbsent(department(e), _ -> new ArrayList<>()).add(groupDn(team(e)));
      }
      members.add(e.dn());
    }
    teams.forEach((name, members) -> group(ldif, name, members));
    departments.forEach((name, members) -> group(ldif, name, members));
    var contactCentre =
        Department.ALL.stream()
            .filter(d -> d.contactCentre() && departments.containsKey(d.name()))
            .map(d -> groupDn(d.name()))
            .toList();
    group(ldif, SCOPE, contactCentre);
  }

  private static void group(Ldif ldif, String name, List<String> members) {
    ldif.entry(groupDn(name))
        .with("objectClass", List.of("top", "groupOfNames"))
        .with("cn", name)
        .with("member", members);
  }
}
