package dev.tenure.target.scim;

import dev.tenure.id.GroupId;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Patient;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.remote.Wire;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Account;
import dev.tenure.target.Budget;
import dev.tenure.target.Deviations;
import dev.tenure.target.Group;
import dev.tenure.target.Keepings;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target;
import dev.tenure.target.scim.PagedList.Pages;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// Any SCIM 2.0 server (RFC 7644). How many requests run at once is the caller's business.
public final class ScimTarget implements Target, AutoCloseable {
  private static final Duration TURN_MAX = Duration.ofMinutes(2);
  private static final Duration TURN_STEP = Duration.ofMillis(250);

  private final ScimTargetConfig config;
  private final Discovery discovery;
  private final Means means;
  private final Patient patient;
  private final Searches searches;
  private final AccountWrites accounts;
  private final GroupWrites groups;
  private final BulkWrites bulk;

  /// `pause` lets a read wait that long for a busy target; it may return earlier when the program
  /// ends.
  public ScimTarget(
      ScimTargetConfig config, ResourceType userType, Clock clock, Consumer<Duration> pause) {
    this(
        config,
        userType,
        new Waiting(clock, pause),
        new Common(Budget.UNLIMITED, Deviations.inMemory()));
  }

  /// The time, and how to let some of it pass.
  public record Waiting(Clock clock, Consumer<Duration> pause) {}

  /// What all who write to the same target share.
  public record Common(Budget budget, Deviations deviations) {}

  /// The same with a limit to what is sent, and what was learned before.
  public ScimTarget(
      ScimTargetConfig config, ResourceType userType, Waiting waiting, Common common) {
    this.config = config;
    var wire = new Wire(config.endpoint(), listening(common.budget(), waiting.clock()));
    this.discovery = new Discovery(config, wire, common.budget(), waiting.clock());
    this.means = means(userType, new Server(config, wire, discovery, waiting.clock()), common);
    this.patient =
        new Patient(means.wire(), waiting.clock(), waiting.pause(), () -> awaitTurn(waiting));
    this.searches = new Searches(means, everybody -> read(everybody, List.of()));
    this.accounts = new AccountWrites(means, searches);
    this.groups = new GroupWrites(means, this::groups);
    this.bulk = new BulkWrites(means, this::send);
  }

  private record Server(ScimTargetConfig config, Wire wire, Discovery discovery, Clock clock) {}

  private static Means means(ResourceType userType, Server server, Common common) {
    var budget = common.budget();
    var failures = new Failures(server.config().base());
    return new Means(
        server.wire(),
        budget,
        new Manners(server.wire(), budget, common.deviations(), server.discovery()),
        userType,
        new AccountReader(userType),
        failures,
        new Outcomes(failures, server.clock()));
  }

  private static void heard(Budget budget, Reply reply, Clock clock) {
    switch (reply) {
      case Answer answer -> budget.heard(RateFields.of(answer, clock));
      case Reply.NotSent _, Reply.NoAnswer _ ->
          budget.heard(new Budget.Heard(0, Optional.empty(), Optional.empty()));
    }
  }

  /// Waits until a page may be read; not longer than [#TURN_MAX], for then the answer tells more.
  private void awaitTurn(Waiting waiting) {
    var end = waiting.clock().instant().plus(TURN_MAX);
    while (!Thread.currentThread().isInterrupted()) {
      var grant = means.budget().take(new Budget.Ask(1, Budget.Use.READ));
      if (grant.count() > 0) return;
      var now = waiting.clock().instant();
      if (now.isAfter(end)) return;
      var time = Duration.between(now, grant.nextAt());
      waiting.pause().accept(time.compareTo(TURN_STEP) < 0 ? time : TURN_STEP);
    }
  }

  @Override
  public Budget budget() {
    return means.budget();
  }

  @Override
  public ResourceType userType() {
    return means.userType();
  }

  @Override
  public Optional<Keepings> keepings() {
    return discovery.keepings();
  }

  @Override
  public ReadOutcome read(Consumer<Account> accounts) {
    return read(accounts, List.of());
  }

  /// The same without these attributes (RFC 7644 §3.9), which a target may find costly.
  public ReadOutcome read(Consumer<Account> accounts, List<String> leftOut) {
    var sweep =
        new Sweep(pages(leftOut), means.manners().users(), means.reader(), means.failures());
    return config.sweepsInactiveSeparately() ? sweep.bothStates(accounts) : sweep.all(accounts);
  }

  @Override
  public ReadOutcome groups(Predicate<String> wanted, Consumer<Group> taker) {
    var endpoint = means.manners().groups();
    return new GroupSweep(pages(List.of()), endpoint, means.failures()).all(wanted, taker);
  }

  private Pages pages(List<String> leftOut) {
    var manners = means.manners();
    return new Pages(
        patient, manners.pageSize(config.pageSize()), manners.pagesByCursor(), leftOut);
  }

  @Override
  public ReadOutcome look(Look look, Consumer<Account> accounts) {
    return searches.look(look, accounts);
  }

  @Override
  public Outcome find(Request.Create create) {
    return searches.find(create);
  }

  @Override
  public Outcome send(Request request) {
    return switch (request) {
      case Request.Members members -> groups.send(members);
      case Request.CreateGroup group -> groups.send(group);
      case Request.Create create -> accounts.send(create);
      case Request.Patch patch -> accounts.send(patch);
      case Request.Delete delete -> accounts.send(delete);
    };
  }

  @Override
  public int togetherMax() {
    return config.bulk() ? bulk.togetherMax() : 1;
  }

  @Override
  public List<Outcome> together(List<Request> requests) {
    return bulk.send(requests);
  }

  /// As [#send], with another way to make the group where there is none of that name.
  public Outcome send(Request.CreateGroup group, Function<Request.CreateGroup, Outcome> otherwise) {
    return groups.send(group, otherwise);
  }

  /// One group as it is now; absent where it cannot be read. It is for adapters of servers where
  /// that is worth a request: [#group] tells nothing.
  public Optional<Group> read(GroupId group) {
    return means.get(means.group(group)) instanceof Answer answer && answer.isSuccess()
        ? GroupSweep.group(Answers.json(answer))
        : Optional.empty();
  }

  /// Tells the budget of each reply.
  public static Consumer<Reply> listening(Budget budget, Clock clock) {
    return reply -> heard(budget, reply, clock);
  }

  @Override
  public void close() {
    means.wire().close();
  }
}
