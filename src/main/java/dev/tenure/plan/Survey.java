package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Standing;
import dev.tenure.scim.Resource;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Account;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Who is who in a world, by the links and the match rules: what a plan would start from.
public final class Survey {
  private final World world;
  private final Accounts accounts;
  private final People people;
  private final ResourceType userType;
  private final PlanPolicy policy;

  Survey(World world, ResourceType userType, PlanPolicy policy) {
    this.world = world;
    this.userType = userType;
    this.policy = policy;
    this.accounts = new Accounts(world.accounts(), policy);
    this.people = new People(world.standings(), world.links(), accounts);
    new Matching(userType, policy, accounts, people).run();
  }

  /// Whether everybody was read: only then is an account without a person an orphan (law 1).
  public boolean isComplete() {
    return world.sourceComplete();
  }

  /// Everybody who should have an account, in the order of their keys.
  public List<Desired> inScope() {
    return people.standings().stream()
        .flatMap(s -> s instanceof Standing.InScope in ? Stream.of(in.desired()) : Stream.empty())
        .toList();
  }

  /// Whether the source gave this person, in scope or not.
  public boolean isKnown(PersonKey person) {
    return people.isKnown(person);
  }

  /// Whether the person should have an account.
  public boolean isInScope(PersonKey person) {
    return people.standing(person).orElse(null) instanceof Standing.InScope;
  }

  /// All accounts of the target, each once.
  public List<Account> accounts() {
    return accounts.all();
  }

  public Optional<Account> account(AccountId id) {
    return accounts.byId(id);
  }

  /// The account that is this person's.
  public Optional<Account> account(PersonKey person) {
    return people.account(person);
  }

  public Optional<PersonKey> owner(Account account) {
    return people.owner(account);
  }

  /// Whether another source of truth rules over it (law 5).
  public boolean isForeign(Account account) {
    return accounts.isForeign(account);
  }

  /// The source of truth that this flow writes on its accounts.
  public Optional<String> sourceOrg() {
    return policy.sourceOrg();
  }

  /// The account as the rules would make it.
  public Resource wanted(Desired desired) {
    return Blueprint.of(desired, userType);
  }

  /// Whether the target lets it in.
  public static boolean isActive(Account account) {
    return account.isActive();
  }

  /// What people call it.
  public static String name(Account account) {
    return Accounts.name(account);
  }

  /// The accounts with this userName, in any letter case.
  public List<Account> named(String userName) {
    return accounts.byUserName(userName);
  }

  People people() {
    return people;
  }
}
