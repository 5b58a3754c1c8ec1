package dev.tenure.plan;

import dev.tenure.plan.Change.Reason;
import dev.tenure.scim.patch.PatchOperation;
import java.util.List;

/// One operation that would make a part of an account as desired. `reasons` has one for each mapped
/// attribute that differs; none where the account is as desired already.
record Step(PatchOperation operation, Lane lane, List<Reason> reasons) {
  boolean isNeeded() {
    return !reasons.isEmpty();
  }
}
