package dev.tenure.plan;

import dev.tenure.plan.Change.Reason;
import dev.tenure.plan.Sieve.Found;
import dev.tenure.policy.Suspicion;
import dev.tenure.target.Request;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What accounts say: letters that are damaged, names that change, attributes that lose their value
/// or become the same for all.
final class ValueChecks {
  /// A merger of two departments makes their people alike, and is no accident.
  private static final int DIFFERENT_BEFORE = 3;

  private static final List<Charset> WRONG =
      List.of(StandardCharsets.ISO_8859_1, Charset.forName("windows-1252"));

  private final Sieve sieve;
  private final Crowd crowd;

  ValueChecks(Sieve sieve, Crowd crowd) {
    this.sieve = sieve;
    this.crowd = crowd;
  }

  void run() {
    check(
        Suspicion.GARBLED,
        "letters garbled",
        r -> isGarbled(r.before(), r.after()),
        "linked accounts would get damaged letters, as from a wrong encoding");
    for (var name : List.of("userName", "emails")) {
      check(
          Suspicion.RENAMED,
          name + " renamed",
          r -> Reasons.top(r.attribute()).equals(name) && isOverwritten(r) && isRenamed(r),
          "linked accounts would get another " + name);
    }
    emptied();
    uniform();
  }

  private void check(Suspicion kind, String name, Predicate<Reason> is, String what) {
    var those = sieve.open(c -> isUpdate(c) && c.reasons().stream().anyMatch(is));
    sieve.check(kind, name, new Found(those, crowd::linked), what);
  }

  static boolean isUpdate(Change change) {
    var patches = change.request() instanceof Request.Patch || change.isOfGroup();
    return change.lane() != Lane.LEAVER && patches;
  }

  static boolean isOverwritten(Reason reason) {
    return !reason.attribute().isEmpty() && !reason.before().isEmpty() && !reason.after().isEmpty();
  }

  private static boolean isRenamed(Reason reason) {
    return !reason.before().equalsIgnoreCase(reason.after());
  }

  /// UTF-8 read as something else, the reverse, or letters that were given up.
  static boolean isGarbled(String before, String after) {
    if (before.isEmpty() || before.equals(after)) return false;
    if (after.contains("\uFFFD") && !before.contains("\uFFFD")) return true;
    if (before.codePoints().allMatch(c -> c < 128)) return false;
    if (before.replaceAll("[^\\x00-\\x7F]", "?").equals(after)) return true;
    return WRONG.stream()
        .anyMatch(
            wrong -> new String(before.getBytes(StandardCharsets.UTF_8), wrong).equals(after));
  }

  private void emptied() {
    for (var attribute : attributes(ValueChecks::isEmptied)) {
      var those = having(attribute, ValueChecks::isEmptied);
      if (!sieve.mayBe(Suspicion.EMPTIED, those.size())) continue;
      var shown = Reasons.shortened(attribute);
      sieve.check(
          Suspicion.EMPTIED,
          shown + " emptied",
          new Found(those, () -> crowd.count(m -> has(m, attribute))),
          "linked accounts that have one would lose their " + shown);
    }
  }

  private static boolean isEmptied(Reason reason) {
    return !reason.attribute().isEmpty() && !reason.before().isEmpty() && reason.after().isEmpty();
  }

  private static boolean has(Beyond.Member member, String attribute) {
    var extension = Reasons.extension(attribute);
    var view = member.account().resource().view();
    var holder = extension.isEmpty() ? view : Values.member(view, extension);
    return !Values.isNone(Values.member(holder, Reasons.top(attribute)));
  }

  private void uniform() {
    for (var attribute : attributes(ValueChecks::isOverwritten)) {
      for (var value : commonest(attribute)) {
        var those = having(attribute, r -> isOverwritten(r) && r.after().equals(value));
        var shown = Reasons.shortened(attribute);
        sieve.check(
            Suspicion.UNIFORM,
            shown + "=" + value + " for all",
            new Found(those, crowd::linked),
            "linked accounts that differed would all get '%s' as %s".formatted(value, shown));
      }
    }
  }

  /// Values that many get whose former ones differ.
  private List<String> commonest(String attribute) {
    var count = new TreeMap<String, Integer>();
    var before = new TreeMap<String, HashSet<String>>();
    each(
        attribute,
        (_, r) -> {
          if (!isOverwritten(r)) return false;
          count.merge(r.after(), 1, Integer::sum);
          before.computeIfAbsent(r.after(), _ -> new HashSet<>()).add(r.before());
          return true;
        });
    return count.entrySet().stream()
        .filter(e -> sieve.mayBe(Suspicion.UNIFORM, e.getValue()))
        .filter(e -> before.getOrDefault(e.getKey(), new HashSet<>()).size() >= DIFFERENT_BEFORE)
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<Change> having(String attribute, Predicate<Reason> is) {
    return each(attribute, (_, reason) -> is.test(reason));
  }

  /// The updates of which one reason on this attribute fulfils it.
  private List<Change> each(String attribute, BiPredicate<Change, Reason> is) {
    return sieve.open(c ->
        isUpdate(c)
            && c.reasons().stream()
                .anyMatch(r -> r.attribute().equals(attribute) && is.test(c, r)));
  }

  private List<String> attributes(Predicate<Reason> is) {
    return sieve.open(ValueChecks::isUpdate).stream()
        .flatMap(c -> c.reasons().stream())
        .filter(is)
        .collect(Collectors.groupingBy(Reason::attribute, TreeMap::new, Collectors.counting()))
        .keySet()
        .stream()
        .toList();
  }
}
