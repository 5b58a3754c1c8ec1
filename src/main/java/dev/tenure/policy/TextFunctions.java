package dev.tenure.policy;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The functions of expressions beyond CEL's own: `lookup`, `lookupAll`, `lower`, `upper`, `trim`,
/// `join`, `firstNonEmpty`, `digits`.
final class TextFunctions {
  static final CelType TEXT = SimpleType.STRING;
  static final CelType TEXTS = ListType.create(SimpleType.STRING);

  private TextFunctions() {}

  static List<CelFunctionDecl> declarations() {
    return List.of(
        declare("lookup", TEXT, TEXT, TEXT),
        declare("lookupAll", TEXTS, TEXT, TEXT),
        declare("lower", TEXT, TEXT),
        declare("upper", TEXT, TEXT),
        declare("trim", TEXT, TEXT),
        declare("digits", TEXT, TEXT),
        CelFunctionDecl.newFunctionDeclaration(
            "join", CelOverloadDecl.newGlobalOverload("tenure_join", TEXT, TEXTS, TEXT)),
        declare("firstNonEmpty", TEXT, TEXTS));
  }

  private static CelFunctionDecl declare(String name, CelType result, CelType... parameters) {
    return CelFunctionDecl.newFunctionDeclaration(
        name, CelOverloadDecl.newGlobalOverload("tenure_" + name, result, parameters));
  }

  static List<CelFunctionBinding> bindings(Tables tables) {
    return List.of(
        CelFunctionBinding.from("tenure_lookup", String.class, String.class, tables::one),
        CelFunctionBinding.from("tenure_lookupAll", String.class, String.class, tables::all),
        CelFunctionBinding.from("tenure_lower", String.class, s -> s.toLowerCase(Locale.ROOT)),
        CelFunctionBinding.from("tenure_upper", String.class, s -> s.toUpperCase(Locale.ROOT)),
        CelFunctionBinding.from("tenure_trim", String.class, String::strip),
        CelFunctionBinding.from("tenure_digits", String.class, TextFunctions::digits),
        CelFunctionBinding.from("tenure_join", List.class, String.class, TextFunctions::join),
        CelFunctionBinding.from("tenure_firstNonEmpty", List.class, TextFunctions::firstNonEmpty));
  }

  private static String digits(String text) {
    return text.chars()
        .filter(c -> c >= '0' && c <= '9')
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static String join(List<?> texts, String separator) {
    return texts.stream()
        .map(String::valueOf)
        .filter(t -> !t.isEmpty())
        .collect(Collectors.joining(separator));
  }

  private static String firstNonEmpty(List<?> texts) {
    return texts.stream().map(String::valueOf).filter(t -> !t.isBlank()).findFirst().orElse("");
  }
}
