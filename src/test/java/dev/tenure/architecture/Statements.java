package dev.tenure.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The statements of all stores: every constant that begins like one and is not a part of another.
final class Statements {
  private static final Pattern BEGIN =
      Pattern.compile("\\s*(select|insert|update|delete|with)\\b.*", Pattern.DOTALL);
  private static final Pattern PLACE = Pattern.compile("@[a-z]");
  private static final Pattern PARAMETER = Pattern.compile("'[^']*'|(?<!:):([a-zA-Z]\\w*)");

  private Statements() {}

  /// By `Class.CONSTANT`.
  static Map<String, String> all() {
    var all = new TreeMap<String, String>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tenure")) {
      if (isStore(type.getPackageName())) collect(type, all);
    }
    var whole = new TreeMap<>(all);
    whole
        .values()
        .removeIf(part ->
            all.values().stream()
                .anyMatch(other -> other.length() > part.length() && other.contains(part)));
    return whole;
  }

  /// Those of the measurements work on a database of their own.
  private static boolean isStore(String name) {
    return name.endsWith(".store") && !name.contains(".bench.");
  }

  private static void collect(JavaClass type, Map<String, String> all) {
    try {
      for (var field : Class.forName(type.getName()).getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) || isTemplate(type)) continue;
        field.setAccessible(true);
        collect(type.getSimpleName() + "." + field.getName(), field.get(null), all);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A text, or a record of texts: the forms of one statement.
  private static void collect(String name, Object constant, Map<String, String> all)
      throws ReflectiveOperationException {
    if (constant instanceof String text && isWhole(text)) all.put(name, text);
    if (!(constant instanceof Record)) return;
    for (var form : constant.getClass().getRecordComponents()) {
      var accessor = form.getAccessor();
      accessor.setAccessible(true);
      collect(name + "." + form.getName(), accessor.invoke(constant), all);
    }
  }

  /// What has a place for something yet is a part.
  private static boolean isWhole(String text) {
    return BEGIN.matcher(text).matches() && !PLACE.matcher(text).find();
  }

  /// Some are put together of parts: see [MadeStatements].
  private static boolean isTemplate(JavaClass type) {
    return List.of("ListSql", "StoredClaims").contains(type.getSimpleName());
  }

  /// The statement as PostgreSQL prepares it, `:name` numbered, and the numbers.
  record Numbered(String sql, Map<String, Integer> numbers) {
    static Numbered of(String statement) {
      var numbers = new LinkedHashMap<String, Integer>();
      var sql =
          PARAMETER
              .matcher(statement)
              .replaceAll(m -> {
                if (m.group(1) == null) return Matcher.quoteReplacement(m.group());
                numbers.putIfAbsent(m.group(1), numbers.size() + 1);
                return "\\$" + numbers.get(m.group(1));
              });
      return new Numbered(sql, numbers);
    }
  }
}
