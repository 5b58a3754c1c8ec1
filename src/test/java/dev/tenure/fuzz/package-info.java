/// Coverage-guided fuzzing of what reads the input of strangers. `./fuzz` runs it; the ordinary
/// test run replays the corpus that it found, without the fuzzer's agent.
@NullMarked
package dev.tenure.fuzz;

import org.jspecify.annotations.NullMarked;
