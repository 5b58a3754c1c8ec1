/// Measures what users wait for, on their own machine: `tenure bench scim` (an organization under
/// load, beside the limits of the stack), `tenure bench flow` (reading, planning, creating) and
/// `tenure bench start` (commands, server, quickstart, each as a whole process). The measured
/// figures are in `docs/performance.md`.
///
/// Works in a folder of its own that is gone afterwards; touches no data of the user.
@NullMarked
package dev.tenure.cli.bench;

import org.jspecify.annotations.NullMarked;
