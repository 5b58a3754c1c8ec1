package dev.tenure.policy.function;

import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// One form of a function: its name, the types that it takes and gives, and what it does.
public record Overload(String name, CelOverloadDecl declaration, CelFunctionBinding binding) {
  public static final CelType TEXT = SimpleType.STRING;
  public static final CelType NUMBER = SimpleType.INT;
  public static final CelType FLAG = SimpleType.BOOL;
  public static final CelType TIME = SimpleType.TIMESTAMP;
  public static final CelType TEXTS = ListType.create(SimpleType.STRING);
  public static final CelType CASES = MapType.create(SimpleType.STRING, SimpleType.STRING);

  /// Longer texts are refused, so that no expression can fill the memory.
  static final int LENGTH_MAX = 100_000;

  /// The arguments of one call, of the types that were declared.
  public record Given(List<?> values) {
    public String text(int at) {
      return (String) values.get(at);
    }

    /// A number that must lie between 0 and the longest text.
    int count(int at) {
      long number = number(at);
      if (number < 0 || number > LENGTH_MAX) {
        throw new Refusal(
            "the number must be from 0 to " + LENGTH_MAX, String.valueOf(number), "correct it");
      }
      return (int) number;
    }

    long number(int at) {
      return (Long) values.get(at);
    }

    Instant time(int at) {
      return (Instant) values.get(at);
    }

    public List<String> texts(int at) {
      return ((List<?>) values.get(at)).stream().map(String::valueOf).toList();
    }

    Map<?, ?> cases(int at) {
      return (Map<?, ?>) values.get(at);
    }
  }

  /// What a function does.
  @FunctionalInterface
  public interface Body {
    Object of(Given given);
  }

  /// `types`: first what it gives, then what it takes.
  public static Overload of(String name, List<CelType> types, Body body) {
    var parameters = types.subList(1, types.size());
    var id =
        "tenure_"
            + name
            + parameters.stream()
                .map(t -> "_" + t.kind().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    return new Overload(
        name,
        CelOverloadDecl.newGlobalOverload(id, types.getFirst(), parameters),
        CelFunctionBinding.from(
            id,
            parameters.stream().<Class<?>>map(Overload::java).toList(),
            values -> bounded(body.of(new Given(Arrays.asList(values))))));
  }

  private static Object bounded(Object result) {
    if (result instanceof String text && text.length() > LENGTH_MAX) {
      throw new Refusal(
          "the text is longer than " + LENGTH_MAX + " characters", text, "make it shorter");
    }
    return result;
  }

  private static Class<?> java(CelType type) {
    return switch (type.kind()) {
      case STRING -> String.class;
      case INT -> Long.class;
      case BOOL -> Boolean.class;
      case TIMESTAMP -> Instant.class;
      case LIST -> List.class;
      case MAP -> Map.class;
      default -> Object.class;
    };
  }
}
