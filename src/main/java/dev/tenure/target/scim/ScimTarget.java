package dev.tenure.target.scim;

import dev.tenure.id.AccountId;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Patient;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.remote.Wire;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Account;
import dev.tenure.target.Budget;
import dev.tenure.target.Group;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target;
import dev.tenure.target.scim.PagedList.Pages;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// Any SCIM 2.0 server (RFC 7644). How many requests run at once is the caller's business.
public final class ScimTarget implements Target, AutoCloseable {
  private static final String USERS = "/Users";
  private static final Duration TURN_MAX = Duration.ofMinutes(2);
  private static final Duration TURN_STEP = Duration.ofMillis(250);

  private final ScimTargetConfig config;
  private final ResourceType userType;
  private final Wire wire;
  private final AccountReader reader;
  private final Failures failures;
  private final Outcomes outcomes;
  private final Pages pages;
  private final GroupWrites groups;
  private final Budget budget;

  /// `pause` lets a read wait that long for a busy target; it may return earlier when the program
  /// ends.
  public ScimTarget(
      ScimTargetConfig config, ResourceType userType, Clock clock, Consumer<Duration> pause) {
    this(config, userType, new Waiting(clock, pause), Budget.UNLIMITED);
  }

  /// The time, and how to let some of it pass.
  public record Waiting(Clock clock, Consumer<Duration> pause) {}

  /// The same with a limit to what is sent.
  public ScimTarget(
      ScimTargetConfig config, ResourceType userType, Waiting waiting, Budget budget) {
    var clock = waiting.clock();
    this.config = config;
    this.userType = userType;
    this.budget = budget;
    this.wire = new Wire(config.endpoint(), reply -> heard(reply, clock));
    this.reader = new AccountReader(userType);
    this.failures = new Failures(config.base());
    this.outcomes = new Outcomes(failures, clock);
    this.pages =
        new Pages(
            new Patient(wire, clock, waiting.pause(), () -> awaitTurn(waiting)), config.pageSize());
    this.groups = new GroupWrites(wire, outcomes, failures);
  }

