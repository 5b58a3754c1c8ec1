package dev.tenure.deliver;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.patch.Patch;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.target.Account;
import dev.tenure.target.Group;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Accounts in memory, with versions. It minds no uniqueness: who creates twice is found out.
public class MemoryTarget implements Target {
  private final TreeMap<String, Account> accounts = new TreeMap<>();
  private final TreeMap<String, Group> groups = new TreeMap<>();
  private final List<Request> received = new ArrayList<>();
  private int lastId;

  @Override
  public ResourceType userType() {
    return Schemas.standard().user();
  }

  @Override
  public synchronized ReadOutcome read(Consumer<Account> reader) {
    accounts.values().forEach(reader);
    return new ReadOutcome.Complete(accounts.size());
  }

  @Override
  public synchronized ReadOutcome look(Look look, Consumer<Account> reader) {
    var found = accounts.values().stream().filter(a -> isMeant(look, a)).toList();
    found.forEach(reader);
    return new ReadOutcome.Complete(found.size());
  }

  @Override
  public Outcome send(Request request) {
    return take(request);
  }

  /// Does what is asked, and remembers it.
  protected synchronized Outcome take(Request request) {
    received.add(request);
    return switch (request) {
      case Request.Create(var resource) -> done(keep("a" + ++lastId, resource, 1));
      case Request.Patch(var id, var operations, var ifMatch) -> {
        if (isStale(id, ifMatch)) yield stale(id);
        var before = Objects.requireNonNull(accounts.get(id.value()));
        var after = Patch.apply(before.resource(), operations, userType(), Reading.STRICT);
        var version = Integer.parseInt(before.version().orElseThrow()) + 1;
        yield done(keep(id.value(), after, version));
      }
      case Request.Delete(var id, var ifMatch) -> {
        if (isStale(id, ifMatch)) yield stale(id);
        accounts.remove(id.value());
        yield new Outcome.Done(Optional.empty(), Optional.empty());
      }
      case Request.Members(var id, var remove, var add) -> {
        var group = groups.get(id.value());
        if (group == null) yield new Outcome.Stale(problem(Code.CHANGE_STALE, "404 " + id));
        yield members(group, remove, add);
      }
      case Request.CreateGroup(var name, var members) -> {
        var there = groups.values().stream().filter(g -> g.name().equals(name)).findFirst();
        var group = there.orElseGet(() -> new Group(new GroupId("g" + ++lastId), name, List.of()));
        yield members(group, List.of(), members);
      }
    };
  }

  private Outcome members(Group group, List<AccountId> remove, List<AccountId> add) {
    var members = new LinkedHashSet<>(group.members());
    remove.forEach(members::remove);
    members.addAll(add);
    var id = group.id();
    groups.put(id.value(), new Group(id, group.name(), List.copyOf(members)));
    return new Outcome.Done(Optional.empty(), Optional.empty());
  }

  /// The names of the groups that the account is in.
  public synchronized Set<String> groupsOf(Account account) {
    return groups.values().stream()
        .filter(group -> group.members().contains(account.id()))
        .map(Group::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public synchronized ReadOutcome groups(Predicate<String> wanted, Consumer<Group> reader) {
    groups.values().stream().filter(g -> wanted.test(g.name())).forEach(reader);
    return new ReadOutcome.Complete(groups.size());
  }

  @Override
  public synchronized Optional<Group> group(GroupId id) {
    return Optional.ofNullable(groups.get(id.value()));
  }

  @Override
  public synchronized Outcome find(Request.Create request) {
    var wanted = request.account().text("externalId");
    var found =
        accounts.values().stream()
            .filter(a -> a.resource().text("externalId").equals(wanted))
            .findFirst();
    return new Outcome.Done(found, Optional.empty());
  }

  /// What was taken, in order.
  public synchronized List<Request> received() {
    return List.copyOf(received);
  }

  /// All accounts.
  public synchronized List<Account> accounts() {
    return List.copyOf(accounts.values());
  }

  private static boolean isMeant(Look look, Account account) {
    return switch (look) {
      case Look.ById(var id) -> account.id().equals(id);
      case Look.ByUserName(var name) ->
          account.resource().text("userName").filter(name::equalsIgnoreCase).isPresent();
    };
  }

  private boolean isStale(AccountId id, Optional<String> ifMatch) {
    var account = accounts.get(id.value());
    return account == null || (ifMatch.isPresent() && !ifMatch.equals(account.version()));
  }

  private Account keep(String id, Resource resource, int version) {
    var account = new Account(new AccountId(id), Optional.of(Integer.toString(version)), resource);
    accounts.put(id, account);
    return account;
  }

  private static Outcome done(Account account) {
    return new Outcome.Done(Optional.of(account), Optional.of("ref-" + account.id()));
  }

  private static Outcome stale(AccountId id) {
    return new Outcome.Stale(problem(Code.CHANGE_STALE, "the version no longer holds for " + id));
  }

  /// A problem of a target.
  public static Problem problem(Code code, String message) {
    return new Problem(code, message, Map.of(), "look into the target");
  }
}
