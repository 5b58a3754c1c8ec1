package dev.tenure.policy.expression;

import dev.cel.common.types.CelType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.tenure.policy.function.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A compiled expression: `text` as written, `type` of what it gives, `reads` the variables that it
/// names, `wish` what is asked for as a whole.
public record Expression(
    String text, CelType type, CelRuntime.Program program, Set<String> reads, Wish wish) {
  private static final int SHOWN_MAX = 200;

  /// What an expression as a whole asks for.
  public sealed interface Wish {
    /// A value.
    record Value() implements Wish {}

    /// `unique([…])`: the first of these values that nobody else has.
    record Unique() implements Wish {}

    /// `account(…)`: the id of the account of the person who is known `by` this attribute.
    record Account(String by) implements Wish {}
  }

  /// What an evaluation came to. Never an exception, whatever the person's attributes hold.
  public sealed interface Answer {
    record Value(Object value) implements Answer {}

    record NoEntry(String table, String value) implements Answer {}

    /// A function could not use a value, and says what to do.
    record Refused(String why, String value, String remedy) implements Answer {}

    record Failed(String why) implements Answer {}
  }

  public Answer of(Subject subject, Variables variables) {
    try {
      return new Answer.Value(program.eval(name -> variables.of(subject, name)));
    } catch (CelEvaluationException | RuntimeException e) {
      var known = known(e);
      return known == null ? new Answer.Failed(said(e)) : known;
    } catch (StackOverflowError e) {
      return new Answer.Failed("the expression is nested too deeply");
    }
  }

  /// What the expression read of this person, in words: `title='Agent' skills='a, b'`.
  public String inputs(Subject subject, Variables variables) {
    var words = new TreeMap<String, String>();
    for (var name : reads) {
      variables.of(subject, name).ifPresent(value -> words.put(name, shown(value)));
    }
    var all = new StringBuilder();
    words.forEach((name, value) ->
        all.append(all.isEmpty() ? "" : " ").append(name).append("='").append(value).append('\''));
    return all.length() > SHOWN_MAX ? all.substring(0, SHOWN_MAX) + "…" : all.toString();
  }

  private static String shown(Object value) {
    return value instanceof Collection<?> some
        ? String.join(", ", some.stream().map(String::valueOf).toList())
        : String.valueOf(value);
  }

  private static @Nullable Answer known(Throwable e) {
    for (@Nullable Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof Tables.NoEntry n) return new Answer.NoEntry(n.table, n.value);
      if (at instanceof Refusal r) return new Answer.Refused(r.why(), r.value(), r.remedy());
    }
    return null;
  }

  private static String said(Exception e) {
    var message = e.getMessage();
    return message == null
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").replaceFirst("^evaluation error[^:]*: ", "");
  }

  /// The texts of a value that is a text or a list of them.
  public static List<String> texts(Object value) {
    return value instanceof Collection<?> some
        ? some.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }
}
