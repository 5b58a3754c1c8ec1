package dev.tenure.source.scim;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Patient;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.remote.Wire;
import dev.tenure.source.Feed;
import dev.tenure.source.Time;
import dev.tenure.source.scim.ScimProblems.Broken;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Changes by `meta.lastModified`: the cursor is a time of the server's own clock. What a server
/// deletes it forgets, so this feed tells of nobody that they are gone.
///
/// Each read goes back a little further than the last one ended: writes that take long are stored
/// with an earlier time, and the clocks of a server's nodes differ.
final class ScimFeed implements Feed {
  private static final Duration OVERLAP = Duration.ofMinutes(1);
  private final ScimSourceConfig config;
  private final Time time;
  private final ScimProblems problems;
  private final Patient server;
  private @Nullable ScimGroups groups;

  ScimFeed(ScimSourceConfig config, Time time, Wire wire) {
    this.config = config;
    this.time = time;
    this.problems = new ScimProblems(config.base());
    this.server = new Patient(wire, time.clock(), time::rest);
  }

  @Override
  public boolean tellsOfTheGone() {
    return false;
  }

  @Override
  public Optional<Cursor> begin() {
    try {
      return serverTime().map(ScimFeed::cursor);
    } catch (Problem.Found e) {
      // No token was given: the read that follows tells why.
      return Optional.empty();
    }
  }

  private static Cursor cursor(Instant now) {
    return new Cursor(now.minus(OVERLAP).toString());
  }

  /// Any answer has it.
  private Optional<Instant> serverTime() {
    return server.get("/ServiceProviderConfig") instanceof Answer answer
        ? Answers.date(answer)
        : Optional.empty();
  }

  @Override
  public FeedOutcome since(Cursor cursor, Known known, Consumer<Event> events) {
    try {
      var now = serverTime();
      if (now.isEmpty()) {
        return new FeedOutcome.Failed(problems.cut("no answer with a date").problem());
      }
      var round = new ScimRound(config, pages(), known, events);
      var since = "filter=" + Wire.encoded("meta.lastModified ge \"" + cursor.value() + "\"");
      groups = round.groups(since, Optional.ofNullable(groups));
      if (round.isTooMuch()) return new FeedOutcome.Expired(tooMany());
      round.users(since);
      return new FeedOutcome.Read(cursor(now.get()), round.findings());
    } catch (Broken e) {
      groups = null;
      return new FeedOutcome.Failed(e.problem());
    } catch (Problem.Found e) {
      return new FeedOutcome.Failed(e.problems().getFirst());
    }
  }

  private ScimPages pages() {
    return ScimSource.pages(config, problems, server);
  }

  private Problem tooMany() {
    return new Problem(
        Code.SOURCE_BEHIND,
        "a group changed that concerns many people, or groups within it",
        Map.of("source", config.base().toString()),
        "nothing: the source is read whole");
  }

  @Override
  public void await(Cursor cursor, Duration longest) throws InterruptedException {
    var poll = config.poll();
    time.pause().pause(longest.compareTo(poll) < 0 ? longest : poll);
  }
}
