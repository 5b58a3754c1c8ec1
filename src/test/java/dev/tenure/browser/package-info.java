/// The console in a real browser; compiled and run by `./check -Dbrowser` only.
@NullMarked
package dev.tenure.browser;

import org.jspecify.annotations.NullMarked;
