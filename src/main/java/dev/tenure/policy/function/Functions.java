package dev.tenure.policy.function;

import dev.cel.common.CelFunctionDecl;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A set of functions, as the compiler and the runtime of expressions want them.
public record Functions(List<Overload> overloads) {
  public Functions {
    overloads = List.copyOf(overloads);
  }

  /// All that need nothing but their arguments.
  public static Functions usual() {
    var all = new ArrayList<Overload>();
    all.addAll(TextFunctions.ALL);
    all.addAll(LatinFunctions.ALL);
    all.addAll(PatternFunctions.all());
    all.addAll(ListFunctions.ALL);
    all.addAll(CodeFunctions.ALL);
    all.addAll(DateFunctions.ALL);
    all.addAll(PhoneFunctions.ALL);
    return new Functions(all);
  }

  /// These and more.
  public Functions and(List<Overload> more) {
    var all = new ArrayList<>(overloads);
    all.addAll(more);
    return new Functions(all);
  }

  public Set<String> names() {
    var names = new TreeSet<String>();
    overloads.forEach(o -> names.add(o.name()));
    return names;
  }

  /// One for each name.
  public List<CelFunctionDecl> declarations() {
    var byName = new LinkedHashMap<String, CelFunctionDecl.Builder>();
    for (var overload : overloads) {
      byName
          .computeIfAbsent(overload.name(), n -> CelFunctionDecl.newBuilder().setName(n))
          .addOverloads(overload.declaration());
    }
    return byName.values().stream().map(CelFunctionDecl.Builder::build).toList();
  }

  public List<CelFunctionBinding> bindings() {
    return overloads.stream().map(Overload::binding).toList();
  }
}
