package dev.tenure.target.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.target.Keeping;
import dev.tenure.target.Target;
import dev.tenure.target.TargetContract;
import dev.tenure.target.scim.ScimTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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

  /// What the server says of an attribute.
  Keeping said(String path) {
    var ref = AttributePaths.resolveShort(Schemas.standard().user(), path).orElseThrow();
    return target.keepings().orElseThrow().of(ref);
  }

  /// Tenure's own mark is not known to others.
  @Test
  void saysWhatItKeeps() {
    assertThat(said("title")).isEqualTo(Keeping.KEPT);
    assertThat(said("department")).isEqualTo(Keeping.KEPT);
    assertThat(said("emails.value")).isEqualTo(Keeping.KEPT);
    assertThat(said("sourceOrg")).isEqualTo(Keeping.UNKNOWN);
  }

  @AfterEach
  void end() {
    target.close();
    server.close();
  }
}
