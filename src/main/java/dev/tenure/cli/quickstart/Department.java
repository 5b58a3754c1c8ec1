package dev.tenure.cli.quickstart;

import java.util.List;

/// A department of the sample company: its share of the people, its titles with the number of
/// people out of a hundred who bear them (the first one leads), and whether it works in the contact
/// centre.
record Department(String name, int share, boolean contactCentre, List<Title> titles) {
  /// A job title and how many of a hundred people have it.
  record Title(String name, int share) {}

  /// All of them; shares add up to 100.
  static final List<Department> ALL =
      List.of(
          of("Customer Service", 34, true, "Team Lead", 8, "Senior Agent", 22, "Agent", 70),
          of("Technical Support", 16, true, "Team Lead", 8, "Expert", 32, "Agent", 60),
          of("Sales", 12, true, "Sales Manager", 10, "Account Executive", 90),
          of("Collections", 5, true, "Team Lead", 10, "Agent", 90),
          of("Workforce Planning", 2, true, "Planning Manager", 20, "Planner", 80),
          of("Claims", 14, false, "Head of Claims", 4, "Claims Adjuster", 96),
          of("Finance", 7, false, "Controller", 20, "Accountant", 80),
          of("IT", 6, false, "IT Manager", 10, "Engineer", 90),
          of("Human Resources", 3, false, "HR Manager", 20, "HR Partner", 80),
          of("Legal", 1, false, "General Counsel", 20, "Counsel", 80));

  private static Department of(String name, int share, boolean contactCentre, Object... titles) {
    var list = new java.util.ArrayList<Title>();
    for (int i = 0; i < titles.length; i += 2) {
      list.add(new Title((String) titles[i], (Integer) titles[i + 1]));
    }
    return new Department(name, share, contactCentre, List.copyOf(list));
  }

  /// The title of those who lead.
  String lead() {
    return titles.getFirst().name();
  }
}
