package dev.tenure.policy;

import dev.cel.common.types.CelType;
import dev.tenure.config.Section;
import dev.tenure.policy.expression.Expression;
import dev.tenure.policy.expression.ExpressionCompiler;
import dev.tenure.policy.expression.ExpressionCompiler.Result.Compiled;
import dev.tenure.policy.expression.ExpressionCompiler.Result.Wrong;
import dev.tenure.problem.Code;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads expressions where a configuration has them; what is wrong is noted at its place.
record RuleExpressions(ExpressionCompiler compiler) {
  /// What an expression must give: `remedy` says how.
  record Wanted(Predicate<CelType> takes, String words, String remedy) {}

  static final Wanted CONDITION =
      new Wanted(
          Shape.CONDITION::takes,
          "a condition gives true or false, this gives a ",
          "compare it with something, as in employeeType != \"External\"");

  /// The key's expression, where it is there and right.
  Optional<Expression> optional(Section section, String key, Wanted wanted) {
    return section.has(key) ? of(section, key, wanted) : Optional.empty();
  }

  /// The required expression of the key, where it is right.
  Optional<Expression> of(Section section, String key, Wanted wanted) {
    return switch (compiler.compile(section.text(key))) {
      case Wrong(var column, var message, var remedy) -> {
        section.problem(new Section.Spot(key, column), Code.MAP_EXPRESSION, message, remedy);
        yield Optional.empty();
      }
      case Compiled(var expression) -> {
        if (wanted.takes().test(expression.type())) yield Optional.of(expression);
        var message = wanted.words() + dev.cel.common.types.CelTypes.format(expression.type());
        section.problem(new Section.Spot(key, 0), Code.MAP_EXPRESSION, message, wanted.remedy());
        yield Optional.empty();
      }
    };
  }
}
