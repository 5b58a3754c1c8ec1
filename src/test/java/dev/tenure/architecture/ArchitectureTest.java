package dev.tenure.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Holds the table "who may use whom" of the house style, and the borders that go with it.
class ArchitectureTest {
  private static final String ROOT = "dev.tenure";

  /// The only package of `source` that may use `organization`.
  private static final String ADAPTER = ROOT + ".source.organization";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /// Each part and the parts that it may use besides itself.
  private static final Map<String, Set<String>> MAY_USE = new HashMap<>();

  static {
    allow("id problem book", "");
    allow("scim config", "problem");
    allow("background", "id");
    allow("trace", "config problem");
    allow("remote", "trace scim config problem");
    allow("http database", "config problem");
    allow("audit", "database config id problem");
    allow("access", "remote database config id problem");
    allow("signal", "background remote audit http database config id problem");
    allow("notify", "background remote database config id problem");
    allow("organization", "scim signal audit http database config id problem");
    allow("source target", "remote scim config id problem");
    allow("policy", "source target scim config id problem");
    allow("plan", "policy source target scim config id problem");
    allow("deliver", "trace plan target scim audit database config id problem");
    allow("reconcile", "plan policy source target scim config id problem");
    allow(
        "flow",
        "trace reconcile deliver plan policy source target scim audit database config id"
            + " problem");
    allow(
        "licence",
        "background flow organization deliver plan policy source target scim database config"
            + " id problem");
    allow(
        "cli",
        "book view access notify licence flow reconcile deliver plan policy source target scim"
            + " organization audit http database config id problem");
    allow("metric", "flow deliver plan target http database config id problem");
    allow("job", "deliver problem id");
    allow("store", "flow deliver plan source audit database problem id");
    allow(
        "view",
        "job store access notify licence flow reconcile deliver plan policy source target scim"
            + " organization audit database config problem id");
    allow(
        "admin",
        "job store view access notify licence flow reconcile deliver plan policy source target scim"
            + " organization audit http database config id problem");
    allow(
        "console",
        "book job store view access notify licence flow reconcile deliver plan policy source target"
            + " scim organization audit http database config id problem");
  }

  /// Libraries with one owner: no other package may import them.
  private static final Map<String, List<String>> OWNERS =
      Map.ofEntries(
          Map.entry("com.unboundid", List.of("source.ldap")),
          Map.entry("io.helidon", List.of("http")),
          Map.entry("java.net.http", List.of("remote")),
          Map.entry("jakarta.mail", List.of("notify.mail")),
          Map.entry("com.nimbusds", List.of("signal", "organization.oauth", "access.openid")),
          Map.entry("org.snakeyaml", List.of("config")),
          Map.entry("com.networknt", List.of("config")),
          Map.entry("picocli", List.of("cli")),
          Map.entry("dev.cel", List.of("policy")),
          Map.entry("com.google.re2j", List.of("policy.function")),
          Map.entry("com.ibm.icu", List.of("policy.function")),
          Map.entry("com.google.i18n.phonenumbers", List.of("policy.function")),
          Map.entry("de.siegmar.fastcsv", List.of("source.csv", "policy", "reconcile")),
          Map.entry("gg.jte", List.of("console")),
          Map.entry("org.commonmark", List.of("book")),
          Map.entry("org.bouncycastle", List.of("access")),
          Map.entry("io.opentelemetry", List.of("trace.otel")),
          Map.entry("io.prometheus", List.of("metric")),
          Map.entry("org.flywaydb", List.of("database")),
          Map.entry("io.github.bucket4j", List.of("organization.limit")),
          Map.entry("com.zaxxer.hikari", List.of("database")));

  private static void allow(String parts, String uses) {
    for (var part : parts.split(" ", -1)) {
      MAY_USE.put(part, Set.of(uses.isEmpty() ? new String[0] : uses.split(" ")));
    }
  }

