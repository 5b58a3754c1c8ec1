package dev.tenure;

import dev.tenure.database.Database;
import dev.tenure.http.Routes;
import dev.tenure.organization.Organizations;
import dev.tenure.organization.oauth.SignalGate;
import dev.tenure.signal.Polling;
import dev.tenure.signal.Pusher;
import dev.tenure.signal.Queue;
import dev.tenure.signal.SigningKeys;
import dev.tenure.signal.Streams;
import dev.tenure.signal.Transmitter;
import dev.tenure.signal.http.HttpOutlet;
import dev.tenure.signal.http.SignalRoutes;
import dev.tenure.signal.store.PostgresKeys;
import dev.tenure.signal.store.PostgresQueue;
import dev.tenure.signal.store.PostgresStreams;
import java.time.Clock;
import java.util.random.RandomGenerator;

/// Puts the parts of the signals together: the endpoints of receivers, and the pusher, which only
/// `serve` starts. What a command changes waits until then.
final class Signalling implements AutoCloseable {
  private final Streams streams;
  private final Queue queue;
  private final SigningKeys keys;
  private final Transmitter transmitter;
  private final Polling polling;
  private final HttpOutlet outlet = new HttpOutlet();
  private final Pusher pusher;

  Signalling(Database database, Clock clock, RandomGenerator random) {
    this.streams = new PostgresStreams(database);
    this.queue = new PostgresQueue(database);
    this.keys = new SigningKeys(new PostgresKeys(database), clock);
    this.transmitter = new Transmitter(streams, clock, random);
    this.polling = new Polling(streams, queue, keys, clock);
    this.pusher = new Pusher(new Pusher.Post(queue, streams, outlet, keys), clock, random);
  }

  Routes routes(Organizations organizations) {
    var services = new SignalRoutes.Services(transmitter, polling, keys);
    return new SignalRoutes(services, new SignalGate(organizations)).routes();
  }

  void push() {
    pusher.start();
  }

  /// Ends the polls that wait, and the pushes, within five seconds.
  @Override
  public void close() {
    polling.close();
    pusher.close();
    outlet.close();
  }
}
