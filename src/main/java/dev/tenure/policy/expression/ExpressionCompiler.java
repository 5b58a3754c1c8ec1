package dev.tenure.policy.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.tenure.config.Nearest;
import dev.tenure.policy.function.Functions;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Compiles expressions against one source's schema and the tables. Length and iterations are
/// bounded; table names written as constants must exist.
public final class ExpressionCompiler {
  static final int LENGTH_MAX = 4_000;
  private static final int ITERATIONS_MAX = 10_000;
  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .comprehensionMaxIterations(ITERATIONS_MAX)
          .maxExpressionCodePointSize(LENGTH_MAX)
          // The runtime that plans its programs ahead, the faster one, wants it.
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private final Variables variables;
  private final Tables tables;
  private final Functions functions;
  private final CelCompiler compiler;
  private final CelRuntime runtime;

  /// What is wrong with an expression; `column` counts from 0 within its text.
  public sealed interface Result {
    record Compiled(Expression expression) implements Result {}

    record Wrong(int column, String message, String remedy) implements Result {}
  }

  public ExpressionCompiler(Variables variables, Tables tables) {
    this.variables = variables;
    this.tables = tables;
    this.functions = Functions.usual().and(Lookups.of(tables)).and(Lookups.wishes());
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings())
            .addFunctionDeclarations(functions.declarations());
    variables.types().forEach(builder::addVar);
    this.compiler = builder.build();
    this.runtime =
        CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(CelExtensions.strings())
            .addFunctionBindings(functions.bindings())
            .build();
  }

  /// What expressions may name.
  public Variables variables() {
    return variables;
  }

  public Result compile(String text) {
    if (text.isBlank()) {
      return new Result.Wrong(0, "the expression is empty", "write an expression");
    }
    var checked = compiler.compile(text);
    try {
      return compiled(text, new SyntaxTree(checked.getAst()));
    } catch (CelValidationException e) {
      var issues = checked.getErrors();
      return issues.isEmpty()
          ? new Result.Wrong(0, "not an expression", "write it as CEL wants it")
          : wrong(text, issues.getFirst());
    } catch (CelEvaluationException e) {
      return new Result.Wrong(0, "cannot be evaluated: " + e.getMessage(), "write it simpler");
    }
  }

  /// All texts that a correct expression can give, where that can be told without evaluating it.
  public Optional<Set<String>> texts(String text) {
    try {
      return new SyntaxTree(compiler.compile(text).getAst()).texts(tables);
    } catch (CelValidationException e) {
      return Optional.empty();
    }
  }

  private Result compiled(String text, SyntaxTree tree) throws CelEvaluationException {
    var mistake = unknownTable(tree).or(() -> misplaced(tree)).or(() -> unknownHandle(tree));
    if (mistake.isPresent()) return mistake.get();
    CelAbstractSyntaxTree ast = tree.ast();
    var reads = tree.variables(variables.types().keySet());
    var program = runtime.createProgram(ast);
    return new Result.Compiled(
        new Expression(text, ast.getResultType(), program, reads, tree.wish()));
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
    known.addAll(functions.names());
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

  private Optional<Result> unknownTable(SyntaxTree tree) {
    return tree.namedBy(Lookups.NAMES)
        .filter(e -> !tables.isKnown(e.constant().stringValue()))
        .findFirst()
        .map(e -> unknownTable(tree, e));
  }

  private Result unknownTable(SyntaxTree tree, CelExpr argument) {
    var name = argument.constant().stringValue();
    var nearest = Nearest.of(name, tables.names());
    return new Result.Wrong(
        tree.column(argument),
        "there is no table '" + name + "'",
        nearest
            .map(n -> "did you mean '" + n + "'?")
            .orElse("add it to 'tables' of the configuration"));
  }

  private static Optional<Result> misplaced(SyntaxTree tree) {
    return tree.misplacedWish()
        .map(e ->
            new Result.Wrong(
                tree.column(e),
                "'" + e.call().function() + "' must be the whole rule",
                "write it around everything else, as in unique([a, b])"));
  }

  private Optional<Result> unknownHandle(SyntaxTree tree) {
    return tree.unknownHandle(variables.single())
        .map(e ->
            new Result.Wrong(
                tree.column(e),
                "people are not known by this",
                "name an attribute of the source with one value, in quotes, such as \"mail\""));
  }
}
