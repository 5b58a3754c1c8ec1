package dev.tenure.target.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.target.Keeping;
import dev.tenure.target.Target;
import dev.tenure.target.TargetContract;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A hosted organization of the standard profile, asked for all that it says of itself.
class HostedTargetTest implements TargetContract {
  private final TestServer server = TestServer.start();
  private final ScimTarget target = connected();

  private ScimTarget connected() {
    var credentials = server.organizations().credentials();
    var token = credentials.issue(TestServer.ACME, "engine", Duration.ofHours(1));
    var config =
        new ScimTargetConfig(
            server.address("/acme/scim/v2"),
            () -> token,
            Duration.ofSeconds(20),
            10,
            false,
            100,
            true,
            true);
    return new ScimTarget(
        config,
        LoopbackUsers.USER,
        Clock.systemUTC(),
        wait -> {
          throw new AssertionError("nothing to wait for");
        });
  }

  @Override
  public Target target() {
    return target;
  }

  @AfterEach
  void end() {
    target.close();
    server.close();
  }

  /// It has the schemas that mappings are checked against, so there is nothing to find.
  @Test
  void allThatCanBeWrittenIsKept() {
    var said = target.keepings().orElseThrow();
    for (var path : new String[] {"nickName", "name.givenName", "division", "sourceOrg", "roles"}) {
      var ref = AttributePaths.resolveShort(LoopbackUsers.USER, path).orElseThrow();
      assertThat(said.of(ref)).as(path).isEqualTo(Keeping.KEPT);
    }
    var password = AttributePaths.resolveShort(LoopbackUsers.USER, "password").orElseThrow();
    assertThat(said.of(password)).isEqualTo(Keeping.UNSEEN);
  }
}
