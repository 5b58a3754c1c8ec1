package dev.tenure.cli.quickstart;

/// What the quickstart came to: accounts whose change the target took. `undone`: changes that it
/// did not take; `complete`: the source gave everybody; `settled`: a plan afterwards was empty.
record Outcome(long joined, long moved, long left, long undone, boolean complete, boolean settled) {
  Outcome plus(Outcome later) {
    return new Outcome(
        joined + later.joined,
        moved + later.moved,
        left + later.left,
        undone + later.undone,
        complete && later.complete,
        later.settled);
  }

  Outcome with(boolean nowSettled) {
    return new Outcome(joined, moved, left, undone, complete, nowSettled);
  }

  boolean isGood() {
    return undone == 0 && complete && settled;
  }

  /// The last line; scripts rely on its form.
  String line() {
    return "quickstart: %d joined, %d moved, %d left; second plan: %s"
        .formatted(joined, moved, left, settled ? "empty" : "not empty");
  }
}
