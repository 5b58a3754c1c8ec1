package dev.tenure.cli.quickstart;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Whose people the quickstart runs with, and how the configuration says so.
sealed interface People {
  /// The lines of the source, the scope and the map, as they stand in `tenure.yaml`.
  record Lines(List<String> source, List<String> scope, List<String> map) {}

  Lines lines();

  /// The sample company in a directory of its own, at this URL.
  record Sample(String url) implements People {
    @Override
    public Lines lines() {
      return new Lines(
          List.of(
              "    ldap:",
              "      url: "
                  + url
                  + "            # several in a list are tried in order; ldaps:// too",
              "      bind: \"" + CompanyDirectory.BIND + "\"",
              "      password: ${file:secrets/ldap-password}",
              "      people: {base: \""
                  + Company.PEOPLE
                  + "\", filter: \"(objectClass=inetOrgPerson)\"}",
              "      groups: {base: \""
                  + Company.GROUPS
                  + "\", filter: \"(objectClass=groupOfNames)\"}",
              "      key: employeeNumber       # what stays the same when a person is renamed",
              "      disabled: \"(employeeType=Terminated)\"   # who matches must not have access"),
          List.of(
              "    scope:                      # who is in: members of a group, directly or not",
              "      groups: [" + CompanyDirectory.SCOPE + "]"),
          Template.lines("sample-map.yaml"));
    }
  }

  /// The people of the user's own directory.
  record Directory(
      String url, Optional<Login> login, String base, String key, Optional<String> group)
      implements People {
    /// Who reads; `password` is the file that has it.
    record Login(String bind, Path password) {}

    @Override
    public Lines lines() {
      var source = new java.util.ArrayList<String>();
      source.add("    ldap:");
      source.add("      url: " + Template.quoted(url));
      login.ifPresent(l -> {
        source.add("      bind: " + Template.quoted(l.bind()));
        source.add("      password: " + Template.quoted("${file:" + l.password() + "}"));
      });
      var filter = key.equals("objectGUID") ? "(objectClass=user)" : "(objectClass=person)";
      source.add("      people: {base: " + Template.quoted(base) + ", filter: \"" + filter + "\"}");
      source.add(
          "      groups: {base: "
              + Template.quoted(base)
              + ", filter: \"(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)"
              + "(objectClass=group))\"}");
      source.add("      key: " + key);
      var name = "displayName != \"\" ? displayName : cn";
      return new Lines(source, scope(), ownMap("mail", name, "departmentNumber", "title"));
    }

    private List<String> scope() {
      return group
          .map(g -> List.of("    scope:", "      groups: [" + Template.quoted(g) + "]"))
          .orElse(List.of("    # scope: {groups: [Genesys_Cloud_Users]}     everybody is in now"));
    }
  }

  /// The rows of the user's own file.
  record File(
      Path file,
      String key,
      String mail,
      String name,
      Optional<String> department,
      Optional<String> title)
      implements People {
    @Override
    public Lines lines() {
      return new Lines(
          List.of(
              "    csv:",
              "      file: " + Template.quoted(file.toString()),
              "      key: " + Template.quoted(key) + "   # the column that tells people apart"),
          List.of("    # scope: {when: 'status != \"terminated\"'}     everybody is in now"),
          ownMap(mail, name, department.orElse("department"), title.orElse("title")));
    }
  }

  private static List<String> ownMap(String mail, String name, String department, String title) {
    return Template.lines("own-map.yaml").stream()
        .map(line -> line.replace("@mail@", mail).replace("@name@", "'" + name + "'"))
        .map(line -> line.replace("@department@", department).replace("@title@", title))
        .toList();
  }
}
