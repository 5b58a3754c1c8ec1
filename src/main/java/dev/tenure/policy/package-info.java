/// What each person should have, decided by rules: scope (who is in), map (CEL expressions and
/// lookup tables), match (which account is theirs) and what happens to leavers. Pure.
@NullMarked
package dev.tenure.policy;

import org.jspecify.annotations.NullMarked;
