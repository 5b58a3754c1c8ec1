package dev.tenure.policy.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelKind;
import dev.tenure.policy.expression.Expression.Wish;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

  /// All texts that the expression can give, where that can be told: it is made of constants,
  /// tables, lists and choices between these.
  Optional<Set<String>> texts(Tables tables) {
    var texts = new TreeSet<String>();
    return gather(ast.getExpr(), tables, texts) ? Optional.of(texts) : Optional.empty();
  }

  private boolean gather(CelExpr e, Tables tables, Set<String> texts) {
    return switch (e.exprKind().getKind()) {
      case CONSTANT -> constant(e, texts);
      case LIST -> e.list().elements().stream().allMatch(one -> gather(one, tables, texts));
      case CALL -> called(e, tables, texts);
      default -> false;
    };
  }

  /// An empty text names nothing.
  private static boolean constant(CelExpr e, Set<String> texts) {
    if (isText(e) && !e.constant().stringValue().isBlank()) {
      texts.add(e.constant().stringValue().strip());
    }
    return true;
  }

  private boolean called(CelExpr call, Tables tables, Set<String> texts) {
    var args = call.call().args();
    if (isCall(call, Lookups.NAMES) && isText(args.getFirst())) {
      texts.addAll(tables.values(args.getFirst().constant().stringValue()));
      return args.size() < 3 || gather(args.get(2), tables, texts);
    }
    // A sum of texts is a new text, a sum of lists has no others than they have.
    var isSum = isCall(call, Set.of("_+_")) && isList(call);
    if (isSum) return args.stream().allMatch(one -> gather(one, tables, texts));
    return isCall(call, Set.of("_?_:_"))
        && args.stream().skip(1).allMatch(one -> gather(one, tables, texts));
  }

  private boolean isList(CelExpr e) {
    return ast.getType(e.id()).filter(type -> type.kind() == CelKind.LIST).isPresent();
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
