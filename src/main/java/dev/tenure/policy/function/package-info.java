/// The functions of expressions beyond CEL's own: texts, patterns, lists, dates, numbers, phone
/// numbers. Each is typed and total: what it cannot use it refuses with a [Refusal] that says what
/// to do. Nothing here knows of people, rules or the time. `docs/mapping.md` lists them all.
@NullMarked
package dev.tenure.policy.function;

import org.jspecify.annotations.NullMarked;
