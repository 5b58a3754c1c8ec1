package dev.tenure.signal;

import dev.tenure.http.HttpServer;
import dev.tenure.http.ServerConfig;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Endpoint;
import dev.tenure.organization.Precondition;
import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.organization.oauth.SignalGate;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimJson;
import dev.tenure.signal.http.HttpOutlet;
import dev.tenure.signal.http.SignalRoutes;
import dev.tenure.signal.store.PostgresKeys;
import dev.tenure.signal.store.PostgresQueue;
import dev.tenure.signal.store.PostgresStreams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Organizations whose receivers are told what happens. SCIM and signals are served by two servers
/// on one database, as two nodes would; further nodes that push are made as a test wants them.
public final class SignalWorld implements AutoCloseable {
  private final TestServer scim = TestServer.start();
  private final HttpClient client = HttpClient.newHttpClient();
  private final MovableClock clock = new MovableClock();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final HttpServer http;
  private final Streams streams = new PostgresStreams(scim.database());
  private final Queue queue = new PostgresQueue(scim.database());
  private final Polling polling;

  public SignalWorld() {
    var keys = keys();
    polling = new Polling(streams, queue, keys, clock);
    var services =
        new SignalRoutes.Services(
            new Transmitter(streams, clock, new SecureRandom()), polling, keys);
    var routes = new SignalRoutes(services, new SignalGate(scim.organizations())).routes();
    http = HttpServer.start(ServerConfig.at("127.0.0.1", 0), new Random(1), routes);
  }

  public TestServer scim() {
    return scim;
  }

  public Calls acme() {
    return scim.acme();
  }

  public MovableClock clock() {
    return clock;
  }

  public Queue queue() {
    return queue;
  }

  public Streams streams() {
    return streams;
  }

  public Polling polling() {
    return polling;
  }

  /// The keys as a node of their own reads them.
  public SigningKeys keys() {
    return new SigningKeys(new PostgresKeys(scim.database()), clock);
  }

  /// A node that pushes by this outlet; not started.
  public Pusher node(Outlet outlet) {
    var post = new Pusher.Post(queue, streams, outlet, keys());
    return new Pusher(post, clock, new Random(2));
  }

  /// A node that pushes over HTTP; not started.
  public Pusher node() {
    var outlet = new HttpOutlet();
    opened.add(outlet);
    return node(outlet);
  }

  public URI address(String path) {
    return URI.create("http://127.0.0.1:" + http.port() + path);
  }

  /// Calls to the transmitter with a token of this organization, for the client `test`.
  public Api receiver(OrganizationId organization) {
    return receiver(organization, "test");
  }

  public Api receiver(OrganizationId organization, String name) {
    var token = scim.organizations().credentials().issue(organization, name, Duration.ofHours(1));
    return new Api(this, organization.value(), token.reveal());
  }

  /// Changes a user of acme below HTTP; gives the version that it has then.
  public long change(UUID user, String attribute, Object value) {
    var organization = scim.organizations().find(TestServer.ACME).orElseThrow();
    return scim.organizations()
        .users()
        .change(
            new Endpoint(organization, ""),
            user,
            new Precondition.None(),
            before -> {
              var json = before.json();
              json.putPOJO(attribute, value);
              return Resource.of((ObjectNode) ScimJson.read(json.toString()));
            })
        .version();
  }

  /// A single number out of the database.
  public long count(String sql) {
    return scim.database().jdbi().withHandle(h -> h.createQuery(sql).mapTo(long.class).one());
  }

  @Override
  public void close() {
    polling.close();
    for (var one : opened) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    http.close();
    scim.close();
  }

  /// A receiver's calls to the transmitter of an organization.
  public record Api(SignalWorld world, String organization, String token) {
    public String issuer() {
      return world.address("/" + organization).toString();
    }

    public Api as(String newToken) {
      return new Api(world, organization, newToken);
    }

    public Answer get(String path) {
      return send("GET", path, "");
    }

    public Answer post(String path, String body) {
      return send("POST", path, body);
    }

    /// Makes a stream and gives its id.
    public String stream(String delivery, EventType... events) {
      var body = JsonNodeFactory.instance.objectNode();
      body.set("delivery", ScimJson.read(delivery));
      var all = body.putArray("events_requested");
      for (var event : events) all.add(event.uri());
      var made = post("/stream", body.toString());
      if (made.status() != 201) throw new IllegalStateException(made.response().body());
      return made.text("/stream_id");
    }

    /// Makes a stream that is polled.
    public String polled(EventType... events) {
      return stream("{\"method\": \"urn:ietf:rfc:8936\"}", events);
    }

    /// Makes a stream that is pushed.
    public String pushed(TestReceiver to, EventType... events) {
      var delivery = JsonNodeFactory.instance.objectNode().put("method", "urn:ietf:rfc:8935");
      return stream(delivery.put("endpoint_url", to.address().toString()).toString(), events);
    }

    /// Polls at once.
    public Answer poll(String stream, String members) {
      return post(
          "/poll/" + stream,
          "{\"returnImmediately\": true" + (members.isEmpty() ? "" : ", " + members) + "}");
    }

    public Answer send(String method, String path, String body) {
      var request =
          HttpRequest.newBuilder(world.address("/" + organization + "/signals" + path))
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .header("Content-Type", "application/json");
      if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
      try {
        return new Answer(world.client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
