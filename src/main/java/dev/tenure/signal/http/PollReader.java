package dev.tenure.signal.http;

import dev.tenure.http.HttpFailure;
import dev.tenure.signal.Polling.Poll;
import dev.tenure.signal.Queue.Acknowledgement;
import dev.tenure.signal.Queue.Refusal;
import dev.tenure.signal.Signal.TokenId;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads polls (RFC 8936 §2.2). All that is wrong is 400; names of tokens that were never given out
/// are passed over, as those are that were acknowledged before.
final class PollReader {
  private static final int TEXT_MAX = 1_000;

  private PollReader() {}

  static Poll read(ObjectNode body) {
    return new Poll(
        new Acknowledgement(received(body.path("ack")), refused(body.path("setErrs"))),
        count(body.path("maxEvents")),
        !flag(body.path("returnImmediately")));
  }

  private static int count(JsonNode number) {
    if (number.isMissingNode()) return Integer.MAX_VALUE;
    if (number.isInt() && number.intValue() >= 0) return number.intValue();
    throw new HttpFailure(400, "maxEvents is a whole number of at least 0");
  }

  private static boolean flag(JsonNode flag) {
    if (flag.isMissingNode()) return false;
    if (flag.isBoolean()) return flag.booleanValue();
    throw new HttpFailure(400, "returnImmediately is true or false");
  }

  private static List<TokenId> received(JsonNode acks) {
    if (acks.isMissingNode()) return List.of();
    if (!acks.isArray() || !acks.valueStream().allMatch(JsonNode::isString)) {
      throw new HttpFailure(400, "ack is a list of the tokens' jti");
    }
    return acks.valueStream().flatMap(a -> TokenId.parse(a.stringValue()).stream()).toList();
  }

  private static List<Refusal> refused(JsonNode errors) {
    if (errors.isMissingNode()) return List.of();
    if (!errors.isObject()) {
      throw new HttpFailure(400, "setErrs is an object of errors by the tokens' jti");
    }
    var refused = new ArrayList<Refusal>();
    for (var error : errors.properties()) {
      var err = cut(Json.required(error.getValue(), "err"));
      var description = cut(Json.text(error.getValue(), "description").orElse(""));
      TokenId.parse(error.getKey())
          .ifPresent(token -> refused.add(new Refusal(token, err, description)));
    }
    return refused;
  }

  static String cut(String text) {
    return text.substring(0, Math.min(text.length(), TEXT_MAX));
  }
}
