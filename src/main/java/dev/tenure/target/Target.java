package dev.tenure.target;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.problem.Problem;
import dev.tenure.scim.schema.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /// What it says of the attributes of its users; absent where it says nothing, or cannot be asked
  /// now. It may be asked over the network.
  default Optional<Keepings> keepings() {
    return Optional.empty();
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

  /// So many requests about accounts go as one (Bulk, RFC 7644 §3.7); 1 where each goes alone. It
  /// may be asked over the network.
  default int togetherMax() {
    return 1;
  }

  /// Sends up to [#togetherMax] requests that make or change accounts as one, and waits for the
  /// outcome of each, in their order. Some may be done and others not.
  default List<Outcome> together(List<Request> requests) {
    return requests.stream().map(this::send).toList();
  }

  /// Looks for the account that an earlier [Request.Create] may have made: by externalId, then by
  /// userName with that same externalId. Absent: it was not made. [Outcome.Done] with the account
  /// where it was found, with none where it was not; else why the look failed.
  Outcome find(Request.Create request);

  /// What of an account goes on when it was locked or its roles were emptied, until it is ended by
  /// a request of its own; nothing where the target does both in one.
  default Set<Ending> endings() {
    return Set.of();
  }

  /// Ends one of [#endings], and looks that it has ended where that can be seen. It does no harm
  /// where it is done twice.
  default Outcome end(Ending what, AccountId account) {
    throw new UnsupportedOperationException("this target ends nothing by itself");
  }

  /// Something of an account that has an end of its own.
  enum Ending {
    /// Sessions and tokens that were given out. No target tells whether there are some.
    SESSIONS("revoke-sessions"),
    /// Roles that the account itself does not show, such as those in other divisions.
    GRANTS("remove-roles");

    private final String word;

    Ending(String word) {
      this.word = word;
    }

    /// The step's name in the table of leavers.
    public String word() {
      return word;
    }

    /// Whether that it has ended can be read.
    public boolean isSeen() {
      return this == GRANTS;
    }
  }

  /// The group as it is now, for who looks after a change; absent where that cannot be read.
  default Optional<Group> group(GroupId group) {
    return Optional.empty();
  }

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