  private void heard(Reply reply, Clock clock) {
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
      var grant = budget.take(new Budget.Ask(1, Budget.Use.READ));
      if (grant.count() > 0) return;
      var now = waiting.clock().instant();
      if (now.isAfter(end)) return;
      var time = Duration.between(now, grant.nextAt());
      waiting.pause().accept(time.compareTo(TURN_STEP) < 0 ? time : TURN_STEP);
    }
  }

  @Override
  public Budget budget() {
    return budget;
  }

  @Override
  public ResourceType userType() {
    return userType;
  }

  @Override
  public ReadOutcome read(Consumer<Account> accounts) {
    var sweep = new Sweep(pages, reader, failures);
    return config.sweepsInactiveSeparately() ? sweep.bothStates(accounts) : sweep.all(accounts);
  }

  @Override
  public ReadOutcome groups(Predicate<String> wanted, Consumer<Group> taker) {
    return new GroupSweep(pages, failures).all(wanted, taker);
  }

  @Override
  public ReadOutcome look(Look look, Consumer<Account> accounts) {
    var place =
        switch (look) {
          case Look.ById(var id) -> path(id);
          case Look.ByUserName(var name) ->
              USERS + "?filter=" + Wire.encoded("userName eq " + quoted(name));
        };
    budget.charge();
    return switch (wire.get(place)) {
      case Reply.NotSent(var why) -> new ReadOutcome.Incomplete(failures.unreachable(why));
      case Reply.NoAnswer(var why) -> new ReadOutcome.Incomplete(failures.unreachable(why));
      case Answer answer when answer.isSuccess() -> looked(look, Answers.json(answer), accounts);
      case Answer answer when answer.status() == 404 && look instanceof Look.ById ->
          new ReadOutcome.Complete(0);
      case Answer answer -> new ReadOutcome.Incomplete(failures.unread(answer));
    };
  }

  private ReadOutcome looked(Look look, JsonNode answer, Consumer<Account> accounts) {
    var users =
        switch (look) {
          case Look.ById _ -> List.of(answer);
          case Look.ByUserName _ -> answer.path("Resources").valueStream().toList();
        };
    var read = users.stream().flatMap(user -> reader.read(user).stream()).toList();
    read.forEach(accounts);
    var isWhole =
        read.size() == users.size()
            && answer.path("totalResults").longValue(users.size()) == users.size();
    return isWhole
        ? new ReadOutcome.Complete(read.size())
        : new ReadOutcome.Incomplete(failures.incomplete("a search gave no whole list"));
  }

  private static String quoted(String value) {
    return ScimJson.write(StringNode.valueOf(value));
  }

  @Override
  public Outcome send(Request request) {
    return switch (request) {
      case Request.Members members -> groups.send(members);
      case Request.CreateGroup group -> groups.send(group);
      case Request.Create create -> answered(create, post(create));
      case Request.Patch patch -> answered(patch, patch(patch));
      case Request.Delete delete -> answered(delete, delete(delete));
    };
  }

  private Outcome answered(Request request, Reply reply) {
    return switch (reply) {
      case Reply.NotSent _ -> outcomes.notSent();
      case Reply.NoAnswer(var why) -> outcomes.noAnswer(why);
      case Answer answer when answer.isSuccess() -> done(request, answer);
      case Answer answer -> outcomes.failed(request, answer);
    };
  }

  private Reply post(Request.Create create) {
    return wire.post(USERS, ScimJson.write(create.account().view()));
  }

  private Reply patch(Request.Patch patch) {
    var body = ScimJson.write(PatchRequest.render(patch.operations()));
    return wire.patch(path(patch.account()), patch.ifMatch(), body);
  }

  private Reply delete(Request.Delete delete) {
    return wire.delete(path(delete.account()), delete.ifMatch());
  }

  private static String path(AccountId id) {
    return USERS + "/" + Wire.encoded(id.value());
  }

  /// A success may come without the resource (204; RFC 7644 §3.5.2): then it is read again.
  private Outcome done(Request request, Answer answer) {
    var reference = Answers.reference(answer);
    var account =
        request instanceof Request.Delete
            ? Optional.<Account>empty()
            : reader.read(Answers.json(answer));
    if (account.isPresent()) return new Outcome.Done(account, reference);
    return switch (request) {
      case Request.Create create -> found(find(create), reference);
      case Request.Patch(var id, _, _) -> reread(id, reference);
      case Request.Delete _, Request.Members _, Request.CreateGroup _ ->
          new Outcome.Done(Optional.empty(), reference);
    };
  }

  private Outcome found(Outcome outcome, Optional<String> reference) {
    return switch (outcome) {
      case Outcome.Done(var account, _) when account.isPresent() ->
          new Outcome.Done(account, reference);
      case Outcome.Done _ -> outcomes.noAnswer("it was accepted, but no account is there yet");
      // It was accepted: whatever ails the look, the creation must not be sent once more.
      case Outcome.Busy _,
          Outcome.Barred _,
          Outcome.Stale _,
          Outcome.Refused _,
          Outcome.Unknown _ ->
          outcomes.noAnswer("it was accepted, but the account could not be read");
    };
  }

  private Outcome reread(AccountId id, Optional<String> reference) {
    budget.charge();
    if (wire.get(path(id)) instanceof Answer answer && answer.isSuccess()) {
      var account = reader.read(Answers.json(answer));
      if (account.isPresent()) return new Outcome.Done(account, reference);
    }
    return outcomes.noAnswer("it was accepted, but the account could not be read");
  }

  @Override
  public Outcome find(Request.Create request) {
    var externalId = request.account().text("externalId").orElse("");
    var byExternalId = look(request, "externalId", externalId);
    // A target that cannot search by externalId may still search by userName.
    var goOn =
        byExternalId instanceof Outcome.Refused
            || (byExternalId instanceof Outcome.Done(var account, _) && account.isEmpty());
    if (!goOn) return byExternalId;
    return look(request, "userName", request.account().text("userName").orElse(""));
  }

  private Outcome look(Request.Create request, String attribute, String value) {
    if (value.isEmpty()) return new Outcome.Done(Optional.empty(), Optional.empty());
    budget.charge();
    var filter = attribute + " eq " + quoted(value);
    return switch (wire.get(USERS + "?filter=" + Wire.encoded(filter))) {
      case Reply.NotSent _ -> outcomes.notSent();
      case Reply.NoAnswer(var why) -> outcomes.noAnswer(why);
      case Answer answer when answer.isSuccess() -> ours(request, Answers.json(answer));
      case Answer answer -> outcomes.failed(request, answer);
    };
  }

  /// The account among these that has the creation's externalId; a target that ignores filters
  /// gives everybody, and what stands on later pages is not known.
  private Outcome ours(Request.Create request, JsonNode list) {
    var externalId = request.account().text("externalId");
    var users = list.path("Resources").valueStream().toList();
    var ours =
        users.stream()
            .flatMap(user -> reader.read(user).stream())
            .filter(a -> a.resource().text("externalId").equals(externalId))
            .findFirst();
    var total = list.path("totalResults");
    var isWhole = total.isIntegralNumber() && total.longValue() <= users.size();
    if (ours.isEmpty() && !isWhole) return outcomes.noAnswer("the search gave no whole list");
    return new Outcome.Done(ours, Optional.empty());
  }

  @Override
  public void close() {
    wire.close();
  }
}
