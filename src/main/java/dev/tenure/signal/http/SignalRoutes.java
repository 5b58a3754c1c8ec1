package dev.tenure.signal.http;

import dev.tenure.http.Handler;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.signal.EventStream;
import dev.tenure.signal.EventStream.State;
import dev.tenure.signal.EventStream.Status;
import dev.tenure.signal.Gate;
import dev.tenure.signal.Polling;
import dev.tenure.signal.Receiver;
import dev.tenure.signal.SigningKeys;
import dev.tenure.signal.Transmitter;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// The endpoints of a transmitter: `/.well-known/ssf-configuration/{org}`, and under
/// `/{org}/signals/` the keys, the streams, their status, subjects and verification, and the poll.
public final class SignalRoutes {
  private static final String ROOT = "/{org}/signals/";
  private final Services services;
  private final Gate gate;

  /// What the endpoints are for.
  public record Services(Transmitter transmitter, Polling polling, SigningKeys keys) {}

  public SignalRoutes(Services services, Gate gate) {
    this.services = services;
    this.gate = gate;
  }

  public Routes routes() {
    return new Routes()
        .add("GET", "/.well-known/ssf-configuration/{org}", Metadata::answer)
        .add("GET", ROOT + "jwks.json", _ -> keys())
        .add("GET", ROOT + "stream", gate.entering(this::read))
        .add("POST", ROOT + "stream", gate.entering(this::create))
        .add("PATCH", ROOT + "stream", gate.entering(this::update))
        .add("PUT", ROOT + "stream", gate.entering(this::replace))
        .add("DELETE", ROOT + "stream", gate.entering(this::delete))
        .add("GET", ROOT + "status", gate.entering(this::status))
        .add("POST", ROOT + "status", gate.entering(this::set))
        .add("POST", ROOT + "subjects/add", subject(true))
        .add("POST", ROOT + "subjects/remove", subject(false))
        .add("POST", ROOT + "verification", gate.entering(this::verify))
        .add("POST", ROOT + "poll/{stream}", gate.entering(this::poll));
  }

  private Response keys() {
    return Response.json(200, services.keys().published())
        .with("Cache-Control", "public, max-age=3600");
  }

  private Response create(Receiver receiver, Request request) {
    var wish = WishReader.whole(Json.object(request), Optional.empty());
    var issuer = Metadata.issuer(request);
    return Json.answer(201, StreamJson.of(services.transmitter().create(receiver, issuer, wish)));
  }

  private Response read(Receiver receiver, Request request) {
    var id = request.query().first("stream_id");
    if (id.isPresent()) {
      return Json.answer(200, StreamJson.of(services.transmitter().stream(receiver, id.get())));
    }
    var all = JsonNodeFactory.instance.arrayNode();
    services.transmitter().all(receiver).forEach(stream -> all.add(StreamJson.of(stream)));
    return Json.answer(200, all);
  }

  private Response update(Receiver receiver, Request request) {
    var body = Json.object(request);
    var stream = named(receiver, Json.required(body, "stream_id"));
    var wish = WishReader.part(body, stream);
    return Json.answer(200, StreamJson.of(services.transmitter().change(stream, wish)));
  }

  private Response replace(Receiver receiver, Request request) {
    var body = Json.object(request);
    var stream = named(receiver, Json.required(body, "stream_id"));
    var wish = WishReader.whole(body, Optional.of(stream));
    return Json.answer(200, StreamJson.of(services.transmitter().change(stream, wish)));
  }

  private Response delete(Receiver receiver, Request request) {
    services.transmitter().delete(asked(receiver, request));
    return Json.answer(204);
  }

  private Response status(Receiver receiver, Request request) {
    return Json.answer(200, StreamJson.status(asked(receiver, request)));
  }

  private Response set(Receiver receiver, Request request) {
    var body = Json.object(request);
    var stream = named(receiver, Json.required(body, "stream_id"));
    var wire = Json.required(body, "status");
    var state =
        Arrays.stream(State.values())
            .filter(s -> s.wire().equals(wire))
            .findFirst()
            .orElseThrow(() -> new HttpFailure(400, "status is enabled, paused or disabled"));
    var status = new Status(state, Json.text(body, "reason").map(PollReader::cut));
    return Json.answer(200, StreamJson.status(services.transmitter().set(stream, status)));
  }

  private Handler subject(boolean wanted) {
    return gate.entering((receiver, request) -> {
      var body = Json.object(request);
      var stream = named(receiver, Json.required(body, "stream_id"));
      services.transmitter().subject(stream, body.path("subject"), wanted);
      return Json.answer(wanted ? 200 : 204);
    });
  }

  private Response verify(Receiver receiver, Request request) {
    var body = Json.object(request);
    var stream = named(receiver, Json.required(body, "stream_id"));
    services.transmitter().verify(stream, Json.text(body, "state").map(PollReader::cut));
    return Json.answer(204);
  }

  private Response poll(Receiver receiver, Request request) {
    var poll = PollReader.read(Json.object(request));
    var stream = named(receiver, request.variable("stream"));
    var answer = services.polling().poll(stream, poll);
    var json = JsonNodeFactory.instance.objectNode();
    var sets = json.putObject("sets");
    answer.tokens().forEach(sets::put);
    return Json.answer(200, json.put("moreAvailable", answer.more()));
  }

  private EventStream asked(Receiver receiver, Request request) {
    var id =
        request
            .query()
            .first("stream_id")
            .orElseThrow(() -> new HttpFailure(400, "the parameter stream_id is missing"));
    return named(receiver, id);
  }

  private EventStream named(Receiver receiver, String id) {
    return services.transmitter().stream(receiver, id);
  }
}
