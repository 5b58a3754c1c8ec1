package dev.tenure.source.ldap;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Lets things happen in a company: people and groups come, change, move and go.
final class CompanyLife {
  private final Company company;
  private final RandomGenerator random;
  private final List<String> people = new ArrayList<>();
  private final List<String> former = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();
  private int number;

  CompanyLife(Company company, RandomGenerator random) {
    this.company = company;
    this.random = random;
    for (int i = 0; i < 8; i++) came();
    for (int i = 0; i < 4; i++) founded();
    for (int i = 0; i < 12; i++) member("add");
  }

  /// What was done.
  List<String> some(int deeds) {
    var done = new ArrayList<String>();
    for (int i = 0; i < deeds; i++) done.add(one());
    return done;
  }

  private String one() {
    return switch (random.nextInt(11)) {
      case 0 -> came();
      case 1 -> {
        if (people.size() < 4) yield "nothing";
        var gone = people.remove(random.nextInt(people.size()));
        company.delete(gone);
        yield "deleted " + gone;
      }
      case 2, 3 -> {
        var who = any(people);
        company.replace(who, "title", "T" + random.nextInt(100));
        yield "title " + who;
      }
      case 4 -> moved();
      case 5 -> {
        var at = random.nextInt(groups.size());
        var was = groups.get(at);
        groups.set(at, "G" + number++);
        company.renameGroup(was, groups.get(at));
        yield "renamed " + was + " to " + groups.get(at);
      }
      case 6 -> {
        if (groups.size() < 3) yield "nothing";
        var gone = groups.remove(random.nextInt(groups.size()));
        company.deleteGroup(gone);
        yield "deleted " + gone;
      }
      case 7 -> founded();
      case 8 -> member("delete");
      default -> member("add");
    };
  }

  private String came() {
    people.add("p" + number++);
    company.add(people.getLast());
    return "came " + people.getLast();
  }

  private String founded() {
    groups.add("G" + number++);
    company.group(groups.getLast(), "groupOfNames", "member", company.dn(any(people)));
    return "founded " + groups.getLast();
  }

  private String moved() {
    if (former.isEmpty() && people.size() > 3) {
      var who = people.remove(random.nextInt(people.size()));
      former.add(who);
      company.move("uid=" + who, "ou=former");
      return "moved out " + who;
    }
    if (former.isEmpty()) return "nothing";
    people.add(former.removeLast());
    company.move("uid=" + people.getLast(), "ou=people");
    return "moved in " + people.getLast();
  }

  /// Who is in already cannot be added, and the last one cannot be removed.
  private String member(String change) {
    var group = any(groups);
    var inner = random.nextInt(3) == 0;
    var member = inner ? company.groupDn(any(groups)) : company.dn(any(people));
    try {
      company.member(group, change, "member", member);
      return change + " " + member + " in " + group;
    } catch (IllegalStateException e) {
      return "nothing";
    }
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
