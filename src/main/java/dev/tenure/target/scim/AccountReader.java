package dev.tenure.target.scim;

import dev.tenure.id.AccountId;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.message.ResourceReader;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Account;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads accounts as targets answer them, whatever their spelling.
final class AccountReader {
  private final ResourceType userType;

  AccountReader(ResourceType userType) {
    this.userType = userType;
  }

  /// Absent for what is no user with an id.
  Optional<Account> read(JsonNode json) {
    try {
      var resource = ResourceReader.observed(json, userType);
      var version = Optional.of(resource.view().path("meta").path("version").asString(""));
      return resource
          .text("id")
          .filter(id -> !id.isBlank())
          .map(id -> new Account(new AccountId(id), version.filter(v -> !v.isBlank()), resource));
    } catch (ScimException e) {
      return Optional.empty();
    }
  }
}
