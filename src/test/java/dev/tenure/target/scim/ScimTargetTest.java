package dev.tenure.target.scim;

import dev.tenure.target.Target;
import dev.tenure.target.TargetContract;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/// A plain SCIM server.
class ScimTargetTest implements TargetContract {
  private final LoopbackServer server =
      new LoopbackServer(new LoopbackUsers(LoopbackUsers.Kind.PLAIN));
  private final ScimTarget target =
      new ScimTarget(
          server.config(Duration.ofSeconds(20), 10, false),
          LoopbackUsers.USER,
          Clock.systemUTC(),
          wait -> {
            throw new AssertionError("nothing to wait for");
          });

  @Override
  public Target target() {
    return target;
  }

  @AfterEach
  void end() {
    target.close();
    server.close();
  }
}
