package dev.tenure.target;

import dev.tenure.id.AccountId;
import dev.tenure.problem.Problem;
import dev.tenure.scim.schema.ResourceType;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Where accounts live. Safe for use by many threads at once.
public interface Target {
  /// The user's schemas that mappings are checked against.
  ResourceType userType();

  /// What may be sent to it. [#send] is paid for by its caller, everything else by the target.
  default Budget budget() {
    return Budget.UNLIMITED;
  }

  /// Reads every account, inactive ones too, each once. Nothing is thrown for a target that fails.
  ReadOutcome read(Consumer<Account> accounts);

  /// Reads every group whose name is wanted, each once and with all its members. Nothing is thrown
  /// for a target that fails. A target without groups has none.
  default ReadOutcome groups(Predicate<String> wanted, Consumer<Group> groups) {
    return new ReadOutcome.Complete(0);
  }

  /// Reads the accounts that this look finds, inactive ones too. [ReadOutcome.Complete]: what was
  /// given is all there is.
  ReadOutcome look(Look look, Consumer<Account> accounts);

  /// What to look for: one account, or those with a userName.
  sealed interface Look {
    record ById(AccountId id) implements Look {}

    record ByUserName(String userName) implements Look {}
  }

  /// Sends one request and waits for its outcome.
  Outcome send(Request request);

  /// Looks for the account that an earlier [Request.Create] may have made: by externalId, then by
  /// userName with that same externalId. Absent: it was not made. [Outcome.Done] with the account
  /// where it was found, with none where it was not; else why the look failed.
  Outcome find(Request.Create request);

  /// Whether the read was whole.
  sealed interface ReadOutcome {
    record Complete(long accounts) implements ReadOutcome {}

    record Incomplete(Problem reason) implements ReadOutcome {}
  }

  /// The value of `sourceOrg`, where the resource has one.
  static Optional<String> sourceOrg(Account account) {
    return account
        .resource()
        .get(dev.tenure.scim.schema.Schema.ORIGIN)
        .flatMap(o -> Optional.ofNullable(o.get("sourceOrg")))
        .filter(tools.jackson.databind.JsonNode::isString)
        .map(tools.jackson.databind.JsonNode::stringValue);
  }
}
