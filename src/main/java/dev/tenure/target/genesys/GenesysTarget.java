package dev.tenure.target.genesys;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.remote.ClientCredentials;
import dev.tenure.remote.ClientCredentials.Party;
import dev.tenure.remote.Wire;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Account;
import dev.tenure.target.Budget;
import dev.tenure.target.Group;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target;
import dev.tenure.target.scim.Outcomes;
import dev.tenure.target.scim.ScimTarget;
import dev.tenure.target.scim.ScimTarget.Common;
import dev.tenure.target.scim.ScimTarget.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// An organization of Genesys Cloud. Where no token can be got nothing is sent, and that is told as
/// if the target itself had refused it, or had not answered.
public final class GenesysTarget implements Target, AutoCloseable {
  /// When to ask for a token again where the log-in host does not answer.
  private static final Duration UNREACHABLE = Duration.ofSeconds(5);

  private final ScimTarget scim;
  private final List<String> spared;
  private final Platform platform;
  private final GroupMaking groups;
  private final Restoring restoring;
  private final Endings endings;
  private final Marking marking;

  public GenesysTarget(
      GenesysTargetConfig config, ResourceType userType, Waiting waiting, Common common) {
    var tokens =
        new ClientCredentials(config.client(), Party.TARGET, config.timeout(), waiting.clock());
    this.spared = config.spared();
    var heard = ScimTarget.listening(common.budget(), waiting.clock());
    var outcomes = new Outcomes(config.base(), waiting.clock());
    this.scim = new ScimTarget(config.scim(tokens), userType, waiting, common);
    this.platform = new Platform(Wire.ofJson(config.platform(tokens), heard), common.budget());
    this.groups = new GroupMaking(platform, scim, outcomes);
    this.restoring = new Restoring(platform, scim, outcomes);
    this.endings = new Endings(platform, outcomes);
    this.marking = new Marking(userType);
  }

  @Override
  public Budget budget() {
    return scim.budget();
  }

  @Override
  public ResourceType userType() {
    return scim.userType();
  }

  @Override
  public ReadOutcome read(Consumer<Account> accounts) {
    return read(() -> scim.read(a -> accounts.accept(Marking.shown(a)), spared));
  }

  @Override
  public ReadOutcome groups(Predicate<String> wanted, Consumer<Group> taker) {
    return read(() -> scim.groups(wanted, taker));
  }

  @Override
  public ReadOutcome look(Look look, Consumer<Account> accounts) {
    return read(() -> scim.look(look, a -> accounts.accept(Marking.shown(a))));
  }

  private static ReadOutcome read(Supplier<ReadOutcome> reading) {
    try {
      return reading.get();
    } catch (Problem.Found e) {
      return new ReadOutcome.Incomplete(e.problems().getFirst());
    }
  }

  @Override
  public Outcome find(Request.Create create) {
    return sent(() -> {
      var found = scim.find(create);
      var isNobody = found instanceof Outcome.Done(var account, _) && account.isEmpty();
      return isNobody ? new Outcome.Done(restoring.earlier(create), Optional.empty()) : found;
    });
  }

  @Override
  public Outcome send(Request request) {
    return sent(() ->
        switch (request) {
          case Request.Create create -> created(marking.sent(create));
          case Request.CreateGroup group -> scim.send(group, groups::make);
          case Request.Patch patch -> scim.send(marking.sent(Endings.sent(patch)));
          case Request.Delete _, Request.Members _ -> scim.send(request);
        });
  }

  /// Whether a creation brings a deleted user back by itself the vendor does not say; where it is
  /// refused, that is looked for.
  private Outcome created(Request.Create create) {
    var outcome = scim.send(create);
    return outcome instanceof Outcome.Refused refused
            && refused.problem().code() == Code.MATCH_CONFLICT
        ? restoring.of(create, refused)
        : outcome;
  }

  /// That an account is locked says nothing of tokens that were given out before, and SCIM shows
  /// roles by their names only.
  @Override
  public Set<Ending> endings() {
    return Set.of(Ending.values());
  }

  @Override
  public Outcome end(Ending what, AccountId account) {
    return sent(() -> endings.end(what, account));
  }

  @Override
  public Optional<Group> group(GroupId group) {
    return scim.read(group);
  }

  private static Outcome sent(Supplier<Outcome> sending) {
    try {
      return Marking.shown(sending.get());
    } catch (Problem.Found e) {
      var problem = e.problems().getFirst();
      return problem.code() == Code.TARGET_REFUSED
          ? new Outcome.Barred(problem)
          : new Outcome.Busy(UNREACHABLE);
    }
  }

  @Override
  public void close() {
    scim.close();
    platform.close();
  }
}
