package dev.tenure.notify;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What the configuration says at this moment. `base` is where browsers find the server, if it says
/// so.
public record Setting(NotifyConfig config, List<Notices.Ends> flows, Optional<URI> base) {
  public Setting {
    flows = List.copyOf(flows);
  }
}
