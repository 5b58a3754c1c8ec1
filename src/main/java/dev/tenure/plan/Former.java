package dev.tenure.plan;

import dev.tenure.source.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Where somebody stood when their source last had them, for people whose account does not tell:
/// the guard looks at whole departments, OUs and groups, also of those who are gone.
public record Former(List<Trait> traits) {
  private static final Set<String> NAMES = Set.of("dn", "distinguishedname", "entrydn");
  private static final Set<String> PLACES =
      Set.of("department", "departmentnumber", "division", "company", "o", "ou", "l", "location");

  public Former {
    traits = List.copyOf(traits);
  }

  /// The OU, the groups and the places of this person.
  public static Former of(Person person) {
    var traits = new ArrayList<Trait>();
    person
        .attributes()
        .forEach((name, values) -> {
          var lower = name.toLowerCase(Locale.ROOT);
          if (NAMES.contains(lower)) values.forEach(dn -> traits.add(new Trait("ou", parent(dn))));
          if (PLACES.contains(lower)) values.forEach(v -> traits.add(new Trait(name, v)));
        });
    person.groups().keySet().forEach(group -> traits.add(new Trait("group", group)));
    return new Former(traits);
  }

  /// What follows the first comma that is not escaped (RFC 4514 §2.4).
  private static String parent(String dn) {
    for (var at = 0; at < dn.length(); at++) {
      if (dn.charAt(at) == '\\') at++;
      else if (dn.charAt(at) == ',') return dn.substring(at + 1).strip();
    }
    return "";
  }
}
