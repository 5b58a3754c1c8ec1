package dev.tenure.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CompanyTest {
  private static final Company COMPANY = Company.generate(1_000, 42);

  @Test
  void theSameSeedGivesTheSameCompany() {
    assertThat(Company.generate(1_000, 42)).isEqualTo(COMPANY);
    assertThat(Company.generate(1_000, 43)).isNotEqualTo(COMPANY);
  }

  @Test
  void everybodyHasAnAddressOfTheirOwnInAscii() {
    var uids = new HashSet<String>();
    for (var employee : COMPANY.employees()) {
      assertThat(uids.add(employee.uid())).as(employee.uid()).isTrue();
      assertThat(employee.mail()).matches("[a-z0-9.-]+@aurora\\.example");
    }
    assertThat(uids).hasSize(1_000);
  }

  @Test
  void thereAreUmlautsNamesakesLeaversAndAMisspeltDepartment() {
    var employees = COMPANY.employees();
    assertThat(employees).anyMatch(e -> e.fullName().chars().anyMatch(c -> c > 127));
    var names = employees.stream().map(Employee::fullName).collect(Collectors.toSet());
    assertThat(names.size()).isLessThan(employees.size());
    assertThat(employees).anyMatch(Employee::terminated);
    assertThat(employees).filteredOn(e -> e.department().equals(Company.MISSPELT)).hasSize(1);
  }

  @Test
  void everybodyButTheHeadsHasAManagerWhoExists() {
    var uids = COMPANY.employees().stream().map(Employee::uid).collect(Collectors.toSet());
    var staff = COMPANY.employees().subList(Department.ALL.size(), COMPANY.employees().size());
    assertThat(staff).allMatch(e -> e.managerUid().filter(uids::contains).isPresent());
  }

  @Test
  void groupsAreNestedDownToEveryTeam() {
    var ldif = CompanyDirectory.entries(COMPANY);
    assertThat(ldif)
        .contains("cn: " + CompanyDirectory.SCOPE + "\nmember: cn=Customer Service,ou=groups")
        .contains("member: cn=Customer Service berlin,ou=groups");
  }

  @Test
  void theSecondDayTellsSixStories() {
    assertThat(SecondDay.of(COMPANY).story())
        .hasSize(6)
        .filteredOn(s -> s.contains("leaves"))
        .hasSize(3);
  }
}
