package dev.tenure.notify;

import dev.tenure.notify.Event.State;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What an event is to people: what happened and where, the command that shows or mends it, and the
/// page of the console. `base` is where browsers find the server, if that is known.
record Words(Optional<URI> base) {
  /// What follows the title, and where the page is; `path` may be empty.
  private record Said(String title, String remedy, String path) {}

  /// The content of the message that tells it.
  ObjectNode content(Event event) {
    var said = said(event);
    var content = JsonNodeFactory.instance.objectNode();
    content.put("state", event.state().wire()).put("subject", event.key().subject());
    content.put("since", event.since().toString());
    var flows = content.putArray("flows");
    event.flows().forEach(flows::add);
    content.put("title", said.title()).put("text", text(event.state()));
    content.put("remedy", said.remedy());
    if (!said.path().isEmpty()) url(said.path()).ifPresent(url -> content.put("url", url));
    content.set("details", event.details());
    return content;
  }

  /// The content of a message that somebody asked for.
  static ObjectNode test(String receiver) {
    var content = JsonNodeFactory.instance.objectNode();
    content.put("state", "begun").put("subject", "receiver/" + receiver);
    content.putArray("flows");
    content.put("title", "a test, asked for by 'tenure notify test " + receiver + "'");
    content.put("text", "Whoever reads this is told what happens.");
    content.put("remedy", "nothing is to be done").putObject("details");
    return content;
  }

  private Optional<String> url(String path) {
    return base.map(b -> b + "/console" + path);
  }

  private static String text(State state) {
    return switch (state) {
      case BEGUN -> "";
      case GROWN -> "There is more of it.";
      case LASTING -> "It is still so.";
      case OVER -> "It is over: nothing has to be done any more.";
    };
  }

  private static Said said(Event event) {
    var details = event.details();
    var flow = details.path("flow").asString("");
    return switch (event.key().kind()) {
      case PLAN_HELD -> held(flow, details);
      case LEAVER_LATE ->
          new Said(
              flow + ": " + many(details, "leavers", "leaver is", "leavers are") + " still inside",
              "tenure receipts " + flow,
              "");
      case TARGET_QUARANTINED ->
          new Said(
              details.path("target").asString("")
                  + " fails as a whole"
                  + code(details)
                  + "; its changes wait",
              "tenure audit system/targets",
              "/audit?log=system/targets");
      case SOURCE_UNREADABLE ->
          new Said(
              flow + ": the source does not give all that it has" + code(details),
              "tenure status",
              "");
      case FLOW_FAILING ->
          new Said(flow + ": its turns end early" + code(details), "tenure status", "");
      case CONFLICTS -> conflicts(flow, event);
      case CREDENTIAL_EXPIRING -> credential(details);
      case LICENCE_LOW -> licence(details);
    };
  }

  private static Said held(String flow, ObjectNode details) {
    var plan = details.path("plan").asString();
    return new Said(
        flow
            + ": "
            + many(details, "changes", "change is", "changes are")
            + " held: "
            + details.path("cluster").asString(""),
        "tenure show " + flow + " " + plan,
        "/plans/" + flow + "/" + plan);
  }

  private static Said conflicts(String flow, Event event) {
    var all = many(event.details(), "conflicts", "conflict", "conflicts");
    var title = event.state() == State.GROWN ? event.fresh() + " new, " + all + " in all" : all;
    return new Said(
        flow + ": " + title, "tenure reconcile " + flow, "/conflicts?flow=" + encoded(flow));
  }

  private static Said credential(ObjectNode details) {
    var organization = details.path("organization").asString("");
    var client = details.path("client").asString("");
    var day = details.path("ends").asString("").replaceFirst("T.*", "");
    var isDeclared = details.path("declared").booleanValue();
    return new Said(
        organization + ": what the client '" + client + "' signs in with ends on " + day,
        isDeclared
            ? "give it another one in tenure.yaml, and start the server again"
            : "tenure client rotate " + organization + " " + quoted(client),
        "/organizations/" + organization + "/clients");
  }

  private static Said licence(ObjectNode details) {
    var title =
        "%s: %d of %d seats of %s are used"
            .formatted(
                details.path("organization").asString(details.path("target").asString("")),
                details.path("used").longValue(),
                details.path("seats").longValue(),
                details.path("sku").asString(""));
    return new Said(title, "tenure licences", "/licences");
  }

  private static String code(ObjectNode details) {
    var code = details.path("code").asString("");
    return code.isEmpty() ? "" : " (" + code + ")";
  }

  private static String many(ObjectNode details, String key, String one, String more) {
    long count = details.path(key).longValue();
    return count + " " + (count == 1 ? one : more);
  }

  /// For a POSIX shell.
  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
