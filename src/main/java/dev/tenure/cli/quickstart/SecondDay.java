package dev.tenure.cli.quickstart;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What happens at the sample company on the second day: three people leave, each in another way,
/// two move and one joins. `ldif` has the change records; `story` tells it, a line for each person.
record SecondDay(String ldif, List<Employee> leavers, List<String> story) {
  SecondDay {
    leavers = List.copyOf(leavers);
    story = List.copyOf(story);
  }

  static SecondDay of(Company company) {
    var staff =
        company.employees().stream()
            .filter(e -> !e.terminated() && e.department().equals("Customer Service"))
            .toList();
    var agents = staff.stream().filter(e -> e.title().equals("Agent")).limit(5).toList();
    if (agents.size() < 5) throw new IllegalArgumentException("the company is too small");
    var disabled = agents.get(0);
    var outOfGroup = agents.get(1);
    var gone = agents.get(2);
    var promoted = agents.get(3).promoted("Team Lead");
    var moved = agents.get(4).movedTo("Sales", "Account Executive");
    var joiner = joiner(company);
    var ldif = new Ldif();
    leave(ldif, disabled, outOfGroup, gone);
    move(ldif, promoted, moved);
    CompanyDirectory.person(ldif.add(joiner.dn()), joiner);
    ldif.change(team(joiner), "add", "member", joiner.dn());
    return new SecondDay(
        ldif.toString(),
        List.of(disabled, outOfGroup, gone),
        List.of(
            said(disabled, "leaves: disabled in the directory"),
            said(outOfGroup, "leaves: taken out of the group"),
            said(gone, "leaves: deleted from the directory"),
            said(promoted, "is promoted to Team Lead"),
            said(moved, "moves to Sales"),
            said(joiner, "joins as Agent")));
  }

  private static void leave(Ldif ldif, Employee disabled, Employee outOfGroup, Employee gone) {
    ldif.replace(disabled.dn(), "employeeType", "Terminated");
    ldif.change(team(outOfGroup), "delete", "member", outOfGroup.dn());
    ldif.change(team(gone), "delete", "member", gone.dn());
    ldif.delete(gone.dn());
  }

  private static void move(Ldif ldif, Employee promoted, Employee moved) {
    ldif.replace(promoted.dn(), "title", promoted.title());
    ldif.replace(moved.dn(), "title", moved.title());
    ldif.replace(moved.dn(), "departmentNumber", moved.department());
  }

  private static Employee joiner(Company company) {
    int number = company.employees().size() + 1;
    Predicate<String> taken =
        uid -> company.employees().stream().anyMatch(e -> e.uid().equals(uid));
    var uid = taken.test("joerg.weiss") ? "joerg.weiss" + number : "joerg.weiss";
    var manager =
        company.employees().stream()
            .filter(e -> e.department().equals("Customer Service") && e.title().equals("Team Lead"))
            .findFirst();
    return new Employee(
        number,
        "Jörg",
        "Weiß",
        uid,
        "Customer Service",
        "Agent",
        "Berlin",
        manager.map(Employee::uid).or(Optional::empty),
        false);
  }

  private static String team(Employee e) {
    return CompanyDirectory.groupDn(CompanyDirectory.team(e));
  }

  private static String said(Employee e, String what) {
    return e.fullName() + " (" + e.employeeNumber() + ") " + what;
  }
}
