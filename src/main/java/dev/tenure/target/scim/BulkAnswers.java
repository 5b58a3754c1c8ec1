package dev.tenure.target.scim;

import dev.tenure.id.AccountId;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.scim.ScimJson;
import dev.tenure.target.Account;
import dev.tenure.target.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What a server answered to each of several requests that it got as one (RFC 7644 §3.7.3), by
/// their `bulkId`.
final class BulkAnswers {
  /// The answer to one as if it had gone alone; the account where the server tells it, its id where
  /// that is known, and its version then.
  record One(
      Answer answer, Optional<Account> account, Optional<AccountId> id, Optional<String> version) {
    /// Whether this is the account as the request left it, not as a search saw it before or as
    /// somebody changed it since.
    boolean isOf(Account seen) {
      return version.isEmpty() || seen.version().isEmpty() || version.equals(seen.version());
    }

    private boolean isUnread() {
      return answer.isSuccess() && account.isEmpty();
    }
  }

  private final Map<String, One> byId;

  private BulkAnswers(Map<String, One> byId) {
    this.byId = byId;
  }

  static BulkAnswers of(Map<String, Request> requests, Answer whole, AccountReader reader) {
    var byId = new HashMap<String, One>();
    for (var operation : Answers.json(whole).path("Operations")) {
      var id = id(operation, requests);
      var request = requests.get(id);
      if (request != null) byId.put(id, one(request, operation, whole, reader));
    }
    return new BulkAnswers(byId);
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  /// Absent where the server says nothing of it.
  Optional<One> of(String bulkId) {
    return Optional.ofNullable(byId.get(bulkId));
  }

  /// Those that were done, without a word about what became of the account.
  Set<AccountId> unread() {
    return byId.values().stream()
        .filter(One::isUnread)
        .flatMap(one -> one.id().stream())
        .collect(Collectors.toSet());
  }

  /// Its `bulkId`, which must be answered to a POST only; else that of the change of the account
  /// that it names.
  private static String id(JsonNode operation, Map<String, Request> requests) {
    var said = operation.path("bulkId").asString("");
    if (!said.isEmpty()) return said;
    return requests.entrySet().stream()
        .filter(e -> isAt(operation, e.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  private static boolean isAt(JsonNode operation, Request request) {
    return request instanceof Request.Patch patch
        && located(operation).filter(patch.account()::equals).isPresent();
  }

  private static One one(Request request, JsonNode operation, Answer whole, AccountReader reader) {
    var response = operation.path("response");
    var body = response.isObject() ? ScimJson.write(response) : "";
    var answer = new Answer(status(operation.path("status")), whole.headers(), body);
    return new One(
        answer,
        answer.isSuccess() && response.isObject() ? reader.read(response) : Optional.empty(),
        request instanceof Request.Patch patch ? Optional.of(patch.account()) : located(operation),
        Optional.of(operation.path("version").asString("")).filter(v -> !v.isBlank()));
  }

  /// A text (RFC 7644 §3.7.3), as some have it a number, or as in drafts an object with a code.
  /// What is none of these says nothing of what was done.
  private static int status(JsonNode status) {
    var code = status.isObject() ? status.path("code") : status;
    int number = code.asInt(0);
    return number >= 100 && number <= 599 ? number : 500;
  }

  private static Optional<AccountId> located(JsonNode operation) {
    var location = operation.path("location").asString("").replaceFirst("/+$", "");
    var last = location.substring(location.lastIndexOf('/') + 1);
    try {
      var id = URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
      return id.isBlank() ? Optional.empty() : Optional.of(new AccountId(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
