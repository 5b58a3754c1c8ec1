package dev.tenure.signal;

import dev.tenure.id.OrganizationId;
import java.util.List;

/// Who manages and polls streams: a client of an organization. `resources` are the kinds that it
/// may see: `Users`, `Groups`.
public record Receiver(OrganizationId organization, String client, List<String> resources) {
  public Receiver {
    resources = List.copyOf(resources);
  }
}
