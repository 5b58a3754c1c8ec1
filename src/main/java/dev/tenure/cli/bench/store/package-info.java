/// SQL of the measurements: rows in great numbers at once, and what a handler does at the least.
@NullMarked
package dev.tenure.cli.bench.store;

import org.jspecify.annotations.NullMarked;
