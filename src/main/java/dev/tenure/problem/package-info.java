/// What went wrong, where, and what to do about it: one record that is the CLI line, the console
/// row, the JSON and the audit entry. Codes are stable and listed in `docs/problems.md`.
@NullMarked
package dev.tenure.problem;

import org.jspecify.annotations.NullMarked;
