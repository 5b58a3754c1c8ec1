package dev.tenure.policy;

import dev.cel.common.types.CelType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.tenure.source.Person;
import org.jspecify.annotations.Nullable;

/// A compiled expression: `text` as written, `type` of what it gives.
record Expression(String text, CelType type, CelRuntime.Program program) {
  /// What an evaluation came to. Never an exception, whatever the person's attributes hold.
  sealed interface Answer {
    record Value(Object value) implements Answer {}

    record NoEntry(String table, String value) implements Answer {}

    record Failed(String why) implements Answer {}
  }

  Answer of(Person person, Variables variables) {
    try {
      return new Answer.Value(program.eval(name -> variables.of(person, name)));
    } catch (CelEvaluationException | RuntimeException e) {
      var missing = noEntry(e);
      return missing == null ? new Answer.Failed(said(e)) : missing;
    } catch (StackOverflowError e) {
      return new Answer.Failed("the expression is nested too deeply");
    }
  }

  private static Answer.@Nullable NoEntry noEntry(Throwable e) {
    for (@Nullable Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof Tables.NoEntry n) return new Answer.NoEntry(n.table, n.value);
    }
    return null;
  }

  private static String said(Exception e) {
    var message = e.getMessage();
    return message == null
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").replaceFirst("^evaluation error[^:]*: ", "");
  }
}
