package dev.tenure;

import dev.tenure.deliver.FaultyTarget.Death;
import dev.tenure.deliver.Links;
import dev.tenure.deliver.Observed;
import dev.tenure.deliver.ObservedGroups;
import dev.tenure.deliver.Pauses;
import dev.tenure.deliver.Plans;
import dev.tenure.deliver.Queue;
import dev.tenure.flow.Agenda;
import dev.tenure.flow.Cycle;
import dev.tenure.flow.Everyone;
import dev.tenure.flow.Evictions;
import dev.tenure.flow.Exclusions;
import dev.tenure.flow.FlowLocks;
import dev.tenure.flow.KnownPeople;
import dev.tenure.flow.Places;
import dev.tenure.id.FlowId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The database as one node sees it, which may die before or after any statement; from then on none
/// of its statements reaches the database. A statement may also fail, before or after it took
/// effect, and the node lives on.
final class MortalBooks {
  /// What the database throws.
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failure() {
      super("the connection to the database broke");
    }
  }

  private static final int BAD_ONE_IN = 200;

  private final RandomGenerator random;
  private final boolean immortal;
  private boolean dead;

  MortalBooks(RandomGenerator random, boolean immortal) {
    this.random = random;
    this.immortal = immortal;
  }

  void die() {
    dead = true;
  }

  Cycle.Books of(Cycle.Books books) {
    return new Cycle.Books(
        mortal(Plans.class, books.plans()),
        mortal(Links.class, books.links()),
        new Lock(),
        mortal(KnownPeople.class, books.people()),
        mortal(Agenda.class, books.agenda()),
        mortal(Observed.class, books.observed()),
        mortal(ObservedGroups.class, books.groups()),
        mortal(Everyone.class, books.everyone()),
        mortal(Places.class, books.places()),
        mortal(Pauses.class, books.pauses()),
        mortal(Evictions.class, books.evictions()),
        mortal(Exclusions.class, books.exclusions()));
  }

  Queue of(Queue queue) {
    return mortal(Queue.class, queue);
  }

  /// Two nodes at once are those of which one has lost its lock with its connection.
  private static final class Lock implements FlowLocks {
    @Override
    public Optional<Held> lock(FlowId flow, Duration wait) {
      return Optional.of(() -> {});
    }

    @Override
    public Optional<Held> seats(String target, Duration wait) {
      return Optional.of(() -> {});
    }
  }

  private <T> T mortal(Class<T> type, T store) {
    var loader = MortalBooks.class.getClassLoader();
    return type.cast(
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {type},
            (_, method, arguments) -> call(store, method, arguments)));
  }

  private Object call(Object store, Method method, Object[] arguments) throws Throwable {
    int fate = immortal ? BAD_ONE_IN : random.nextInt(BAD_ONE_IN);
    if (dead || fate == 0) throw death();
    if (fate == 1) throw new Failure();
    try {
      var answer = method.invoke(store, arguments);
      if (fate == 2) throw death();
      if (fate == 3) throw new Failure();
      return answer;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Death death() {
    dead = true;
    return new Death();
  }
}