  @Test
  void everyPartUsesOnlyWhatTheTableAllows() {
    var broken = new TreeSet<String>();
    for (JavaClass user : ALL) {
      if (user.getPackageName().equals(ROOT)) continue;
      var allowed = MAY_USE.get(part(user));
      if (allowed == null) {
        broken.add("the table does not have the part " + part(user));
        continue;
      }
      for (var dependency : user.getDirectDependenciesFromSelf()) {
        var used = dependency.getTargetClass().getBaseComponentType();
        if (!used.getPackageName().startsWith(ROOT) || part(used).equals(part(user))) continue;
        if (user.getPackageName().equals(ADAPTER) && part(used).equals("organization")) continue;
        if (!allowed.contains(part(used))) broken.add(user.getName() + " uses " + used.getName());
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void thereAreNoCyclesBetweenParts() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void thereAreNoCyclesInsideScim() {
    slices().matching(ROOT + ".scim.(*)..").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void aTechnologySubPackageIsUsedByItsOwnPartOnly() {
    var broken = new TreeSet<String>();
    for (JavaClass user : ALL) {
      if (user.getPackageName().equals(ROOT)) continue;
      for (var dependency : user.getDirectDependenciesFromSelf()) {
        var used = dependency.getTargetClass().getBaseComponentType();
        if (!used.getPackageName().startsWith(ROOT + ".") || part(used).equals("scim")) continue;
        boolean inside = used.getPackageName().split("\\.").length > 3;
        if (inside && !part(user).equals(part(used)) && !mayAssemble(user, used)) {
          broken.add(user.getName() + " uses " + used.getName());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  /// The quickstart starts a directory of its own, as `Tenure` starts everything else, and looks at
  /// the columns of a file before there is a configuration.
  private static boolean mayAssemble(JavaClass user, JavaClass used) {
    return user.getPackageName().startsWith(ROOT + ".cli.")
        && Set.of("LoopbackDirectory", "Content", "CsvTable").contains(used.getSimpleName());
  }

  @Test
  void scimPolicyAndPlanArePure() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".scim..", ROOT + ".policy..", ROOT + ".plan..")
        .should()
        .dependOnClassesThat(
            in("java.sql", "java.net", "java.nio.file", "java.util.concurrent.locks")
                .or(named(Thread.class.getName(), java.time.Clock.class.getName())))
        .check(ALL);
  }

  @Test
  void eachLibraryHasOneOwner() {
    OWNERS.forEach((library, owners) -> {
      var allowed = owners.stream().map(o -> ROOT + "." + o + "..").toArray(String[]::new);
      noClasses()
          .that()
          .resideOutsideOfPackages(allowed)
          .should()
          .dependOnClassesThat(in(library))
          .check(ALL);
    });
  }

  @Test
  void sqlStaysInStores() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".database..", ROOT + "..store..")
        .should()
        .dependOnClassesThat(in("org.jdbi", "java.sql", "javax.sql", "org.postgresql"))
        .check(ALL);
  }

  @Test
  void timeChanceAndTheWorldComeInThroughConstructors() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".*..")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .orShould()
        .callConstructor(java.util.Random.class)
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getenv")
        .check(ALL);
  }

  @Test
  void noNameSaysNothing() {
    classes()
        .should()
        .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl|Data|Info)$")
        .check(ALL);
    var packages = ALL.stream().map(JavaClass::getPackageName).distinct().toList();
    assertThat(packages).noneMatch(p -> p.matches(".*\\.(util|common|misc)(\\..*)?"));
  }

  @Test
  void everyPackageIsNullMarked() {
    var unmarked = new ArrayList<String>();
    for (JavaPackage p : ALL.getPackage(ROOT).getSubpackagesInTree()) {
      if (p.getClasses().isEmpty()) continue;
      if (!p.isAnnotatedWith(NullMarked.class)) unmarked.add(p.getName());
    }
    assertThat(unmarked).isEmpty();
  }

  private static String part(JavaClass type) {
    var names = type.getPackageName().split("\\.", -1);
    return names.length > 2 ? names[2] : "";
  }

  private static DescribedPredicate<JavaClass> in(String... packages) {
    return DescribedPredicate.describe(
        "in " + Arrays.toString(packages),
        c ->
            Arrays.stream(packages)
                .anyMatch(
                    p -> c.getPackageName().equals(p) || c.getPackageName().startsWith(p + ".")));
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    return DescribedPredicate.describe(
        "named " + Arrays.toString(names), c -> List.of(names).contains(c.getName()));
  }
}
