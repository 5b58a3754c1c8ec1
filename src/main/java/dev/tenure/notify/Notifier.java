package dev.tenure.notify;

import dev.tenure.background.Background;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the receivers of the configuration what they want to know, in the background, once it is
/// started. Any number of nodes do so.
public final class Notifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofSeconds(20);
  private static final Duration WIDE_LOOK = Duration.ofMinutes(5);
  private static final Duration EXPIRY = Duration.ofMinutes(1);

  private final Stores stores;
  private final Supplier<Setting> setting;
  private final Messenger messenger;
  private final Clock clock;
  private final Watching watching;
  private final Sending sending;
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Background background = new Background("notify");

  /// What is kept.
  public record Stores(Notices notices, Outbox outbox) {}

  /// What is taken from the world.
  public record World(Messenger messenger, Clock clock, RandomGenerator random) {}

  /// `setting` gives what the configuration says whenever it is asked.
  public Notifier(Stores stores, Supplier<Setting> setting, World world) {
    this.stores = stores;
    this.setting = setting;
    this.messenger = world.messenger();
    this.clock = world.clock();
    this.watching = new Watching(stores.notices(), world.random());
    this.sending = new Sending(stores.outbox(), messenger, clock, world.random());
  }

  /// Begins.
  public Notifier start() {
    repeat("notify-flows", LOOK, () -> look(Kind.OF_FLOWS));
    repeat("notify-organizations", WIDE_LOOK, () -> look(Kind.OF_ORGANIZATIONS));
    repeat("notify-expiry", EXPIRY, sending::expire);
    repeat("notify", TICK, this::send);
    return this;
  }

  private void repeat(String name, Duration every, Runnable work) {
    background.repeat(name, Duration.ZERO, every, work);
  }

  private void look(List<Kind> kinds) {
    watching.look(kinds, setting.get(), clock.instant());
  }

  /// A receiver that takes its time delays no other.
  private void send() {
    if (setting.get().config().receivers().isEmpty()) return;
    for (var name : stores.outbox().due(clock.instant())) {
      var receiver = setting.get().config().find(name);
      if (receiver.isPresent() && running.add(name))
        background.start("notify-" + name, () -> send(receiver.get()));
    }
  }

  private void send(Receiver to) {
    try {
      sending.all(to, background::isClosing);
    } catch (RuntimeException e) {
      LOG.warn("receiver {}: sending ended early; it is tried again", to.name(), e);
    } finally {
      running.remove(to.name());
    }
  }

  /// Looks at everything and sends to everybody, one after the other: what the background does, at
  /// once.
  void once() {
    look(Kind.OF_FLOWS);
    look(Kind.OF_ORGANIZATIONS);
    sending.expire();
    for (var name : stores.outbox().due(clock.instant())) {
      setting.get().config().find(name).ifPresent(to -> sending.all(to, background::isClosing));
    }
  }

  /// The receivers of the configuration.
  public List<Receiver> receivers() {
    return setting.get().config().receivers();
  }

  /// How it stands with all receivers that anything was ever for.
  public List<Outbox.Standing> standings() {
    return stores.outbox().standings();
  }

  /// The messages that wait, the oldest first; at most so many.
  public List<Outbox.Open> open(int countMax) {
    return stores.outbox().open(countMax);
  }

  /// What became of messages, those that ended before this one, the last first; at most so many.
  public List<Outbox.Told> told(long before, int countMax) {
    return stores.outbox().told(before, countMax);
  }

  /// Sends a message to this receiver at once, beside what waits, and gives its words. Throws
  /// [Problem.Found] with `NOTIFY_UNKNOWN`, or with `NOTIFY_FAILED` where it is not taken.
  public String test(String name) {
    var to = setting.get().config().find(name).orElseThrow(() -> unknown(name));
    var id = UUID.randomUUID().toString();
    var message = new Message(id, "test", clock.instant(), Words.test(name));
    var answer = messenger.send(to, message);
    stores.outbox().tested(name, message, answer);
    if (answer instanceof Answer.Taken) return answer.words();
    throw untaken(to, answer.words()).found();
  }

  /// That this receiver did not take what it was sent, and what to do.
  public static Problem untaken(Receiver to, String answer) {
    return new Problem(
        Code.NOTIFY_FAILED,
        "the receiver '" + to.name() + "' did not take the message: " + answer,
        Map.of("receiver", to.name(), "to", to.way().shown()),
        remedy(to.way()));
  }

  private static String remedy(Receiver.Way way) {
    return switch (way) {
      case Receiver.Way.Webhook _ ->
          "look at url and secret of the webhook, and at the log of who receives it";
      case Receiver.Way.Mail _ ->
          "look at host, port, tls, user and password of the e-mail, and at the server's log";
    };
  }

  private Problem.Found unknown(String name) {
    var names = receivers().stream().map(Receiver::name).toList();
    return new Problem(
            Code.NOTIFY_UNKNOWN,
            "there is no receiver '" + name + "'",
            Map.of("receivers", names.toString()),
            "use one of these, or add it under notify.receivers of the configuration")
        .found();
  }

  /// Stops within five seconds: no message begins any more, those under way get a while to end.
  /// What is not answered then is sent again after the next start.
  @Override
  public void close() {
    background.close();
  }
}
