package dev.tenure.flow;

import dev.tenure.id.PersonKey;
import dev.tenure.target.Account;
import java.util.Optional;

/// Keys of people where somebody else wrote them.
final class PersonKeys {
  private PersonKeys() {}

  /// The person whose account it says it is.
  static Optional<PersonKey> externalId(Account account) {
    return account.resource().text("externalId").flatMap(PersonKeys::of);
  }

  /// Absent for what can be nobody's key.
  static Optional<PersonKey> of(String text) {
    if (text.isBlank() || text.length() > PersonKey.LENGTH_MAX) return Optional.empty();
    return Optional.of(new PersonKey(PersonRecord.storable(text)));
  }
}
