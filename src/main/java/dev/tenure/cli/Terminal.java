package dev.tenure.cli;

import java.io.PrintStream;

/// Where a command speaks: answers go to `out`, progress and problems to `err`. `interactive`:
/// `err` is a screen, so a progress bar may redraw itself.
public record Terminal(PrintStream out, PrintStream err, boolean interactive) {}
