package dev.tenure.source.ldap;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Lets things happen in a domain: people and groups come, change, move and go.
final class DomainLife {
  private final Domain domain;
  private final RandomGenerator random;
  private final List<String> people = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();
  private int number;

  DomainLife(Domain domain, RandomGenerator random) {
    this.domain = domain;
    this.random = random;
    for (int i = 0; i < 8; i++) people.add(domain.add("p" + number++));
    for (int i = 0; i < 4; i++) groups.add(domain.group("G" + number++, List.of()));
    for (int i = 0; i < 12; i++) join();
  }

  Domain domain() {
    return domain;
  }

  /// What was done.
  List<String> some(int deeds) {
    var done = new ArrayList<String>();
    for (int i = 0; i < deeds; i++) done.add(one());
    return done;
  }

  private String one() {
    return switch (random.nextInt(12)) {
      case 0 -> {
        people.add(domain.add("p" + number++));
        yield "came " + people.getLast();
      }
      case 1 -> {
        if (people.size() < 3) yield "nothing";
        var gone = people.remove(random.nextInt(people.size()));
        domain.delete(gone);
        yield "deleted " + gone;
      }
      case 2 -> {
        var who = any(people);
        domain.replace(who, "title", "T" + random.nextInt(100));
        yield "title " + who;
      }
      case 3 -> {
        var who = any(people);
        domain.replace(who, "userAccountControl", random.nextBoolean() ? "546" : "544");
        yield "control " + who;
      }
      case 4, 5 -> moved();
      case 6 -> {
        var at = random.nextInt(groups.size());
        var was = groups.get(at);
        groups.set(at, domain.move(was, "CN=G" + number++, domain.base()));
        yield "renamed " + was;
      }
      case 7 -> {
        if (groups.size() < 3) yield "nothing";
        var gone = groups.remove(random.nextInt(groups.size()));
        domain.delete(gone);
        yield "deleted " + gone;
      }
      case 8 -> {
        groups.add(domain.group("G" + number++, List.of(any(people))));
        yield "new " + groups.getLast();
      }
      case 9 -> left();
      default -> join();
    };
  }

  private String moved() {
    var at = random.nextInt(people.size());
    var was = people.get(at);
    var to = random.nextInt(3) == 0 ? domain.out() : domain.in();
    people.set(at, domain.move(was, "CN=p" + number++, to));
    return "moved " + was + " to " + people.get(at);
  }

  private String join() {
    var group = any(groups);
    var member = random.nextInt(3) == 0 ? any(groups) : any(people);
    if (member.equals(group)) return "nothing";
    return tried("add", group, member);
  }

  private String left() {
    return tried("delete", any(groups), random.nextInt(3) == 0 ? any(groups) : any(people));
  }

  /// Who is in already cannot be added, who is not cannot be removed.
  private String tried(String change, String group, String member) {
    try {
      domain.member(group, change, member);
      return change + " " + member + " in " + group;
    } catch (IllegalStateException e) {
      return "nothing";
    }
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
