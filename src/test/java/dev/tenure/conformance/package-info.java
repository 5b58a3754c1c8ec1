/// The conformance cases of `docs/conformance.md`, each a test by its number, over HTTP against a
/// started server; and the client of a third party in conversation with it.
@NullMarked
package dev.tenure.conformance;

import org.jspecify.annotations.NullMarked;
