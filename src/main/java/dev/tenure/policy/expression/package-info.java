/// The language of rules: CEL over what a source gives of a person, with lookup tables and the
/// functions of `policy.function`. Compiled once, checked against the source's schema; whatever
/// goes wrong with one person is an answer, never an exception.
@NullMarked
package dev.tenure.policy.expression;

import org.jspecify.annotations.NullMarked;
