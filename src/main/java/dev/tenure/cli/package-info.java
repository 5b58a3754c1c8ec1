/// The command line: one class for each command, views that turn an answer into a table or JSON,
/// and the exit codes (0 done, 1 failed, 2 usage or configuration, 3 a guard holds something back).
///
/// Commands know what to do and how to show it; how the parts are put together is `Tenure`'s
/// matter, behind [Installation] and [Workplace]. The only door to picocli.
@NullMarked
package dev.tenure.cli;

import org.jspecify.annotations.NullMarked;
