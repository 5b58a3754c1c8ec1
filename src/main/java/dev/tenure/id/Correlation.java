package dev.tenure.id;

import java.util.concurrent.Callable;

/// Who acts and on which request's behalf, for the audit log and the server log. It is the only
/// ambient value: no decision reads it.
///
/// `actor` names a client, a flow or `cli`; `id` is one request, plan or command.
public record Correlation(String actor, String id) {
  private static final ScopedValue<Correlation> CURRENT = ScopedValue.newInstance();
  private static final Correlation SYSTEM = new Correlation("system", "-");

  /// The one that this thread works for; `system` where none was bound.
  public static Correlation current() {
    return CURRENT.orElse(SYSTEM);
  }

  /// Runs `work` on behalf of this one.
  public <T> T call(Callable<T> work) throws Exception {
    return ScopedValue.where(CURRENT, this).call(work::call);
  }

  /// Runs `work` on behalf of this one.
  public void run(Runnable work) {
    ScopedValue.where(CURRENT, this).run(work);
  }
}
