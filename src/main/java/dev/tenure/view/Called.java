package dev.tenure.view;

import dev.tenure.source.Person;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What people are called, as well as their source has it. Attributes that are secret are passed
/// over.
public final class Called {
  /// What sources call the name of somebody, the best first.
  private static final List<String> NAMES =
      List.of("displayname", "cn", "fullname", "full_name", "name", "formattedname");

  private static final List<String> MAILS = List.of("mail", "email", "userprincipalname", "emails");

  private static final List<String> GIVEN =
      List.of("givenname", "given", "firstname", "first_name");

  private static final List<String> FAMILY =
      List.of("sn", "familyname", "family", "lastname", "last_name", "surname");

  private Called() {}

  /// Empty where the source has none.
  public static String name(Person person, Set<String> secrets) {
    var whole = first(person, NAMES, secrets);
    return whole.isEmpty()
        ? (first(person, GIVEN, secrets) + " " + first(person, FAMILY, secrets)).strip()
        : whole;
  }

  /// The address for mail; empty where the source has none.
  public static String mail(Person person, Set<String> secrets) {
    return first(person, MAILS, secrets);
  }

  private static String first(Person person, List<String> names, Set<String> secrets) {
    for (var name : names) {
      for (var attribute : person.attributes().keySet()) {
        boolean named = attribute.toLowerCase(Locale.ROOT).equals(name);
        if (named && !secrets.contains(attribute)) return person.first(attribute);
      }
    }
    return "";
  }
}
