package dev.tenure.organization;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What deletion means to an organization, and which values of its users belong to one of them.
///
/// `retention`: how long a softly deleted user can be restored. The userName is unique always (RFC
/// 7643 §4.1.1).
public record Lifecycle(
    Deletion deletion, Duration retention, Recreation recreation, Set<Uniqueness> unique) {
  private static final Duration RETENTION = Duration.ofDays(30);

  /// As the RFC has it: who is deleted is gone.
  public static final Lifecycle STANDARD =
      new Lifecycle(Deletion.HARD, RETENTION, Recreation.NEW, Set.of());

  /// As Genesys Cloud has it.
  public static final Lifecycle GENESYS =
      new Lifecycle(Deletion.SOFT, RETENTION, Recreation.RESTORE, EnumSet.allOf(Uniqueness.class));

  public Lifecycle {
    unique = Set.copyOf(unique);
  }

  /// What becomes of a deleted user.
  public enum Deletion {
    /// Nothing is left.
    HARD,
    /// It is out of sight and can be restored until the retention has passed.
    SOFT
  }

  /// What a creation with the userName or externalId of a softly deleted user does.
  public enum Recreation {
    /// It makes another user; the deleted one stays deleted.
    NEW,
    /// It brings the deleted one back under its old id, as the request has it and not as it was.
    RESTORE,
    /// It is refused as a conflict.
    REFUSE
  }

  /// A value that belongs to one user, where the organization wants that.
  public enum Uniqueness {
    EXTERNAL_ID("externalId"),
    WORK_EMAIL("workEmail");

    private final String wire;

    Uniqueness(String wire) {
      this.wire = wire;
    }

    /// As in `tenure.yaml` and in answers.
    public String wire() {
      return wire;
    }

    public static Optional<Uniqueness> named(String wire) {
      return Arrays.stream(values()).filter(u -> u.wire.equals(wire)).findFirst();
    }

    public static List<String> all() {
      return Arrays.stream(values()).map(Uniqueness::wire).toList();
    }
  }
}
