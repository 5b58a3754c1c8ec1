package dev.tenure.cli.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// A sample company, the same for the same seed and size: departments, titles, managers, teams by
/// city, names with umlauts, people of the same name, leavers whom the directory still has, and one
/// department that is misspelt.
public record Company(List<Employee> employees) {
  static final String DOMAIN = "aurora.example";
  public static final String BASE = "dc=aurora,dc=example";
  public static final String PEOPLE = "ou=people," + BASE;
  public static final String GROUPS = "ou=groups," + BASE;

  /// What the unmapped department is called: a finding that the first plan reports.
  static final String MISSPELT = "Costumer Service";

  private static final List<String> CITIES =
      List.of("Berlin", "Dublin", "Kraków", "Lisboa", "Wien");
  private static final int TERMINATED_PER_THOUSAND = 15;

  public Company {
    employees = List.copyOf(employees);
  }

  /// A company of `size` people, at least 20.
  public static Company generate(int size, long seed) {
    return new Generator(new SplittableRandom(seed)).company(size);
  }

  private static final class Generator {
    private final SplittableRandom random;
    private final List<String> givenNames = words("given-names.txt");
    private final List<String> familyNames = words("family-names.txt");
    private final Map<String, Integer> uids = new HashMap<>();
    private final Map<String, List<String>> leads = new HashMap<>();

    Generator(SplittableRandom random) {
      this.random = random;
    }

    Company company(int size) {
      var employees = new ArrayList<Employee>(size);
      for (int number = 1; number <= size; number++) {
        employees.add(employee(number));
      }
      misspellOne(employees);
      return new Company(employees);
    }

    private Employee employee(int number) {
      var department = department(number);
      var city = CITIES.get(random.nextInt(CITIES.size()));
      var given = givenNames.get(random.nextInt(givenNames.size()));
      var family = familyNames.get(random.nextInt(familyNames.size()));
      var uid = uid(given, family);
      var team = leads.computeIfAbsent(department.name(), _ -> new ArrayList<>());
      var leading = number <= Department.ALL.size();
      var title = leading ? department.lead() : title(department);
      var manager = team.isEmpty() ? Optional.<String>empty() : Optional.of(pick(team));
      if (title.equals(department.lead())) team.add(uid);
      var terminated = !leading && random.nextInt(1000) < TERMINATED_PER_THOUSAND;
      return new Employee(
          number, given, family, uid, department.name(), title, city, manager, terminated);
    }

    /// The first ten lead the ten departments, so that everybody after them has a manager.
    private Department department(int number) {
      if (number <= Department.ALL.size()) return Department.ALL.get(number - 1);
      int draw = random.nextInt(100);
      for (var department : Department.ALL) {
        draw -= department.share();
        if (draw < 0) return department;
      }
      throw new IllegalStateException("the shares add up to 100");
    }

    private String title(Department department) {
      int draw = random.nextInt(100);
      for (var title : department.titles()) {
        draw -= title.share();
        if (draw < 0) return title.name();
      }
      throw new IllegalStateException("the shares add up to 100");
    }

    private String pick(List<String> from) {
      return from.get(random.nextInt(from.size()));
    }

    private String uid(String given, String family) {
      var plain = ascii(given) + "." + ascii(family);
      int namesakes = uids.merge(plain, 1, Integer::sum);
      return namesakes == 1 ? plain : plain + namesakes;
    }

    private void misspellOne(List<Employee> employees) {
      for (int i = employees.size() - 1; i >= 0; i--) {
        var employee = employees.get(i);
        if (employee.department().equals("Customer Service") && employee.title().equals("Agent")) {
          employees.set(i, employee.movedTo(MISSPELT, "Agent"));
          return;
        }
      }
    }
  }

  /// Lower-case ASCII as mail addresses have it: `Jürgen` → `juergen`, `Łukasz` → `lukasz`.
  static String ascii(String name) {
    var spelt =
        name.toLowerCase(java.util.Locale.ROOT)
            .replace("ä", "ae")
            .replace("ö", "oe")
            .replace("ü", "ue")
            .replace("ß", "ss")
            .replace("ø", "oe")
            .replace("ł", "l")
            .replace("ı", "i")
            .replace("đ", "d");
    return Normalizer.normalize(spelt, Normalizer.Form.NFD).replaceAll("[^a-z0-9-]", "");
  }

  private static List<String> words(String resource) {
    try (var in = Company.class.getResourceAsStream(resource)) {
      if (in == null) throw new IllegalStateException("no resource " + resource);
      var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return List.of(reader.readLine().split(" "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
