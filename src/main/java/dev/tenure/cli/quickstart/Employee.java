package dev.tenure.cli.quickstart;

import java.util.Optional;

/// Somebody who works at the sample company. `number` counts from 1; `uid` and `mail` are ASCII and
/// belong to nobody else; `terminated`: the directory still has them, but they must not have
/// access.
public record Employee(
    int number,
    String given,
    String family,
    String uid,
    String department,
    String title,
    String city,
    Optional<String> managerUid,
    boolean terminated) {

  String fullName() {
    return given + " " + family;
  }

  String employeeNumber() {
    return "E" + (10_000 + number);
  }

  String mail() {
    return uid + "@" + Company.DOMAIN;
  }

  String dn() {
    return "uid=" + uid + "," + Company.PEOPLE;
  }

  Employee promoted(String newTitle) {
    return new Employee(
        number, given, family, uid, department, newTitle, city, managerUid, terminated);
  }

  Employee movedTo(String newDepartment, String newTitle) {
    return new Employee(
        number, given, family, uid, newDepartment, newTitle, city, managerUid, terminated);
  }
}
