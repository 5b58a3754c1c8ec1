package dev.tenure.licence;

import dev.tenure.flow.Flow;
import dev.tenure.id.OrganizationId;
import dev.tenure.target.Bought;
import java.util.Optional;

/// Where licences are: each pool is in one of these.
public sealed interface Home {
  /// What people call it.
  String name();

  /// The same, no two alike: that of a target elsewhere is `target/NAME`.
  String key();

  /// An organization that is hosted here. How many of its seats are used is known by itself.
  record Hosted(OrganizationId id) implements Home {
    @Override
    public String name() {
      return id.value();
    }

    @Override
    public String key() {
      return id.value();
    }
  }

  /// A target elsewhere, by its name in the configuration. How many of its seats are used is
  /// counted from the accounts that a flow saw there.
  record Elsewhere(String name) implements Home {
    @Override
    public String key() {
      return "target/" + name;
    }
  }

  /// Where the flow leads to; none where nothing is known of licences.
  static Optional<Home> of(Flow flow) {
    Optional<Home> hosted = flow.organization().map(Hosted::new);
    return hosted.or(() -> flow.bought().map(Bought::target).map(Elsewhere::new));
  }
}
