package dev.tenure.scim.patch;

/// Whether an operation adds to what is there or takes its place.
enum Merge {
  ADD,
  REPLACE
}
