package dev.tenure.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.tenure.config.Nearest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Compiles expressions against one source's schema and the tables. Length and iterations are
/// bounded; table names written as constants must exist.
final class ExpressionCompiler {
  static final int LENGTH_MAX = 4_000;
  private static final int ITERATIONS_MAX = 10_000;
  private static final Set<String> LOOKUPS = Set.of("lookup", "lookupAll");
  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .comprehensionMaxIterations(ITERATIONS_MAX)
          .maxExpressionCodePointSize(LENGTH_MAX)
          .build();

  private final Variables variables;
  private final Tables tables;
  private final CelCompiler compiler;
  private final CelRuntime runtime;

  /// What is wrong with an expression; `column` counts from 0 within its text.
  sealed interface Result {
    record Compiled(Expression expression) implements Result {}

    record Wrong(int column, String message, String remedy) implements Result {}
  }

  ExpressionCompiler(Variables variables, Tables tables) {
    this.variables = variables;
    this.tables = tables;
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings())
            .addFunctionDeclarations(TextFunctions.declarations());
    variables.types().forEach(builder::addVar);
    this.compiler = builder.build();
    this.runtime =
        CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(CelExtensions.strings())
            .addFunctionBindings(TextFunctions.bindings(tables))
            .build();
  }

  Result compile(String text) {
    if (text.isBlank()) {
      return new Result.Wrong(0, "the expression is empty", "write an expression");
    }
    var checked = compiler.compile(text);
    try {
      var tree = checked.getAst();
      var unknown = unknownTable(tree);
      if (unknown.isPresent()) return unknown.get();
      var program = runtime.createProgram(tree);
      return new Result.Compiled(new Expression(text, tree.getResultType(), program));
    } catch (CelValidationException e) {
      var issues = checked.getErrors();
      return issues.isEmpty()
          ? new Result.Wrong(0, "not an expression", "write it as CEL wants it")
          : wrong(text, issues.getFirst());
    } catch (CelEvaluationException e) {
      return new Result.Wrong(0, "cannot be evaluated: " + e.getMessage(), "write it simpler");
    }
  }

  private Result.Wrong wrong(String text, CelIssue issue) {
    var place = issue.getSourceLocation();
    int column = offset(text, place.getLine(), place.getColumn());
    var message =
        issue.getMessage().lines().findFirst().orElse("").replaceFirst(" \\(candidates: .*", "");
    var undeclared = UNDECLARED.matcher(message);
    if (undeclared.matches()) return undeclared(undeclared.group(1), column);
    return new Result.Wrong(column, message, "correct the expression; it is CEL (https://cel.dev)");
  }

  private Result.Wrong undeclared(String name, int column) {
    var known = new TreeSet<>(variables.types().keySet());
    TextFunctions.declarations().forEach(f -> known.add(f.name()));
    var nearest = Nearest.of(name, known);
    return new Result.Wrong(
        column,
        "the source has no attribute '" + name + "'",
        nearest.map(n -> "did you mean '" + n + "'?").orElse("name an attribute of the source"));
  }

  /// Lines of an issue count from 1, columns from 0.
  private static int offset(String text, int line, int column) {
    int start = 0;
    for (int l = 1; l < line; l++) {
      int end = text.indexOf('\n', start);
      if (end < 0) break;
      start = end + 1;
    }
    return Math.clamp(start + Math.max(column, 0), 0, Math.max(0, text.length() - 1));
  }

  private Optional<Result> unknownTable(CelAbstractSyntaxTree tree) {
    return CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .map(node -> node.expr())
        .filter(e -> e.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL)
        .filter(e -> LOOKUPS.contains(e.call().function()) && !e.call().args().isEmpty())
        .map(e -> e.call().args().getFirst())
        .filter(e -> e.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT)
        .filter(e -> e.constant().getKind() == CelConstant.Kind.STRING_VALUE)
        .filter(e -> !tables.names().contains(e.constant().stringValue()))
        .findFirst()
        .map(e -> unknownTable(tree, e));
  }

  private Result unknownTable(CelAbstractSyntaxTree tree, CelExpr argument) {
    var name = argument.constant().stringValue();
    int column = tree.getSource().getPositionsMap().getOrDefault(argument.id(), 0);
    var nearest = Nearest.of(name, tables.names());
    return new Result.Wrong(
        column,
        "there is no table '" + name + "'",
        nearest
            .map(n -> "did you mean '" + n + "'?")
            .orElse("add it to 'tables' of the configuration"));
  }
}
