package dev.tenure.target.foreign;

import dev.tenure.target.Target;
import dev.tenure.target.TargetContract;
import dev.tenure.target.scim.ScimTarget;
import org.junit.jupiter.api.AfterEach;

/// The SCIM plugin of Better Auth, with its own store. It keeps no versions.
class BetterAuthTest implements TargetContract {
  private final ForeignServer server = ForeignServer.start("better-auth");
  private final ScimTarget target = server.target();

  @Override
  public Target target() {
    return target;
  }

  @Override
  public boolean keepsVersions() {
    return false;
  }

  @AfterEach
  void end() {
    target.close();
    server.close();
  }
}
