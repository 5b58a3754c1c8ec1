package dev.tenure.target.scim;

import dev.tenure.target.Target;
import dev.tenure.target.TargetContract;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/// A SCIM server with the ways of Genesys Cloud.
class GenesysLikeTargetTest implements TargetContract {
  private final LoopbackServer server =
      new LoopbackServer(new LoopbackUsers(LoopbackUsers.Kind.GENESYS));
  private final ScimTarget target =
      new ScimTarget(
          server.config(Duration.ofSeconds(20), 10, true),
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
