package dev.tenure.target.foreign;

import dev.tenure.config.Secret;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.target.scim.ScimTarget;
import dev.tenure.target.scim.ScimTargetConfig;
import dev.tenure.testkit.NodeServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/// A SCIM server of Node.js, started empty on a port of its own.
public final class ForeignServer implements AutoCloseable {
  public static final String TOKEN = "the-token-of-a-foreign-server";

  private final NodeServer server;

  private ForeignServer(NodeServer server) {
    this.server = server;
  }

  /// `name` is that of a script beside `package.json`, without its ending.
  public static ForeignServer start(String name) {
    var folder = "/dev/tenure/target/foreign/";
    return new ForeignServer(NodeServer.start(folder, name, Map.of("SCIM_TOKEN", TOKEN)));
  }

  public URI base() {
    return server.base();
  }

  /// A connector to it.
  public ScimTarget target() {
    var config =
        new ScimTargetConfig(
            base(), () -> new Secret(TOKEN), Duration.ofSeconds(20), 10, false, 100, true, true);
    return new ScimTarget(
        config,
        Schemas.standard().user(),
        Clock.systemUTC(),
        wait -> {
          throw new AssertionError("nothing to wait for");
        });
  }

  @Override
  public void close() {
    server.close();
  }
}
