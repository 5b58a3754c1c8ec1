package dev.tenure.http;

import java.util.concurrent.Semaphore;

/// How much is worked on at once: `places` for requests, and memory for their bodies, so that they
/// fill the heap neither by their number nor by their slowness.
///
/// A request gives its place up while it waits for its body, so that slow clients keep nobody out.
/// What is small is not counted: as many of these as there may be connections fit into the heap.
final class Room {
  private static final int SMALL_BYTES = 16 << 10;
  private static final int UNIT_BYTES = 64 << 10;
  private static final int UNITS = 1_024;
  private final Semaphore places;
  private final Semaphore memory = new Semaphore(UNITS);

  Room(int places) {
    this.places = new Semaphore(places);
  }

  void enter() {
    places.acquireUninterruptibly();
  }

  void leave() {
    places.release();
  }

  /// Takes memory for so many bytes, perhaps waiting until others have given theirs back.
  void take(long bytes) {
    memory.acquireUninterruptibly(units(bytes));
  }

  void giveBack(long bytes) {
    memory.release(units(bytes));
  }

  private static int units(long bytes) {
    if (bytes <= SMALL_BYTES) return 0;
    return (int) Math.min(UNITS, (bytes + UNIT_BYTES - 1) / UNIT_BYTES);
  }
}
