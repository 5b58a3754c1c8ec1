package dev.tenure.target.foreign;

import dev.tenure.target.Target;
import dev.tenure.target.TargetContract;
import dev.tenure.target.scim.ScimTarget;
import org.junit.jupiter.api.AfterEach;

/// What every target does, at a server of others. None of them keeps versions.
abstract class ForeignContract implements TargetContract {
  private final ForeignServer server;
  private final ScimTarget target;

  /// `name` is that of the server's script.
  ForeignContract(String name) {
    server = ForeignServer.start(name);
    target = server.target();
  }

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
