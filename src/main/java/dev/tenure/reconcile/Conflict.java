package dev.tenure.reconcile;

import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import java.util.List;
import java.util.Optional;

/// One thing to be decided. `name` is what people call the account, or the person where there is
/// none; `confidence` (0 to 1) says how sure `proposal` is, and `because` why, point by point;
/// `possible` are the resolutions that somebody may choose.
public record Conflict(
    ConflictKind kind,
    Optional<PersonKey> person,
    Optional<AccountId> account,
    String name,
    List<Evidence> evidence,
    double confidence,
    List<String> because,
    Resolution proposal,
    List<Resolution> possible) {

  /// Values side by side: the person's (or the other account's) and the account's, as text; empty
  /// for none.
  public record Evidence(String attribute, String wanted, String found) {}

  public Conflict {
    evidence = List.copyOf(evidence);
    because = List.copyOf(because);
    possible = List.copyOf(possible);
    if (confidence < 0 || confidence > 1 || !possible.contains(proposal)) {
      throw new IllegalArgumentException("a proposal is possible, with a confidence of 0 to 1");
    }
  }

  /// The same in every run that finds the same: `other-external-id/E1042/7f3a`.
  public String id() {
    return kind.wire()
        + "/"
        + person.map(PersonKey::value).orElse("-")
        + "/"
        + account.map(AccountId::value).orElse("-");
  }
}
