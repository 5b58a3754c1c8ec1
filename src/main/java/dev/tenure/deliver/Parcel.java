package dev.tenure.deliver;

import dev.tenure.plan.Lane;
import java.util.ArrayList;
import java.util.List;

/// Changes that go as one request, most often one. Leavers go alone, and so does whatever frees
/// something, was tried before, or is about more than an account: what became of it is looked at by
/// itself.
record Parcel(List<Leased> changes) {
  Parcel {
    changes = List.copyOf(changes);
  }

  static Parcel of(Leased change) {
    return new Parcel(List.of(change));
  }

  /// As few as these changes need where up to `most` go together, in their order.
  static List<Parcel> of(List<Leased> changes, int most) {
    var parcels = new ArrayList<Parcel>();
    var open = new ArrayList<Leased>();
    for (var change : changes) {
      if (!mayGoWithOthers(change)) {
        parcels.add(of(change));
        continue;
      }
      open.add(change);
      if (open.size() >= most) {
        parcels.add(new Parcel(open));
        open.clear();
      }
    }
    if (!open.isEmpty()) parcels.add(new Parcel(open));
    return parcels;
  }

  static boolean mayGoWithOthers(Leased change) {
    return isMaking(change.lane())
        && change.attempts() == 1
        && !change.doubtful()
        && change.way().isPlain()
        && ChangeJson.isOfAccount(change.request());
  }

  private static boolean isMaking(Lane lane) {
    return lane == Lane.JOINER || lane == Lane.MOVER || lane == Lane.COSMETIC;
  }

  /// Whether it may free what others wait for.
  boolean frees() {
    return changes.stream().anyMatch(Leased::frees);
  }

  /// Whether it may need what others free.
  boolean needs() {
    return changes.stream().anyMatch(Leased::needs);
  }
}
