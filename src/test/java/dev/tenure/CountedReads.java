package dev.tenure;

import dev.tenure.flow.Flow;
import dev.tenure.source.Source;
import dev.tenure.target.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;

/// A flow whose ends are counted how often they are read whole.
final class CountedReads {
  private final Map<String, Integer> reads = new TreeMap<>();
  private final Flow flow;

  CountedReads(Flow of) {
    this.flow =
        new Flow(
            of.id(),
            counted("source", Source.class, of.source()),
            of.policy(),
            of.planner(),
            of.keys(),
            counted("target", Target.class, of.target()),
            of.config(),
            of.fingerprint(),
            of.organization(),
            of.bought(),
            of.seats(),
            of.shared(),
            of.clock());
  }

  Flow flow() {
    return flow;
  }

  /// `source.read`, `target.read` and `target.groups`, as often as they were asked for since the
  /// last time.
  Map<String, Integer> since() {
    var since = Map.copyOf(reads);
    reads.clear();
    return since;
  }

  private <T> T counted(String name, Class<T> type, T end) {
    return type.cast(
        Proxy.newProxyInstance(
            CountedReads.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              var called = method.getName();
              if (called.equals("read") || called.equals("groups")) {
                reads.merge(name + "." + called, 1, Integer::sum);
              }
              try {
                return method.invoke(end, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
