package dev.tenure.target.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.target.Budget;
import dev.tenure.target.Deviation;
import dev.tenure.target.Deviations;
import dev.tenure.target.Target;
import dev.tenure.target.TargetContract;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A server that knows neither PATCH nor filters, and says nothing of it: found out once, then
/// remembered.
class PoorTargetTest implements TargetContract {
  private final LoopbackServer server =
      new LoopbackServer(new LoopbackUsers(LoopbackUsers.Kind.POOR));
  private final Deviations deviations = Deviations.inMemory();
  private final ScimTarget target = connected();

  private ScimTarget connected() {
    return new ScimTarget(
        server.config(Duration.ofSeconds(20), 10, false),
        LoopbackUsers.USER,
        new ScimTarget.Waiting(
            Clock.systemUTC(),
            wait -> {
              throw new AssertionError("nothing to wait for");
            }),
        new ScimTarget.Common(Budget.UNLIMITED, deviations));
  }

  @Override
  public Target target() {
    return target;
  }

  private long asked(String start) {
    return server.requests().stream().filter(request -> request.startsWith(start)).count();
  }

  @Test
  void whatItDoesNotKnowIsTriedOnce() {
    var made = done(TargetContract.joiner("ann"));
    done(replacing(done(replacing(made, "title", "\"Lead\"")), "title", "\"Head\""));
    assertThat(deviations.known()).containsExactly(Deviation.NO_PATCH);
    assertThat(asked("PATCH")).isEqualTo(1);
    assertThat(asked("PUT")).isEqualTo(2);

    target.find(TargetContract.joiner("bob"));
    target.find(TargetContract.joiner("cyd"));
    assertThat(deviations.known())
        .contains(Deviation.NO_SEARCH_BY_EXTERNAL_ID, Deviation.NO_SEARCH_BY_USER_NAME);
    assertThat(asked("GET /scim/v2/Users?filter=externalId")).isEqualTo(2);

    try (var another = connected()) {
      var again = another.send(replacing(everybody().getFirst(), "title", "\"Agent\""));
      assertThat(TargetContract.account(again).resource().text("title")).contains("Agent");
    }
    assertThat(asked("PATCH")).isEqualTo(1);
  }

  @Test
  void whatItSaysThatItDoesNotKnowIsNotTried() {
    server.offer(
        """
        {"patch": {"supported": false}, "filter": {"supported": false, "maxResults": 7}}\
        """);
    var made = done(TargetContract.joiner("ann"));
    done(replacing(made, "title", "\"Lead\""));
    target.find(TargetContract.joiner("bob"));
    assertThat(everybody()).hasSize(1);
    assertThat(asked("PATCH")).isZero();
    assertThat(server.requests()).noneMatch(request -> request.contains("filter="));
    assertThat(server.requests().getLast()).contains("count=7");
  }

  /// A value that a server finds hard does not mean that it cannot search.
  @Test
  void oneRefusedSearchIsNotTheRule() {
    try (var plain = new LoopbackServer(new LoopbackUsers(LoopbackUsers.Kind.PLAIN));
        var other =
            new ScimTarget(
                plain.config(Duration.ofSeconds(20), 10, false),
                LoopbackUsers.USER,
                new ScimTarget.Waiting(Clock.systemUTC(), _ -> {}),
                new ScimTarget.Common(Budget.UNLIMITED, deviations))) {
      plain.next(new LoopbackServer.Fault.Answer(400, Map.of(), ""));
      other.find(TargetContract.joiner("ann"));
      assertThat(deviations.known()).isEmpty();
    }
  }

  @AfterEach
  void end() {
    target.close();
    server.close();
  }
}
