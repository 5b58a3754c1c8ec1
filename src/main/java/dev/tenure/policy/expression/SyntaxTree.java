package dev.tenure.policy.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.tenure.policy.expression.Expression.Wish;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What can be told of an expression without evaluating it.
record SyntaxTree(CelAbstractSyntaxTree ast) {
  /// What people are known by where nothing else is said.
  private static final String KEY = "key";

  private static final String UNIQUE = "unique";
  private static final String ACCOUNT = "account";
  private static final Set<String> WISHES = Set.of(UNIQUE, ACCOUNT);

  private Stream<CelExpr> all() {
    return CelNavigableAst.fromAst(ast).getRoot().allNodes().map(node -> node.expr());
  }

  private static boolean isCall(CelExpr expression, Set<String> names) {
    return expression.exprKind().getKind() == Kind.CALL
        && names.contains(expression.call().function());
  }

  /// Where it stands in the text, counted from 0.
  int column(CelExpr expression) {
    return ast.getSource().getPositionsMap().getOrDefault(expression.id(), 0);
  }

  /// The first arguments of calls of these functions, where they are constant texts.
  Stream<CelExpr> namedBy(Set<String> functions) {
    return all()
        .filter(e -> isCall(e, functions) && !e.call().args().isEmpty())
        .map(e -> e.call().args().getFirst())
        .filter(SyntaxTree::isText);
  }

  /// Those of the names that the expression uses.
  Set<String> variables(Set<String> names) {
    return all()
        .filter(e -> e.exprKind().getKind() == Kind.IDENT && names.contains(e.ident().name()))
        .map(e -> e.ident().name())
        .collect(Collectors.toUnmodifiableSet());
  }

  Wish wish() {
    var root = ast.getExpr();
    if (isCall(root, Set.of(UNIQUE))) return new Wish.Unique();
    if (!isCall(root, Set.of(ACCOUNT))) return new Wish.Value();
    return new Wish.Account(by(root).map(e -> e.constant().stringValue()).orElse(KEY));
  }

  /// What people are known by in `account(value, "by")`, where it is a constant.
  private static Optional<CelExpr> by(CelExpr account) {
    return account.call().args().stream().skip(1).filter(SyntaxTree::isText).findFirst();
  }

  /// A second argument of `account` that is no constant name of these.
  Optional<CelExpr> unknownHandle(Set<String> names) {
    var root = ast.getExpr();
    if (!isCall(root, Set.of(ACCOUNT)) || root.call().args().size() < 2) return Optional.empty();
    var named = by(root).map(e -> e.constant().stringValue()).filter(names::contains);
    return named.isPresent() ? Optional.empty() : Optional.of(root.call().args().get(1));
  }

  private static boolean isText(CelExpr e) {
    return e.exprKind().getKind() == Kind.CONSTANT
        && e.constant().getKind() == CelConstant.Kind.STRING_VALUE;
  }

  /// A wish that is a part of something else.
  Optional<CelExpr> misplacedWish() {
    long root = ast.getExpr().id();
    return all().filter(e -> isCall(e, WISHES) && e.id() != root).findFirst();
  }
}
