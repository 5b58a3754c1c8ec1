package dev.tenure.config;

import dev.tenure.problem.Problem;

/// A problem with the value at `path`, and who saw it.
record Finding(String path, Place place, By by, Problem problem) {
  /// Who saw it, in the order in which one is believed over the next about the same value.
  enum By {
    /// The file itself: a key that stands twice.
    SYNTAX,
    /// The JSON Schema.
    SCHEMA,
    /// A reader of [Section] that could not give the value, and gave a stand-in.
    READER,
    /// The part that read the value.
    PART,
    /// The JSON Schema on a mapping as a whole; anything else at its place says more.
    SHAPE
  }
}
