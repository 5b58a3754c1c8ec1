package dev.tenure.deliver;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.patch.Patch;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.target.Account;
import dev.tenure.target.Group;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a leaver's account again after the target said that the change was done: one that answers
/// 200 and does nothing would leave a leaver inside.
final class ReadingBack {
  private static final Logger LOG = LoggerFactory.getLogger(ReadingBack.class);
  private final Target target;

  ReadingBack(Target target) {
    this.target = target;
  }

  /// The result with what was seen. Where the account is not as it was asked for, it is not known
  /// whether the change happens yet, and it is tried again.
  Attempt.Result of(Attempt.Result result) {
    if (!(result.outcome() instanceof Outcome.Done done)) return result;
    return switch (result.request()) {
      case Request.Patch(var id, var operations, _) -> read(result, done, id, operations);
      case Request.Delete(var id, _) -> read(result, done, id, List.of());
      case Request.Members(var group, var remove, _) -> left(result, done, group, remove);
      // Who is created does not leave.
      case Request.Create _, Request.CreateGroup _ -> result;
    };
  }

  /// The result of a request that need not be sent, for the account shows it already. Absent where
  /// that is not so, or cannot be told.
  Optional<Attempt.Result> already(Leased leased, Request request) {
    var accounts = new ArrayList<Account>();
    var shown =
        switch (request) {
          case Request.Patch(var id, var operations, _) ->
              isRead(id, accounts)
                  && !accounts.isEmpty()
                  && isPlainly(accounts.getFirst(), operations);
          case Request.Delete(var id, _) -> isRead(id, accounts) && accounts.isEmpty();
          case Request.Create _, Request.Members _, Request.CreateGroup _ -> false;
        };
    if (!shown) return Optional.empty();
    var done = new Outcome.Done(accounts.stream().findFirst(), Optional.empty());
    return Optional.of(Attempt.Result.seen(leased, request, done));
  }

  private boolean isPlainly(Account account, List<PatchOperation> operations) {
    try {
      return isAsAsked(account, operations);
    } catch (ScimException e) {
      return false;
    }
  }

  private Attempt.Result left(
      Attempt.Result result, Outcome.Done done, GroupId group, List<AccountId> remove) {
    if (remove.isEmpty()) return result;
    Optional<Group> now;
    try {
      now = target.group(group);
    } catch (RuntimeException e) {
      LOG.warn("the target's adapter failed when group {} was read again", group, e);
      return result;
    }
    if (now.isEmpty()) return result;
    return Collections.disjoint(now.get().members(), remove)
        ? result.with(done, ReadBack.CONFIRMED)
        : result.stopped(new Outcome.Unknown(ignored(result.leased())));
  }

  private Attempt.Result read(
      Attempt.Result result, Outcome.Done done, AccountId id, List<PatchOperation> operations) {
    var accounts = new ArrayList<Account>();
    if (!isRead(id, accounts)) return result.with(done, ReadBack.UNREAD);
    if (accounts.isEmpty()) return result.with(done, ReadBack.CONFIRMED);
    var account = accounts.getFirst();
    try {
      if (!isAsAsked(account, operations)) {
        return result.stopped(new Outcome.Unknown(ignored(result.leased())));
      }
    } catch (ScimException e) {
      LOG.debug("account {} cannot be compared", account.id(), e);
      return result.with(done, ReadBack.UNREAD);
    }
    return result.with(
        new Outcome.Done(Optional.of(account), done.reference()), ReadBack.CONFIRMED);
  }

  private boolean isRead(AccountId id, List<Account> accounts) {
    try {
      return target.look(new Target.Look.ById(id), accounts::add)
          instanceof Target.ReadOutcome.Complete;
    } catch (RuntimeException e) {
      LOG.warn("the target's adapter failed when account {} was read again", id, e);
      return false;
    }
  }

  /// Whether asking once more would change nothing. A deleted account may still be shown, locked.
  /// Throws [ScimException] where that cannot be told.
  private boolean isAsAsked(Account account, List<PatchOperation> operations) {
    if (operations.isEmpty()) return !account.isActive();
    var again = Patch.apply(account.resource(), operations, target.userType(), Reading.TOLERANT);
    return again.equals(account.resource());
  }

  private static Problem ignored(Leased leased) {
    return new Problem(
        Code.CHANGE_IGNORED,
        "the target said that it was done, but the account is as before",
        Map.of("person", leased.person().value()),
        "look at the account in the target, and lock it there by hand if it is urgent");
  }
}
